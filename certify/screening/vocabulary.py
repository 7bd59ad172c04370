"""The words the matcher knows: what businesses do, where countries are, how people are called.

The files in `data/` are our own compilation from general knowledge. A word of a file is worth less than one that is in
none, because many firms or people share it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from certify.screening.spelling import fold


def words(text: str) -> frozenset[str]:
    """A set of words written in a row."""
    return frozenset(text.split())


STOP_WORDS: Final = words(
    "the of and for in on at to by with de del la las los el lo y e en da das do dos du des le les l d et au aux a o "
    "os as van der den het een der die das und por para em na no nas nos com con sur het te ten voor"
)
"""Articles, prepositions and conjunctions of the four languages and Dutch; they neither match nor differ."""

NUMBER_WORDS: Final = {
    "one": "1", "uno": "1", "two": "2", "dois": "2", "duas": "2", "deux": "2", "three": "3", "tres": "3", "trois": "3",
    "four": "4", "cuatro": "4", "quatro": "4", "quatre": "4", "five": "5", "cinco": "5", "cinq": "5", "six": "6",
    "seis": "6", "seven": "7", "siete": "7", "sete": "7", "eight": "8", "ocho": "8", "oito": "8", "huit": "8",
    "nine": "9", "nueve": "9", "nove": "9", "neuf": "9", "ten": "10", "diez": "10", "dez": "10", "dix": "10",
}  # fmt: skip
ROMAN_NUMERALS: Final = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18",
    "xix": "19", "xx": "20",
}  # fmt: skip
SERIAL_WORDS: Final = words("fund trust partners series fondo fideicomiso")
"""Words of vehicles that one sponsor numbers through (Fund VII, Trust 2006-2)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a known business word stands for, whatever the language, and how little it says: weak, generic or common."""

    concept: str
    weight: str


def _rows(name: str) -> Iterator[str]:
    """The lines of a data file, without its comments."""
    text = files("certify.screening").joinpath("data", name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def business_words() -> dict[str, Meaning]:
    """Every business word with its meaning."""
    return {
        word: Meaning(row["concept"], row["weight"])
        for row in csv.DictReader(_rows("business_words.csv"))
        for word in row["words"].split()
    }


@cache
def places() -> dict[str, str]:
    """Country names and adjectives of one word, each with the ISO 3166-1 alpha-2 code it points to."""
    return {word: code for name, code in country_names().items() for word in [name] if " " not in name}


@cache
def country_names() -> dict[str, str]:
    """Country names and adjectives of one or more words, folded, with their ISO 3166-1 alpha-2 codes."""
    return {
        fold(name): row["code"]
        for row in csv.DictReader(_rows("countries.csv"))
        for name in row["names"].split(";")
        if name
    }


@cache
def name_groups() -> dict[str, frozenset[str]]:
    """Known given and family names, each with the names it is a spelling of."""
    groups: dict[str, frozenset[str]] = {}
    for file in ("given_names.csv", "surnames.csv"):
        for line in _rows(file):
            for word in line.split():
                groups[fold(word)] = groups.get(fold(word), frozenset()) | {f"{file[:1]}:{line.split()[0]}"}
    return groups


@cache
def surnames() -> frozenset[str]:
    """Family names that many people bear."""
    return frozenset(fold(word) for line in _rows("surnames.csv") for word in line.split())


@cache
def given_names() -> frozenset[str]:
    """Given names that many people bear."""
    return frozenset(fold(word) for line in _rows("given_names.csv") for word in line.split())
