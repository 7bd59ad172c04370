"""What waits for a person, and which main pages are theirs."""

from __future__ import annotations

from flask import current_app

from certify.kernel.i18n import _l
from certify.kernel.policy import Actor, may
from certify.kernel.waiting import Waiting, by_urgency

LINKS = (
    ("desk.home", "desk.home", _l("Home")),
    ("organisations.index", "organisation.list_own", _l("Your organisation")),
    ("applications.index", "application.list_own", _l("Applications")),
    ("assessment.queue", "assessment.queue", _l("Cases")),
    ("screening.queue", "screening.queue", _l("Screening")),
    ("board.index", "board.see_index", _l("Board")),
    ("consultations.index", "consultation.list", _l("Consultations")),
    ("certificates.index", "certificate.list", _l("Certificates")),
    ("organisations.index", "organisation.list_all", _l("Companies")),
    ("agreements.index", "agreement.list", _l("Agreements")),
    ("accounts.people", "person.list", _l("People and roles")),
    ("verification.register", "verification.see", _l("Register")),
)
"""Main pages: endpoint, the action that opens it, its words."""


def list_waiting(actor: Actor) -> list[Waiting]:
    """Collect from every slice what waits for this person, the most urgent first."""
    return by_urgency([thing for ask in current_app.extensions["certify.waiting"] for thing in ask(actor)])


def main_pages(actor: Actor) -> list[tuple[str, str]]:
    """Return the main pages this person may open: endpoint and words."""
    known = current_app.view_functions
    return [(endpoint, str(words)) for endpoint, action, words in LINKS if endpoint in known and may(actor, action)]
