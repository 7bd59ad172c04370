"""How names are spelled: plain letters, words, and how alike two words look or sound."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import OSA

MAX_LETTERS: Final = 400
"""Letters of a name that are compared. The longest names on the lists have 320; what follows only costs time."""

_APOSTROPHES: Final = re.compile("['’‘`´ʻʼʿʾ′]")
_ABJAD: Final = re.compile("[֐-߿ࢠ-ࣿיִ-﷿ﹰ-﻿]")
_SYLLABIC: Final = re.compile("[一-鿿㐀-䶿豈-﫿가-힣\U00020000-\U0003ffff]")
_SOUNDS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch|sch|sh|ch|x", "x"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("dj|dzh|zh", "j"),
        ("tz|ts|z", "s"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("w|v", "b"),
        ("(?<=[aeiou])j\\b", "i"),
        ("ou|oo|o", "u"),
        ("ee|y|e", "i"),
        ("(?<=[bdfgjklmnprstx])h|h\\b", ""),
        ("(.)\\1+", "\\1"),
    )
)
_VOWELS: Final = re.compile("[ae]h?$|[ae]+|[iy][iyae]*|[ouw][ouwae]*|p|v|g|c|z$")
_WRITTEN: Final = {
    **dict.fromkeys("ae", "a?"),
    **dict.fromkeys("iy", "y?"),
    **dict.fromkeys("ouw", "w?"),
    "p": "[bp]",
    "v": "[vfw]",
    "g": "[gjqk]h?",
    "c": "[kqs]",
    "z": "[zs]",
}
_LONGEST_VOCALISED: Final = 20
_NO_CONSONANT: Final = re.compile("[^bdfgjklmnprstx]")


def fold(text: str) -> str:
    """Lower-case ASCII letters of a name in any script; apostrophes inside a word vanish, so O'Neil is one word."""
    composed = unicodedata.normalize("NFKC", text[:MAX_LETTERS])
    latin = anyascii(_APOSTROPHES.sub("", _plain_script(composed)))
    return _APOSTROPHES.sub("", latin).lower()


def _plain_script(text: str) -> str:
    """Keep words of scripts without spaces apart from their neighbours of other scripts."""
    return text.replace("・", " ").replace("·", " ")


def is_abjad(text: str) -> bool:
    """True for Arabic and Hebrew script, whose transliteration has no short vowels."""
    return bool(_ABJAD.search(text))


def syllables(text: str) -> str:
    """The Han ideographs and Hangul syllables of a name: each is a unit of its own, and one other is another name."""
    return "".join(_SYLLABIC.findall(unicodedata.normalize("NFKC", text[:MAX_LETTERS])))


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A spelling that transliterations and common misspellings of one name share: Ph and F, B and V, Sh and Ch."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a word's sound, each run once, as Arabic and Hebrew script write them, P as B."""
    bones = _NO_CONSONANT.sub("", sound(re.sub("[vwyh]", "", word))).replace("p", "b")
    return re.sub(r"(.)\1+", r"\1", bones)


@lru_cache(maxsize=200_000)
def likeness(ours: str, theirs: str) -> float:
    """How alike two words are, 0 to 1: the optimal string alignment of their letters or of their sounds.

    A word of one or two letters is alike only to itself and to what sounds the same.
    """
    if ours == theirs:
        return 1.0
    if min(len(ours), len(theirs)) <= 2:
        return 0.9 if sound(ours) == sound(theirs) else 0.0
    seen = OSA.normalized_similarity(ours, theirs)
    heard = OSA.normalized_similarity(sound(ours), sound(theirs))
    return max(seen, heard * 0.97)


@lru_cache(maxsize=50_000)
def across_abjad(ours: str, theirs: str) -> float:
    """How alike two words are when one of them was written without short vowels (hsyn, Hussein).

    A word that can be read as the other counts 0.90, 0.85 if it has one or two letters; else its consonants are
    compared, which prove less the fewer they are.
    """
    is_word = max(len(ours), len(theirs)) <= _LONGEST_VOCALISED
    if is_word and (_vocalisations(ours).fullmatch(theirs) or _vocalisations(theirs).fullmatch(ours)):
        return 0.90 if min(len(ours), len(theirs)) > 2 else 0.85
    first, second = skeleton(ours), skeleton(theirs)
    trust = (0.0, 0.55, 0.70, 0.82)[min(len(first), len(second), 3)]
    return trust * OSA.normalized_similarity(first, second)


@lru_cache(maxsize=50_000)
def _vocalisations(word: str) -> re.Pattern[str]:
    """The spellings without short vowels that a word with vowels may have: long I and U may be written, A and E not."""
    plain = re.sub(r"(.)\1+", r"\1", word)
    return re.compile(_VOWELS.sub(_written, plain))


def _written(vowel: re.Match[str]) -> str:
    """How a vowel may be written, or a letter that Arabic script has in several kinds."""
    is_ending = vowel[0][0] in "ae" and vowel.end() == len(vowel.string)
    return "[ahy]?" if is_ending else _WRITTEN[vowel[0][0]]


def standing_for_letters(word: str) -> str:
    """Read digits typed for letters (Ig0r, Sech1n) as the letters, where a word mixes both."""
    if word.isdigit() or word.isalpha():
        return word
    return word.translate(str.maketrans("0134579", "oieastg"))
