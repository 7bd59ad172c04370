"""What waits for a person, and which main pages are theirs."""

from __future__ import annotations

from flask import current_app

from certify.kernel.i18n import _
from certify.kernel.policy import Actor, may
from certify.kernel.waiting import Waiting, by_urgency

LINKS = (
    ("desk.home", "desk.home", lambda: _("Home")),
    ("organisations.index", "organisation.list_own", lambda: _("Your organisation")),
    ("applications.index", "application.list_own", lambda: _("Applications")),
    ("assessment.queue", "assessment.queue", lambda: _("Cases")),
    ("screening.queue", "screening.queue", lambda: _("Screening")),
    ("board.index", "board.see_index", lambda: _("Board")),
    ("consultations.index", "consultation.list", lambda: _("Consultations")),
    ("certificates.index", "certificate.list", lambda: _("Certificates")),
    ("agreements.index", "agreement.list", lambda: _("Agreements")),
    ("verification.register", "verification.see", lambda: _("Register")),
)
"""Main pages: endpoint, the action that opens it, its words."""


def list_waiting(actor: Actor) -> list[Waiting]:
    """Collect from every slice what waits for this person, the most urgent first."""
    return by_urgency([thing for ask in current_app.extensions["certify.waiting"] for thing in ask(actor)])


def main_pages(actor: Actor) -> list[tuple[str, str]]:
    """Return the main pages this person may open: endpoint and words."""
    known = current_app.view_functions
    return [(endpoint, words()) for endpoint, action, words in LINKS if endpoint in known and may(actor, action)]
