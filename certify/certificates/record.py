"""What a certificate says: the page, the credential and the register all speak from this one record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

LANGUAGES = ("en", "es", "fr", "pt")
SYMBOL_LETTERS = {"en": "E", "es": "S", "fr": "F", "pt": "P"}

Wording: TypeAlias = Mapping[str, str]
"""The same words in several languages, by language code."""


class CertifiedBand(StrEnum):
    """The bands a certificate can be granted in."""

    CONDITIONAL = "conditional"
    CERTIFIED = "certified"
    DISTINCTION = "distinction"


@dataclass(frozen=True, slots=True)
class CertifiedTheme:
    """One theme of the framework that was assessed, and by how many criteria."""

    id: str
    title: Wording
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """All that is printed on a certificate; no score, grade or answer is among it, nor ever will be."""

    number: str
    symbol: str
    code: str
    organisation: Wording
    holder_name: str
    country_code: str
    country: Wording
    scope: Wording
    sectors: tuple[Wording, ...]
    framework_id: str
    framework_title: Wording
    framework_version: str
    framework_digest: str
    band: CertifiedBand
    granted_on: date
    valid_until: date
    issued_at: datetime
    themes: tuple[CertifiedTheme, ...]
    decided_by: Wording
    resolution: str
    verify_url: str
    verify_address: str
    is_specimen: bool

    @property
    def criteria(self) -> tuple[str, ...]:
        """The ids of all criteria that applied, in the order of the framework."""
        return tuple(criterion for theme in self.themes for criterion in theme.criteria)

    def symbol_in(self, language: str) -> str:
        """The document symbol of one language version: `OAS/CERT/2026/7 (E)`."""
        return f"{self.symbol} ({SYMBOL_LETTERS[language]})"


def worded(wording: Wording, language: str) -> str:
    """The words in `language`, or in English where they were not written in it."""
    return wording.get(language) or wording["en"]
