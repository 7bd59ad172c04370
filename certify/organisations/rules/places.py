"""Where a company is at home and where it works, and which of these are member states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from certify.organisations.rules.reference import data_file


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's time as a member: from the first day of a year, until a day where it left."""

    code: str
    since: date
    until: date | None

    def covers(self, on: date) -> bool:
        """Whether the state is a member on this day; the day it left is the first without it."""
        return self.since <= on and (self.until is None or on < self.until)


def _memberships() -> tuple[Membership, ...]:
    rows = data_file("member_states.yml")
    return tuple(Membership(row["code"], date(row["from"], 1, 1), row.get("until")) for row in rows)


MEMBERSHIPS = _memberships()
"""Every state that is or was a member, with its dates."""
MEMBER_STATES = tuple(state.code for state in MEMBERSHIPS if state.until is None)
"""The ISO 3166-1 codes of the present member states."""
INVENTED_STATES = tuple(f"X{letter}" for letter in "ABCDEFGHI")
"""Member States A to I of the demonstration: codes that ISO 3166-1 leaves to its users."""
COUNTRIES = frozenset(code for line in data_file("countries.yml") for code in line) | frozenset(INVENTED_STATES)
"""Every officially assigned code of ISO 3166-1, and the invented states of the demonstration."""


def member_states(*, on: date) -> tuple[str, ...]:
    """List the codes of the states that are members on a day."""
    return tuple(state.code for state in MEMBERSHIPS if state.covers(on))


class Placed(Protocol):
    """Whatever has a seat and countries of operation."""

    country: str
    countries: list[str]


def countries_concerned(organisation: Placed) -> list[str]:
    """List the seat first, then the countries of operation, each once."""
    return distinct([organisation.country, *organisation.countries])


def distinct(codes: Iterable[str]) -> list[str]:
    """Keep the first of each code, in order."""
    return list(dict.fromkeys(codes))


def may_register(*, seat: str, countries: Sequence[str], on: date) -> bool:
    """Say whether a company with this seat may register: in a member state, or operating in one."""
    members = member_states(on=on) + INVENTED_STATES
    return any(code in members for code in (seat, *countries))
