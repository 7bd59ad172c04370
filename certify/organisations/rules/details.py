"""What is asked about a company, and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict

from certify.organisations.rules.activities import DIVISIONS
from certify.organisations.rules.identifiers import Verdict, check_tax_identifier, is_lei
from certify.organisations.rules.names import registration_key
from certify.organisations.rules.places import COUNTRIES, may_register

MOST_EMPLOYEES = 10_000_000
MOST_TURNOVER = 10_000_000_000_000
"""Whole US dollars a year."""
LONGEST_NAME = 200
LONGEST_NUMBER = 100
LONGEST_TAX_IDENTIFIER = 50
MOST_TRADE_NAMES = 20


_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class OrganisationKind(StrEnum):
    """What kind of organisation registers; others follow when the Board opens the framework to them."""

    COMPANY = "company"


class Details(TypedDict, total=False):
    """What a company states about itself; what is not named stays as it is."""

    legal_name: str
    trade_names: list[str]
    country: str
    registration_number: str
    tax_identifier: str
    lei: str
    isic_divisions: list[str]
    employees: int | None
    turnover_usd: int | None
    countries: list[str]


class Fault(StrEnum):
    """What is wrong with an answer; how it reads stands in words.py."""

    NAME_MISSING = "name_missing"
    NAME_WRONG = "name_wrong"
    COUNTRY_UNKNOWN = "country_unknown"
    NUMBER_WRONG = "number_wrong"
    TAX_IDENTIFIER_WRONG = "tax_identifier_wrong"
    LEI_WRONG = "lei_wrong"
    DIVISION_UNKNOWN = "division_unknown"
    EMPLOYEES_WRONG = "employees_wrong"
    TURNOVER_WRONG = "turnover_wrong"
    COUNTRIES_UNKNOWN = "countries_unknown"
    OUTSIDE = "outside"
    TRADE_NAMES_MANY = "trade_names_many"


def faults_in(details: Mapping[str, Any], *, on: date) -> dict[str, Fault]:
    """Name the first fault of each answer; `details` is the whole of what the company states."""
    found = {field: fault for field, (broken, fault) in CHECKS.items() if broken(details)}
    if not details["legal_name"].strip():
        found["legal_name"] = Fault.NAME_MISSING
    seat, countries = details["country"], details["countries"]
    if not found and not may_register(seat=seat, countries=countries, on=on):
        found["countries"] = Fault.OUTSIDE
    return found


def is_line(text: str, *, limit: int) -> bool:
    """Whether a text is one line of at most so many characters, with nothing invisible in it."""
    return len(text) <= limit and not _UNSEEN.search(text)


def _outside(number: int | None, limit: int) -> bool:
    return number is not None and not 0 <= number <= limit


Broken = Callable[[Mapping[str, Any]], bool]
CHECKS: dict[str, tuple[Broken, Fault]] = {
    "legal_name": (lambda d: not is_line(d["legal_name"], limit=LONGEST_NAME), Fault.NAME_WRONG),
    "trade_names": (
        lambda d: (
            len(d["trade_names"]) > MOST_TRADE_NAMES
            or not all(is_line(name, limit=LONGEST_NAME) for name in d["trade_names"])
        ),
        Fault.TRADE_NAMES_MANY,
    ),
    "country": (lambda d: d["country"] not in COUNTRIES, Fault.COUNTRY_UNKNOWN),
    "registration_number": (
        lambda d: (
            not registration_key(d["registration_number"])
            or not is_line(d["registration_number"], limit=LONGEST_NUMBER)
        ),
        Fault.NUMBER_WRONG,
    ),
    "tax_identifier": (
        lambda d: (
            check_tax_identifier(d["tax_identifier"], country=d["country"]) is Verdict.INVALID
            or not is_line(d["tax_identifier"], limit=LONGEST_TAX_IDENTIFIER)
        ),
        Fault.TAX_IDENTIFIER_WRONG,
    ),
    "lei": (lambda d: bool(d["lei"]) and not is_lei(d["lei"]), Fault.LEI_WRONG),
    "isic_divisions": (lambda d: not DIVISIONS.issuperset(d["isic_divisions"]), Fault.DIVISION_UNKNOWN),
    "employees": (lambda d: _outside(d["employees"], MOST_EMPLOYEES), Fault.EMPLOYEES_WRONG),
    "turnover_usd": (lambda d: _outside(d["turnover_usd"], MOST_TURNOVER), Fault.TURNOVER_WRONG),
    "countries": (lambda d: not COUNTRIES.issuperset(d["countries"]), Fault.COUNTRIES_UNKNOWN),
}
"""Field > what breaks it, and the fault's name."""
