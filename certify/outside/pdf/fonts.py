"""Which characters the shipped fonts can print, and what is printed for the others.

A character without a glyph would come out as an empty box, which PDF/A (ISO 19005-3, 6.2.11.8) and PDF/UA forbid. Such
a name is printed in Latin letters, and the code points of the original stand beside it, so that nothing is lost.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anyascii import anyascii

FONT_FOLDER = Path(__file__).parents[2] / "static" / "fonts"
TEXT_FACES = ("noto-sans-400.ttf", "noto-sans-700.ttf", "noto-serif-400.ttf", "noto-serif-700.ttf")
FALLBACK_FACE = "noto-sans-mono-400.ttf"
BREAKS = frozenset("\n\t")
UNPRINTED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Printable:
    """A text as it can be printed, beside the original it stands for."""

    text: str
    original: str
    code_points: str

    @property
    def is_transliterated(self) -> bool:
        """Whether the printed letters differ from those that were given."""
        return bool(self.code_points)


@cache
def covered_characters() -> frozenset[str]:
    """Every character that prints in any face: those all text faces share, and those of the fallback face."""
    shared = frozenset.intersection(*(_characters_of(face) for face in TEXT_FACES))
    return shared | _characters_of(FALLBACK_FACE)


def printable(text: str) -> Printable:
    """Spell `text` with the characters the fonts have, and keep the code points of the original if that changes it.

    Accents are composed first (Unicode NFC), which changes no letter. Letters of other scripts are transliterated one
    by one (or written as their code point in brackets); controls and direction marks are left out. The spelling helps
    to pronounce and to search; only the code points identify the original.
    """
    composed = unicodedata.normalize("NFC", text)
    printed = "".join(_printed(character) for character in composed)
    return Printable(printed, text, "" if printed == composed else code_points(text))


def unprintable_characters(text: str) -> frozenset[str]:
    """The characters of `text` that no shipped face can print."""
    return frozenset(text) - covered_characters() - BREAKS - {"\r", "\f"}


def code_points(text: str) -> str:
    """The characters of `text` in the notation of the Unicode standard: `U+041F U+0440`."""
    return " ".join(f"U+{ord(character):04X}" for character in text)


def _printed(character: str) -> str:
    if character in BREAKS or character in covered_characters():
        return character
    if unicodedata.category(character) in UNPRINTED_CATEGORIES:
        return ""
    if unicodedata.category(character) in {"Zs", "Zl", "Zp"}:
        return " "
    return anyascii(character) or f"[{code_points(character)}]"


def _characters_of(face: str) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # a document needs it, a page does not

    with TTFont(FONT_FOLDER / face, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
