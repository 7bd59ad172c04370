"""Spell letters of other scripts in Latin letters, one at a time, for print.

The tables follow the romanisations most passports and registers use, without marks: ICAO Doc 9303 part 3 section 6 for
Cyrillic and Arabic, ISO 843 simplified for Greek, the common English spelling for Hebrew. Hangul syllables and kana
carry their reading in their Unicode name. They help a reader to pronounce and to search; the code points printed beside
them, never the spelling, identify the original.
"""

import re
import unicodedata

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "є": "ie", "і": "i", "ї": "i", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
}
GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}
HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "ch", "ט": "t", "י": "y", "ך": "k",
    "כ": "k", "ל": "l", "ם": "m", "מ": "m", "ן": "n", "נ": "n", "ס": "s", "ע": "a", "ף": "f", "פ": "p", "ץ": "tz",
    "צ": "tz", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}
ARABIC = {
    "ء": "", "آ": "a", "أ": "a", "ؤ": "u", "إ": "i", "ئ": "i", "ا": "a", "ب": "b", "ة": "a", "ت": "t", "ث": "th",
    "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
    "ط": "t", "ظ": "z", "ع": "e", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "و": "w", "ى": "a", "ي": "y", "پ": "p", "چ": "ch", "ژ": "zh", "ک": "k", "گ": "g", "ی": "y",
}
LETTERS = CYRILLIC | GREEK | HEBREW | ARABIC
READING = re.compile(r"(?:HANGUL SYLLABLE|(?:HIRAGANA|KATAKANA) LETTER(?: SMALL)?) ([A-Z]+)")


def latin(character: str) -> str | None:
    """The Latin spelling of one character, an empty text where it is silent, or None where no table knows it."""
    small = character.lower()
    if small in LETTERS:
        return _in_case_of(character, LETTERS[small])
    if reading := READING.fullmatch(unicodedata.name(character, "")):
        return reading[1].lower()
    return _without_marks(character)


def _without_marks(character: str) -> str | None:
    parts = unicodedata.normalize("NFKD", character)
    if parts == character:
        return None
    kept = (part for part in parts if not unicodedata.combining(part))
    spelled = [part if part.isascii() else latin(part) for part in kept]
    return None if None in spelled else "".join(part for part in spelled if part)


def _in_case_of(character: str, spelled: str) -> str:
    return spelled.capitalize() if character.isupper() else spelled
