"""Decimal strings: measured numbers as they were written, read exactly and never through a float."""

import re

LONGEST_DECIMAL = 40
"""The most characters of a decimal string."""

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def is_decimal(text: str) -> bool:
    """Whether `text` is a decimal string: ASCII, no exponent, no leading zero or sign but a minus, 40 characters."""
    return len(text) <= LONGEST_DECIMAL and _DECIMAL.fullmatch(text) is not None


def scaled(text: str) -> tuple[int, int]:
    """Read a decimal string exactly, as (digits, places): "7.50" is (750, 2). Its value is digits / 10**places."""
    whole, _, places = text.partition(".")
    return int(whole + places), len(places)


def same_decimal(one: str, other: str) -> bool:
    """Whether two decimal strings name the same number, as "20" and "20.0" or "-0" and "0" do."""
    (digits, places), (other_digits, other_places) = scaled(one), scaled(other)
    return bool(digits * 10**other_places == other_digits * 10**places)
