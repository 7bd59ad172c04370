"""The words of a company's name: who it is, what it does, where, and which number it bears."""

from typing import Final

from certify.screening.legal_forms import name_words, without_form
from certify.screening.matching.analysis import WEIGHTS, NameAnalysis, Word, WordKind
from certify.screening.rules import Schema
from certify.screening.spelling import is_abjad, syllables
from certify.screening.vocabulary import (
    NUMBER_WORDS,
    ROMAN_NUMERALS,
    SERIAL_WORDS,
    STOP_WORDS,
    business_words,
    country_names,
    given_names,
    surnames,
)

MAX_WORDS: Final = 40
"""Words of a name that are compared; the longest names on the lists have 35."""

_CONJUNCTIONS: Final = frozenset(("and", "y", "e"))
_LONGEST_PLACE: Final = 5


def analyse_company(text: str, schema: Schema = Schema.COMPANY) -> NameAnalysis:
    """Work out the counting words of a company's or vessel's name and its legal forms."""
    bare = without_form(name_words(text)[:MAX_WORDS])
    plain = _join_initials(bare.words)
    words = _classified(plain, abjad=is_abjad(text))
    return NameAnalysis(
        text=text,
        schema=schema,
        words=words or tuple(Word(word) for word in plain),
        forms=tuple((form.name, form.family) for form in bare.forms),
        whole="".join(bare.words),
        syllables=syllables(text),
    )


def _join_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """Write single letters in a row as one word, with or without "and" between: J. P., J & P, J y P are JP."""
    joined: list[str] = []
    run: list[str] = []
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if run and word in _CONJUNCTIONS and len(after) == 1:
            continue
        if len(word) == 1 and word.isalpha():
            run.append(word)
            continue
        joined += _flush(run)
        joined.append(word)
    return tuple(joined + _flush(run))


def _flush(run: list[str]) -> list[str]:
    """End a run of single letters."""
    ended = ["".join(run)] if run else []
    run.clear()
    return ended


def _classified(words: tuple[str, ...], *, abjad: bool) -> tuple[Word, ...]:
    """Every counting word with its kind and weight; stop words are left out."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        size, code = _place_at(words, place)
        if size:
            found.append(
                Word(" ".join(words[place : place + size]), WordKind.PLACE, WEIGHTS[WordKind.PLACE], f"place:{code}")
            )
        elif (word := words[place]) not in STOP_WORDS:
            found.append(_word(word, words, abjad=abjad))
        place += max(size, 1)
    return tuple(found)


def _place_at(words: tuple[str, ...], start: int) -> tuple[int, str]:
    """The longest country name that begins at a word: its number of words and its code."""
    for size in range(min(_LONGEST_PLACE, len(words) - start), 0, -1):
        if code := country_names().get(" ".join(words[start : start + size])):
            return size, code
    return 0, ""


def _word(text: str, words: tuple[str, ...], *, abjad: bool) -> Word:
    """One word with what it is."""
    if number := _number(text, words):
        return Word(text, WordKind.NUMBER, WEIGHTS[WordKind.NUMBER], f"number:{number}")
    if len(text) == 1:
        return Word(text, WordKind.INITIAL, WEIGHTS[WordKind.INITIAL])
    if meaning := business_words().get(text):
        kind = WordKind(meaning.weight)
        return Word(text, kind, WEIGHTS[kind], meaning.concept)
    if text in surnames() or text in given_names():
        return Word(text, WordKind.COMMON, WEIGHTS[WordKind.COMMON])
    return Word(text, WordKind.NAME, {2: 0.5, 3: 0.7}.get(len(text), 1.0), abjad=abjad)


def _number(text: str, words: tuple[str, ...]) -> str:
    """The number a word stands for: digits, a number word, a Roman numeral, or a code of digits and letters."""
    if any(letter.isdigit() for letter in text):
        return text.lstrip("0") or "0"
    if text in NUMBER_WORDS:
        return NUMBER_WORDS[text]
    is_numeral = text in ROMAN_NUMERALS and (len(text) > 1 or not SERIAL_WORDS.isdisjoint(words))
    return ROMAN_NUMERALS[text] if is_numeral else ""
