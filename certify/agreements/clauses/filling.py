"""Filling the blanks of a clause: names from one list, replaced once, by text that is never read again."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDERS = frozenset(
    {
        "added_value",
        "area",
        "certificate",
        "company",
        "cost_bearer",
        "ends_on",
        "governments",
        "languages",
        "organisation",
        "purpose",
        "sdg_targets",
        "starts_on",
        "title",
    }
)
"""Every blank that a clause may have; whatever else stands in braces is text."""
_BLANK = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")
"""One pair of braces around a name. `{{7*7}}` and `{{company}}` are no blanks but text, printed as they stand."""


def placeholders_in(text: str) -> frozenset[str]:
    """Return the names of the blanks in a text, known or not."""
    return frozenset(_BLANK.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values into the blanks, in one pass: what a value contains is text, never another blank.

    A name without a value stays as it stands, braces and all; `lint` finds such a name before it gets here.
    """
    return _BLANK.sub(lambda blank: values.get(blank[1], blank[0]), text)
