"""Makes applications through the real services; inside `with change():`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from certify.accounts import queries as accounts
from certify.applications import service
from certify.applications.models import Application
from certify.applications.queries import criteria_asked, pinned_framework
from certify.applications.rules import Given, declared_exclusions
from certify.criteria.rules import Criterion, YesNo
from certify.kernel import clock
from certify.kernel.inspection import inspect
from certify.kernel.policy import Actor
from certify.organisations.models import Organisation
from certify.organisations.queries import people_of
from certify.organisations.rules import MemberRole
from tests.makers.organisations import make_organisation

COOPERATION = "Training of technicians in solar maintenance, with two regional institutes."


def editor_of(organisation: Organisation) -> Actor:
    """The company's first editor as an actor."""
    return accounts.get_actor(people_of(organisation, MemberRole.EDITOR)[0])


def signer_of(organisation: Organisation) -> Actor:
    """The company's legal representative as an actor."""
    return accounts.get_actor(people_of(organisation, MemberRole.LEGAL_REPRESENTATIVE)[0])


def make_application(organisation: Organisation | None = None, **fields: Any) -> Application:
    """A draft without answers; `fields` are those of `service.start_application`."""
    company = organisation or make_organisation()
    known: dict[str, Any] = {"proposed_cooperation": COOPERATION}
    return service.start_application(company, **(known | fields), actor=editor_of(company))


def full_answer(criterion: Criterion) -> Given:
    """The best answer that a criterion takes."""
    if criterion.goalposts is not None:
        return Given(number=criterion.goalposts.full_at)
    return Given(level=criterion.levels[-1])


def make_answered_application(
    organisation: Organisation | None = None, *, answers: dict[str, Given] | None = None, **fields: Any
) -> Application:
    """A draft with every answer, declaration and one file for each question; `answers` replace the best ones."""
    application = make_application(organisation, **fields)
    actor = editor_of(application.organisation)
    for criterion in criteria_asked(application):
        given = (answers or {}).get(criterion.id, full_answer(criterion))
        service.save_answer(application, criterion=criterion.id, given=given, revision=0, actor=actor)
        make_evidence(application, criterion.id, actor=actor)
    for exclusion in declared_exclusions(pinned_framework(application)):
        service.declare_exclusion(application, exclusion=exclusion.id, answer=YesNo.NO, actor=actor)
    return application


def make_evidence(application: Application, criterion: str, content: bytes | None = None, **fields: Any) -> Any:
    """One file for a question: where no bytes are given, one and the same invented text, a month old."""
    upload = inspect(content or f"Register of {application.reference}\n".encode(), name="register.txt")
    known: dict[str, Any] = {"document_date": clock.today() - timedelta(days=30)}
    by = fields.pop("actor", None) or editor_of(application.organisation)
    return service.add_evidence(application, criterion=criterion, upload=upload, **(known | fields), actor=by)


def make_submitted_application(
    organisation: Organisation | None = None, *, answers: dict[str, Given] | None = None, **fields: Any
) -> Application:
    """An application with all answers and evidence, signed off and frozen as snapshot 1."""
    application = make_answered_application(organisation, answers=answers, **fields)
    service.request_sign_off(application, actor=editor_of(application.organisation))
    service.submit_application(application, actor=signer_of(application.organisation))
    return application
