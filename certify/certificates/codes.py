"""The code printed on a certificate, to be read off paper and typed: 80 random bits, two characters that check them.

The alphabet is Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O or U, so that what looks alike
means the same. The check is the number modulo 1 021, the largest prime that two characters can hold: it finds every
wrong character and every swap of two neighbours, and lets 1 of 1 021 other mistakes through.
"""

import re
import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 80
BODY, CHECK, GROUP = 16, 2, 6  # characters
MODULUS = 1021
LONGEST_TYPED = 100
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_.·:/]+")
VALUES = {character: value for value, character in enumerate(ALPHABET)}


class MistypedCode(ValueError):
    """What was typed is no code: a character is wrong, missing or too many."""


def new_code(*, random_bytes: Callable[[int], bytes]) -> str:
    """A fresh code of 18 characters; `random_bytes` is the source of chance, such as `secrets.token_bytes`."""
    number = int.from_bytes(random_bytes(BITS // 8))
    return _spelled(number, BODY) + _spelled(number % MODULUS, CHECK)


def normalise_code(typed: str) -> str:
    """The code that was meant, forgiving O for 0, I and L for 1, U for V, small letters, spaces, dashes and dots.

    Raises `MistypedCode` where the length or the check characters are wrong.
    """
    if len(typed) > LONGEST_TYPED:
        raise MistypedCode("A code has 18 characters.")
    code = SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(LOOK_ALIKES)
    if len(code) != BODY + CHECK or not set(code) <= VALUES.keys():
        raise MistypedCode("A code has 18 letters and digits.")
    if _number(code[:BODY]) % MODULUS != _number(code[BODY:]):
        raise MistypedCode("The check characters do not fit.")
    return code


def is_code(typed: str) -> bool:
    """Whether what was typed is a well-formed code; says nothing of a certificate that bears it."""
    try:
        normalise_code(typed)
    except MistypedCode:
        return False
    return True


def format_code(code: str) -> str:
    """The code as printed, in three groups of six: `7K3QXM-0V9D2R-WT5H8B`."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _spelled(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(length)))


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        number = number * 32 + VALUES[character]
    return number
