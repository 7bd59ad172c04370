"""What follows when a company hands its case in, changes it, or when the case ends."""

from __future__ import annotations

from certify.applications import service as applications
from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.rules import (
    CLOSED,
    ApplicationDecided,
    ApplicationIneligible,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ClarificationAnswered,
    Status,
)
from certify.board import queries as board
from certify.board import service as board_service
from certify.consultations import service as consultations
from certify.criteria.rules import YesNo
from certify.interests import service as interests
from certify.kernel.i18n import _, in_language
from certify.kernel.policy import Actor
from certify.organisations.rules import countries_concerned
from certify.screening import service as screening


def open_case(event: ApplicationSubmitted) -> None:
    """Reaction: take up a case that was handed in."""
    application = get_application(event.application_id)
    if application.status is Status.SUBMITTED:
        applications.begin_review(application, actor=Actor.system("an application was submitted"))


def title_of(application: Application) -> str:
    """Return how a case is called in every language: the company and the reference."""
    return f"{application.reference} · {application.organisation.legal_name}"


def screen_company(event: ApplicationSubmitted) -> None:
    """Reaction: have the company, its owners and directors screened."""
    screening.request_screening(event.organisation_id)


def screen_company_again(event: ClarificationAnswered) -> None:
    """Reaction: screen again where a clarification changed owners, directors or countries."""
    if event.facts_changed is YesNo.YES:
        screening.request_screening(event.organisation_id)


def ask_governments(event: ApplicationSubmitted) -> None:
    """Reaction: ask the focal point of each country concerned, who is told no more than the brief."""
    ask(get_application(event.application_id))


def ask_governments_again(event: ClarificationAnswered) -> None:
    """Reaction: ask again where a clarification changed owners, directors or countries."""
    if event.facts_changed is YesNo.YES:
        ask(get_application(event.application_id))


def ask(application: Application) -> None:
    """Ask about a case as it stands; whoever was asked the same is not asked twice."""
    organisation = application.organisation
    countries = list(countries_concerned(organisation))
    consultations.ask(
        application.case_key,
        countries=countries,
        title=title_of(application),
        brief={
            "name": organisation.legal_name,
            "countries": countries,
            "sector": sector_of(application),
            "proposed_cooperation": application.proposed_cooperation,
        },
        respondent_id=organisation.id,
        actor=Actor.system("an application was submitted"),
    )


def sector_of(application: Application) -> str | list[str]:
    """Return the one sector of the company, or all of them in a row."""
    sectors = sorted(application.sectors)
    return sectors[0] if len(sectors) == 1 else sectors


def close_case(event: ApplicationDecided | ApplicationIneligible | ApplicationWithdrawn) -> None:
    """Reaction: end what is still open about a case that ended: questions to governments, motions, declarations."""
    application = get_application(event.application_id)
    if application.status not in CLOSED:
        return
    actor = Actor.system("the case ended")
    consultations.withdraw_all(application.case_key, actor=actor)
    withdraw_motions(application.case_key, actor=actor)
    interests.close_subject(application.case_key)


def withdraw_motions(case_key: str, *, actor: Actor) -> None:
    """Take back the motions that wait for a decision on a case that has ended."""
    for motion in board.motions_on(case_key):
        if motion.is_live:
            with in_language("en"):
                board_service.withdraw_motion(motion, reason=_("The case ended before a decision."), actor=actor)
