"""The words of a person's name, whatever the order, the particles, the titles and the script it is written in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rapidfuzz.distance import OSA

from certify.screening.matching.analysis import WEIGHTS, NameAnalysis, Word, WordKind
from certify.screening.rules import Schema
from certify.screening.spelling import MAX_LETTERS, fold, is_abjad, standing_for_letters, syllables
from certify.screening.vocabulary import name_groups, words

MAX_WORDS: Final = 20
"""Words of a person's name that are compared."""

PARTICLES: Final = words(
    "al el ul ur ud us uz as bin ibn ben bint van von der den di da do dos das de del della la las los le du des y und "
    "af av zu zum ter ten te ould o a"
)
"""Articles and prepositions inside names, the Arabic article in all its forms; lists write or drop them at will."""

TITLES: Final = words(
    "mr mrs ms miss dr prof professor sir lord lady dame sheikh shaikh shaykh sheik mullah mulla mawlawi maulavi "
    "maulana mawlana qari hafiz haji hajji hadji alhaji sayyid sayed ustad emir amir imam general gen colonel col "
    "major maj captain capt lieutenant president minister prince king don dona senor senora sra srta ing lic gral "
    "cnel abog arq licenciado ingeniero doctor doctora doutor comandante hermano viuda vda herr frau monsieur "
    "madame mme mlle comrade"
)
"""Forms of address, ranks and honorifics; they are dropped while two words of a name are left."""

GENERATIONS: Final = {
    **dict.fromkeys(words("sr senior padre pai pere"), 1),
    **dict.fromkeys(words("jr jnr junior hijo filho fils ii"), 2),
    **dict.fromkeys(words("iii neto nieto"), 3),
    "iv": 4,
}
"""Words behind a name that tell a father from a son."""

COMPANY_ENDINGS: Final = words("sa ltd llc inc ltda srl sas corp")
"""Company forms that stand behind a person's name by mistake, or because a sole trader is entered so."""

_SERVANT_OF: Final = re.compile(r"abd(?:[aeiou]?[lrsdnztm]{1,2})?")
_SERVANT_JOINED: Final = re.compile(r"^abd[aeiou]?(?:l|([rsdnzt])(?=\1))(?=[a-z]{4})")
_RUN_TOGETHER: Final = re.compile(r"^(?:delas|delos|dela|del)(?=[a-z]{3})")
_OF_FAITH: Final = words("din deen dine eddin eddine uddin")
_FATHERS_NAME: Final = re.compile(r"[a-z]{3}(?:ovich|evich|ovych|evych|ovna|evna|yevich|yevna|ivna)$")
_ARABIC_ARTICLE: Final = re.compile(r"\bال(?=\w{2})")
_WORD: Final = re.compile(r"[a-z0-9]+")
_NO_VOWEL: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{2}")


def analyse_person(text: str) -> NameAnalysis:
    """Work out the words of a person's name; a comma tells which of them are family names."""
    given, family = _parts(text[:MAX_LETTERS])
    generation = _generation(given, family)
    tokens = [(word, False) for word in given] + [(word, True) for word in family]
    kept = _without_titles(tokens)
    words = tuple(_of_faith(_words(kept, abjad=is_abjad(text))))[:MAX_WORDS]
    whole = "".join(word.text for word in words)
    return NameAnalysis(text, Schema.PERSON, words, whole=whole, generation=generation, syllables=syllables(text))


def _parts(text: str) -> tuple[list[str], list[str]]:
    """The words before and after a comma as given and family names; without a comma all count as given."""
    parts = [found for part in text.split(",") if (found := _tokens(part))]
    endings = [part for part in parts[1:] if all(word in GENERATIONS for word in part)]
    named = [part for part in parts if part not in endings]
    behind = [word for part in endings for word in part]
    if len(named) == 2:
        return named[1], named[0] + behind
    return [word for part in named for word in part] + behind, []


def _tokens(text: str) -> list[str]:
    """Plain words of a part of a name; digits typed for letters are read as letters, numbers left out."""
    words = _WORD.findall(fold(_ARABIC_ARTICLE.sub("", text)))
    return [standing_for_letters(word) for word in words if not word.isdigit()]


def _generation(given: list[str], family: list[str]) -> int:
    """Take the word that tells senior from junior off the end of either part, and company forms with it."""
    generation = 0
    for part in (given, family):
        while len(given) + len(family) > 2 and part and (part[-1] in GENERATIONS or part[-1] in COMPANY_ENDINGS):
            generation = GENERATIONS.get(part.pop(), generation)
    return generation


def _without_titles(tokens: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Drop titles anywhere and "Sr." in front, as long as two words are left that are no particles."""
    kept = [(word, family) for place, (word, family) in enumerate(tokens) if not _is_title(word, place)]
    telling = [word for word, _ in kept if word not in PARTICLES]
    return kept if len(telling) > 1 else tokens


def _is_title(word: str, place: int) -> bool:
    """True for a form of address; "Sr." is one only in front, behind the name it means senior."""
    return word in TITLES or (word == "sr" and place == 0)


def _words(tokens: list[tuple[str, bool]], *, abjad: bool) -> Iterator[Word]:
    """Every counting word; particles are left out, and "Abd al-" is joined to the name that follows it."""
    telling = sum(word not in PARTICLES for word, _ in tokens)
    servant = of = False
    for place, (word, family) in enumerate(tokens):
        if servant and word in PARTICLES:
            continue
        if telling > 1 and _is_particle(word, place):
            of = word in ("de", "del")
            continue
        if not servant and place + 1 < len(tokens) and _is_servant_of(word):
            servant = True
            continue
        yield from _word("abd" + word if servant else word, family=family, of=of and place > 1, abjad=abjad)
        servant = of = False


def _of_faith(words: Iterator[Word]) -> list[Word]:
    """Write "Saif al-Din" and its like as one name, as "Saifuddin" is."""
    joined: list[Word] = []
    for word in words:
        if joined and word.text in _OF_FAITH and len(joined[-1].text) > 1:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}din", kind=WordKind.NAME, weight=1.0)
        else:
            joined.append(word)
    return joined


def _is_servant_of(word: str) -> bool:
    """True for "Abd al-" in its many spellings, with one letter wrong at most."""
    return word == "bd" or bool(_SERVANT_OF.fullmatch(word)) or (len(word) == 5 and OSA.distance(word, "abdul") == 1)


def _is_particle(word: str, place: int) -> bool:
    """True for a word that only links others; "Ben" in front is a given name, and so is a lone letter anywhere."""
    return (word in PARTICLES and len(word) > 1 and not (word == "ben" and place == 0)) or (word == "y" and place > 0)


def _word(text: str, *, family: bool, of: bool, abjad: bool) -> Iterator[Word]:
    """One word with its weight: common names say less; two consonants alone are two initials (JC)."""
    if len(text) == 1 or (_NO_VOWEL.fullmatch(text) and not abjad):
        for letter in text:
            yield Word(letter, WordKind.INITIAL, WEIGHTS[WordKind.INITIAL], family=family)
        return
    spelled = _RUN_TOGETHER.sub("", _SERVANT_JOINED.sub("abd", text))
    spelled = spelled if spelled in name_groups() or spelled.startswith("abd") else text
    kind = WordKind.COMMON if spelled in name_groups() or _FATHERS_NAME.search(spelled) else WordKind.NAME
    yield Word(spelled, kind, WEIGHTS[kind], family=family, of=of, abjad=abjad)
