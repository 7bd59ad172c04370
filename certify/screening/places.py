"""Which country a list means: "Korea, North", "Iran (Islamic Republic of)", "México" and "MX" as ISO 3166-1 codes."""

import re
from functools import lru_cache

from certify.screening.spelling import fold
from certify.screening.vocabulary import country_names


@lru_cache(maxsize=4_000)
def country_code(text: str) -> str:
    """The code of a country named in any spelling a list or a form uses; empty when no country is meant."""
    plain = " ".join(re.findall(r"[a-z]+", fold(text)))
    if len(plain) == 2 and plain.upper() in _codes():
        return plain.upper()
    return country_names().get(plain, "")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """All known codes."""
    return frozenset(country_names().values())
