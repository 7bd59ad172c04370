"""Makes consultations of governments through the real services; inside `with change():`."""

from __future__ import annotations

from itertools import count
from typing import Any

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.consultations import service
from certify.consultations.models import Consultation
from certify.consultations.rules import ReplyKind
from certify.kernel.policy import Actor
from tests.makers import make_person

_number = count(1)
BRIEF = {
    "name": "Andes Solar S.A.",
    "countries": ["PE", "CO"],
    "sector": "energy",
    "proposed_cooperation": "Train two hundred technicians of small companies.",
}


def make_focal_point(country: str = "PE", name: str = "") -> Person:
    """The focal point of a country."""
    return make_person(name, Role.FOCAL_POINT, country=country)


def make_consultation(country: str = "PE", **more: Any) -> Consultation:
    """One country asked about an invented case; it needs a focal point to be open."""
    known: dict[str, Any] = {
        "countries": [country],
        "title": "Andes Solar S.A.",
        "brief": BRIEF,
        "actor": Actor.system("tests"),
    }
    return service.ask(more.pop("subject_key", f"application:asked-{next(_number)}"), **(known | more))[0]


def object_to(consultation: Consultation, person: Person, *, text: str = "The river is not theirs to use.") -> None:
    """Object with reasons for the person's government."""
    service.reply(consultation, kind=ReplyKind.OBJECTION, text=text, actor=get_actor(person))


def not_object_to(consultation: Consultation, person: Person) -> None:
    """Reply that the person's government has no objection."""
    service.reply(consultation, kind=ReplyKind.NO_OBJECTION, actor=get_actor(person))
