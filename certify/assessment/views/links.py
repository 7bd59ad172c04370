"""Which actions are open to me on a case: the rest is left out of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from certify.accounts.rules import Role
from certify.applications.models import Application
from certify.applications.rules import Status
from certify.assessment.rules import Side
from certify.kernel.i18n import _l
from certify.kernel.policy import Actor, may

Offered = Callable[[Application, Actor], bool]
ASSESSED_IN = frozenset({Status.IN_REVIEW, Status.CLARIFICATION})
WRITTEN_IN = frozenset({Status.REVIEWED, Status.DEFERRED})
RETURNED_IN = WRITTEN_IN | {Status.ASSESSED}
WORKED_IN = ASSESSED_IN | RETURNED_IN


@dataclass(frozen=True, slots=True)
class Offer:
    """An action: where it is done, its words, how strongly it is offered, and when it is open to whom."""

    endpoint: str
    words: Any
    kind: str
    offered: Offered
    more: dict[str, str] = field(default_factory=dict)


def takes(application: Application, actor: Actor) -> bool:
    """Whether this person is one who takes cases."""
    return actor.has(Role.OFFICER) and not actor.holds("sits", "board")


def takes_assessment(application: Application, actor: Actor) -> bool:
    """Whether the assessment can be taken."""
    free = application.assessor_id is None and application.status in ASSESSED_IN | {Status.SUBMITTED}
    return takes(application, actor) and free


def takes_review(application: Application, actor: Actor) -> bool:
    """Whether the review can be taken."""
    free = application.reviewer_id is None and application.status is Status.ASSESSED
    return takes(application, actor) and free and application.assessor_id != actor.person_id


def gives_assessment(application: Application, actor: Actor) -> bool:
    """Whether somebody else's assessment can be given on."""
    other = application.assessor_id not in {None, actor.person_id}
    return other and application.status in WORKED_IN and may(actor, "case.give", application)


def gives_review(application: Application, actor: Actor) -> bool:
    """Whether a reviewer can be named."""
    other = application.reviewer_id != actor.person_id
    return other and application.status in RETURNED_IN and may(actor, "case.give", application)


def in_state(action: str, states: frozenset[Status]) -> Offered:
    """Offer an action that the policy permits, in these states."""
    return lambda application, actor: application.status in states and may(actor, action, application)


OFFERS = (
    Offer("assessment.take", _l("Take this case"), "primary", takes_assessment, {"side": Side.ASSESSOR.value}),
    Offer("assessment.take", _l("Take the review"), "primary", takes_review, {"side": Side.REVIEWER.value}),
    Offer(
        "assessment.bench",
        _l("Assess answers and evidence"),
        "primary",
        in_state("assessment.record", ASSESSED_IN),
    ),
    Offer(
        "assessment.bench",
        _l("Review the assessment"),
        "primary",
        in_state("assessment.review", frozenset({Status.ASSESSED})),
    ),
    Offer(
        "assessment.recommend",
        _l("Write the recommendation"),
        "primary",
        in_state("recommendation.write", WRITTEN_IN),
    ),
    Offer(
        "applications.ask_clarification",
        _l("Ask for clarification"),
        "secondary",
        in_state("application.ask_clarification", frozenset({Status.IN_REVIEW})),
    ),
    Offer(
        "assessment.return_case",
        _l("Send the case back to the assessor"),
        "secondary",
        in_state("assessment.send_back", RETURNED_IN),
    ),
    Offer(
        "assessment.give", _l("Give the assessment on"), "secondary", gives_assessment, {"side": Side.ASSESSOR.value}
    ),
    Offer("assessment.give", _l("Name a reviewer"), "secondary", gives_review, {"side": Side.REVIEWER.value}),
    Offer(
        "assessment.find",
        _l("Record an exclusion that you found"),
        "secondary",
        in_state("finding.open", WORKED_IN | {Status.TABLED}),
    ),
)
"""Every action of a case page, those that are most wanted first."""


def links_for(application: Application, actor: Actor) -> list[tuple[str, Any, str]]:
    """Return address, words and kind of each action that is open to me."""
    return [
        (url_for(one.endpoint, application_id=application.id, **one.more), one.words, one.kind)  # type: ignore[arg-type]
        for one in OFFERS
        if one.offered(application, actor)
    ]
