"""How companies, countries, activities and faults read to people."""

from __future__ import annotations

from typing import Any

from certify.accounts.words import country_name as country_name
from certify.kernel.i18n import _l, current_language
from certify.organisations.rules import (
    Fault,
    MemberRole,
    OrganisationKind,
    OwnerKind,
    Part,
    Size,
    Verdict,
)
from certify.organisations.rules.reference import data_file

KINDS: dict[OrganisationKind, Any] = {OrganisationKind.COMPANY: _l("Company")}
SIZES: dict[Size, Any] = {
    Size.MICRO: _l("Micro"),
    Size.SMALL: _l("Small"),
    Size.MEDIUM: _l("Medium"),
    Size.LARGE: _l("Large"),
}
SECTORS: dict[str, Any] = {
    "agriculture": _l("Agriculture, forestry and fishing"),
    "energy": _l("Energy"),
    "extractives": _l("Mining, oil and gas"),
    "infrastructure": _l("Infrastructure, construction and transport"),
    "manufacturing": _l("Manufacturing"),
    "retail": _l("Trade"),
    "security": _l("Security"),
    "tourism": _l("Tourism"),
    "services": _l("Services"),
    "other": _l("Other activities"),
}
OWNER_KINDS: dict[OwnerKind, Any] = {
    OwnerKind.PERSON: _l("A person"),
    OwnerKind.COMPANY: _l("A company or other legal entity"),
    OwnerKind.ANONYMOUS: _l("Unknown, for example bearer shares"),
}
MEMBER_ROLES: dict[MemberRole, Any] = {
    MemberRole.LEGAL_REPRESENTATIVE: _l("Legal representative"),
    MemberRole.EDITOR: _l("Editor"),
    MemberRole.READER: _l("Reader"),
}
MEMBER_ROLE_MEANINGS: dict[MemberRole, Any] = {
    MemberRole.LEGAL_REPRESENTATIVE: _l("Signs off applications, accepts terms and decides who acts for the company."),
    MemberRole.EDITOR: _l("Fills in applications and uploads evidence."),
    MemberRole.READER: _l("Reads everything the company gave, and changes nothing."),
}
PARTS: dict[Part, Any] = {
    Part.IDENTITY: _l("Name and registration"),
    Part.ACTIVITIES: _l("Activities and size"),
    Part.COUNTRIES: _l("Countries of operation"),
    Part.OWNERS: _l("Owners of 10 percent or more"),
    Part.DIRECTORS: _l("Directors"),
}
TAX_VERDICTS: dict[Verdict, Any] = {
    Verdict.VALID: _l("Check digits are right"),
    Verdict.INVALID: _l("Check digits are wrong"),
    Verdict.NOT_VERIFIABLE: _l("Not verifiable"),
}
"""What a number tells by itself; whether it was issued, only the registry knows."""
FAULTS: dict[Fault, Any] = {
    Fault.NAME_MISSING: _l("Enter the legal name as it stands in the registry."),
    Fault.NAME_WRONG: _l("Enter the legal name as one line of at most 200 characters."),
    Fault.TRADE_NAMES_MANY: _l("Enter at most 20 trade names of at most 200 characters each."),
    Fault.COUNTRY_UNKNOWN: _l("Choose the country of the seat from the list."),
    Fault.NUMBER_WRONG: _l("Enter the number under which the company stands in its registry."),
    Fault.TAX_IDENTIFIER_WRONG: _l(
        "This is not a tax identifier of the country of the seat: its form or check digits do not fit."
    ),
    Fault.LEI_WRONG: _l("This is not a legal entity identifier of 20 letters and figures with right check digits."),
    Fault.DIVISION_UNKNOWN: _l("Choose activities from the list."),
    Fault.EMPLOYEES_WRONG: _l("Enter the number of employees as a whole number between 0 and 10,000,000."),
    Fault.TURNOVER_WRONG: _l("Enter the yearly turnover in whole US dollars, between 0 and 10,000,000,000,000."),
    Fault.COUNTRIES_UNKNOWN: _l("Choose countries from the list."),
    Fault.OUTSIDE: _l(
        "A company seated outside the member states can register when it operates in one of them: choose it here."
    ),
}
TIMELINE: dict[str, Any] = {
    "OrganisationRegistered": _l("The company registered."),
    "OrganisationChanged": _l("The company changed its details."),
    "OwnersChanged": _l("The company changed its owners or directors."),
}


def division_title(code: str) -> str:
    """Return the title of an ISIC Rev. 4 division in the current language; the code where there is none."""
    titles = data_file("isic_divisions.yml")["divisions"].get(code, {})
    return str(titles.get(current_language(), code))


def divisions_by_section() -> list[tuple[str, list[str]]]:
    """List the sections of ISIC Rev. 4 by title in the current language, each with the codes of its divisions."""
    content = data_file("isic_divisions.yml")
    return [
        (
            str(titles[current_language()]),
            [code for code, division in content["divisions"].items() if division["section"] == section],
        )
        for section, titles in content["sections"].items()
    ]


def share_text(share_bp: int) -> str:
    """Write a share in percent without a needless decimal: 2 550 is '25.5', 5 000 is '50'."""
    whole, rest = divmod(share_bp, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)
