"""What a list says about an entry, what is declared about a subject, and the digest that tells a changed record."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Schema(StrEnum):
    """What kind of thing a name stands for."""

    COMPANY = "company"
    PERSON = "person"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"

    @classmethod
    def read(cls, text: str) -> "Schema":
        """Read the word of a file, in any case; every kind of body or legal entity is compared as a company."""
        word = text.strip().casefold()
        return cls(word) if word in set(cls) else cls.COMPANY


class NameQuality(StrEnum):
    """How firmly a list says that this is a name of the entry."""

    PRIMARY = "primary"
    ALIAS = "alias"
    FORMER = "former"
    WEAK = "weak"


class IdentifierKind(StrEnum):
    """Whose number an identifier is."""

    LEI = "lei"
    TAX = "tax"
    REGISTRATION = "registration"
    NATIONAL_ID = "national_id"
    PASSPORT = "passport"
    OTHER = "other"


class Effect(StrEnum):
    """What a true match on a list leads to: the exclusion path, or a note in the risk file."""

    EXCLUDING = "excluding"
    INFORMATIVE = "informative"


class ListKind(StrEnum):
    """In which form a list arrives, and so who reads it."""

    OFAC_SDN = "ofac_sdn"
    OFAC_CONSOLIDATED = "ofac_consolidated"
    UN_SECURITY_COUNCIL = "un_security_council"
    GENERIC = "generic"

    @property
    def default_effect(self) -> Effect:
        """The effect until a resolution of the Board sets another: only the Security Council's list excludes."""
        return Effect.EXCLUDING if self is ListKind.UN_SECURITY_COUNCIL else Effect.INFORMATIVE


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A day, or the span of days in which a birth lies: a year, a month, "circa", "between"."""

    earliest: date
    latest: date
    approximate: bool = False

    @property
    def is_a_day(self) -> bool:
        """True when the birth is known to the day."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an entry, as the list writes it."""

    text: str
    quality: NameQuality = NameQuality.PRIMARY


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that a register gave; `country` is an ISO 3166-1 alpha-2 code, empty when unknown."""

    kind: IdentifierKind
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One entry of a list. `uid` is `ofac:<ent_num>`, `un:<DATAID>`, or what a generic list gives."""

    uid: str
    list_id: str
    schema: Schema
    names: tuple[ListedName, ...]
    birth_dates: tuple[BirthDate, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programs: tuple[str, ...] = ()
    remarks: str = ""

    @property
    def primary_name(self) -> str:
        """The name under which the list shows the entry."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is screened: a company, an owner or a director, as declared."""

    name: str
    schema: Schema
    other_names: tuple[str, ...] = ()
    country: str = ""
    birth_date: BirthDate | None = None
    identifiers: tuple[Identifier, ...] = ()


def digest_of(record: Subject | ListedEntry) -> str:
    """SHA-256 of a record's canonical JSON: a verdict binds the digests of both sides, and a change reopens the hit."""
    text = json.dumps(plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A record as the lists, mappings and strings that JSON knows; dates in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
