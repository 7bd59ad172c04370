"""How roles and countries read to people."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask import current_app

from certify.accounts.rules import Role
from certify.kernel.i18n import _, _l, current_language

ROLES: dict[Role, Any] = {
    Role.OFFICER: _l("Officer of the Secretariat"),
    Role.EXPERT: _l("Outside technical reviewer"),
    Role.BOARD: _l("Board member"),
    Role.FOCAL_POINT: _l("Government focal point"),
    Role.ASSOCIATED: _l("Associated entity"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
ROLE_MEANINGS: dict[Role, Any] = {
    Role.OFFICER: _l("Screens, verifies evidence, assesses and recommends; never votes."),
    Role.EXPERT: _l("Reviews the cases that are given to them."),
    Role.BOARD: _l("Declares interests, reads dossiers and votes for a member state."),
    Role.FOCAL_POINT: _l("Speaks for the government of one country."),
    Role.ASSOCIATED: _l("Is consulted and reads the adopted framework."),
    Role.AUDITOR: _l("Reads everything that is recorded, and changes nothing."),
    Role.ADMINISTRATOR: _l("Keeps accounts, roles and settings; reads no evidence and never votes."),
}
TIMELINE: dict[str, Any] = {}
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
"""Two-letter codes of the CLDR that ISO 3166-1 assigns to no country."""
INVENTED = tuple(f"X{letter}" for letter in "ABCDEFGHI")
"""Member States A to I of the demonstration: codes that ISO 3166-1 leaves to its users."""


def country_name(code: str | None) -> str:
    """Return a country's name in the current language (CLDR), an invented state by letter, else the code."""
    if code in INVENTED:
        return str(_("Member State %(letter)s", letter=code[1]))
    return str(Locale(current_language()).territories.get(code or "", code or ""))


def countries() -> list[tuple[str, str]]:
    """List countries by name: ISO 3166-1, in a demonstration also the invented states."""
    named = Locale(current_language()).territories.items()
    found = [(code, name) for code, name in named if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES]
    if current_app.config["CERTIFY"].demonstration:
        found += [(code, country_name(code)) for code in INVENTED]
    return sorted(found, key=lambda pair: pair[1])
