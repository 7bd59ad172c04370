"""The cast: every person of the demonstration, with role and address. All of them are invented."""

from __future__ import annotations

from dataclasses import dataclass

from certify.accounts import service as accounts
from certify.accounts.models import Person
from certify.accounts.queries import find_person_by_email
from certify.accounts.rules import Role
from certify.organisations.rules import INVENTED_STATES

PASSWORD = "member states decide together"  # noqa: S105 - printed at every start of a demonstration
DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the cast."""

    key: str
    name: str
    what: str
    """Who it is, in English, as printed for the newcomer."""
    role: Role | None = None
    country: str | None = None
    language: str = "en"

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@{DOMAIN}"


STAFF = (
    Part("olga", "Olga Prieto", "officer of the Secretariat", Role.OFFICER),
    Part("oscar", "Óscar Vidal", "officer of the Secretariat", Role.OFFICER),
    Part("nadia", "Nadia Rocha", "officer of the Secretariat", Role.OFFICER),
    Part("adela", "Adela Fuentes", "administrator", Role.ADMINISTRATOR),
    Part("bruno", "Bruno Salas", "administrator", Role.ADMINISTRATOR),
    Part("aldo", "Aldo Ferreira", "auditor", Role.AUDITOR),
)
COMPANY_PEOPLE = (
    Part("rosa", "Rosa Ibarra", "legal representative of Valle Claro (certified)", language="es"),
    Part("hector", "Héctor Peña", "legal representative of Cerro Hondo (refused)", language="es"),
    Part("lucia", "Lúcia Barros", "legal representative of Porto Cinza (ineligible)", language="pt"),
    Part("celia", "Celia Montes", "legal representative of Bahía Serena (before the Board)", language="es"),
    Part("tomas", "Tomás Arce", "legal representative of Luna Llena (draft)", language="es"),
)


def letter_of(state: str) -> str:
    """Return the letter of an invented state: XA is Member State A."""
    return state[1].lower()


SEAT_NOTES = {
    "XC": "chairs the Board",
    "XD": "vice-chair",
    "XA": "out of the base: the company before the Board is its own",
}
"""What a newcomer should know of a seat."""
SEATS = tuple(
    Part(
        f"seat.{letter_of(state)}",
        f"Representative of Member State {state[1]}",
        f"Board member, {SEAT_NOTES.get(state, 'votes')}",
        Role.BOARD,
    )
    for state in INVENTED_STATES
)
ALTERNATES = tuple(
    Part(
        f"alternate.{letter_of(state)}",
        f"Alternate of Member State {state[1]}",
        f"alternate, Member State {state[1]}",
        Role.BOARD,
    )
    for state in INVENTED_STATES[:2]
)
FOCAL_POINTS = tuple(
    Part(
        f"focal.{letter_of(state)}",
        f"Focal point of Member State {state[1]}",
        f"government of Member State {state[1]}",
        Role.FOCAL_POINT,
        state,
    )
    for state in INVENTED_STATES[:2]
)
EVERYBODY = (*STAFF, *SEATS, *ALTERNATES, *FOCAL_POINTS, *COMPANY_PEOPLE)


def hire(part: Part) -> Person:
    """Open the account of one person of the cast."""
    person = accounts.add_person(email=part.email, name=part.name, password=PASSWORD, language=part.language)
    if part.role is not None:
        accounts.grant_role(person, role=part.role, country=part.country, reason="demonstration")
    return person


def called(key: str) -> Person:
    """Return a person of the cast."""
    person = find_person_by_email(f"{key}@{DOMAIN}")
    if person is None:
        raise LookupError(f"Nobody in the demonstration is called {key}.")
    return person
