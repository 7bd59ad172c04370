"""Starting an application, and what the company's editors write into it."""

from __future__ import annotations

import secrets

from certify.applications.models import Answer, Application, ExclusionAnswer
from certify.applications.queries import (
    computed_profile,
    criteria_asked,
    exclusion_answers_of,
    find_answer,
    find_open_application,
    pinned_framework,
)
from certify.applications.rules import ApplicationStarted, Given, declared_exclusions, takes_level
from certify.applications.service.steps import require_draft, require_open
from certify.criteria.decimals import is_decimal
from certify.criteria.library import load_framework
from certify.criteria.rules import Criterion, YesNo
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.organisations.models import Organisation
from certify.organisations.queries import missing_parts

CURRENT_FRAMEWORK = "oas-certification@1.0.0"
"""The version of the criteria under which applications are started now."""
REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are mistaken for one another."""


class AnsweredMeanwhile(RuleBroken):
    """Someone else changed the answer after this one was opened; `stored` is theirs, `mine` was not saved."""

    def __init__(self, stored: Answer, mine: Given) -> None:
        super().__init__(_("Someone else changed this answer while you were writing. Nothing of theirs was lost."))
        self.stored, self.mine = stored, mine


class CooperationChanged(RuleBroken):
    """Someone else changed the proposed cooperation; `stored` is theirs, `mine` was not saved."""

    def __init__(self, stored: str, mine: str) -> None:
        super().__init__(_("Someone else changed this text while you were writing. Nothing of theirs was lost."))
        self.stored, self.mine = stored, mine


# -- starting ---------------------------------------------------------------------------------------------------------


def start_application(
    organisation: Organisation, *, framework: str = CURRENT_FRAMEWORK, proposed_cooperation: str = "", actor: Actor
) -> Application:
    """Begin an application and pin the criteria; where one is open already, return that one."""
    require(actor, "organisation.apply", organisation)
    lock(organisation)
    if found := find_open_application(organisation.id, framework):
        return found
    if missing_parts(organisation):
        raise RuleBroken(_("Please complete your organisation's page first: activities, size, owners and directors."))
    application = new_application(organisation, load_framework(framework).label, proposed_cooperation, actor)
    audit.record("organisation.apply", actor=actor, case_key=application.case_key, reference=application.reference)
    publish(ApplicationStarted(application.id, organisation.id, framework), case_key=application.case_key, actor=actor)
    return application


def new_application(organisation: Organisation, framework: str, proposed: str, actor: Actor) -> Application:
    """Write the row."""
    profile = computed_profile(organisation)
    application = Application(
        id=new_id(),
        reference=new_reference(),
        organisation=organisation,
        framework=framework,
        size=profile.size,
        sectors=list(profile.sectors),
        proposed_cooperation=proposed,
        created_by_id=actor.person_id,
        created_at=clock.now(),
    )
    db.session.add(application)
    db.session.flush()
    return application


def new_reference() -> str:
    """Draw a reference that can be read out and tells nothing of how many others there are: AP-2026-7KM3QX."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _position in range(6))
    return f"AP-{clock.today().year}-{letters}"


def save_cooperation(application: Application, text: str, *, revision: int, actor: Actor) -> None:
    """Save what the company proposes to do with the organisation."""
    require(actor, "application.edit", application)
    require_draft(lock(application))
    if text == application.proposed_cooperation:
        return
    if revision != application.revision:
        raise CooperationChanged(application.proposed_cooperation, text)
    application.proposed_cooperation = text
    application.revision += 1
    audit.record("application.edit", actor=actor, case_key=application.case_key, part="cooperation")


# -- declarations -----------------------------------------------------------------------------------------------------


def declare_exclusion(application: Application, *, exclusion: str, answer: YesNo, text: str = "", actor: Actor) -> None:
    """Keep what the company declares on an exclusion; a declaration that it applies needs words."""
    require(actor, "application.edit", application)
    require_draft(lock(application))
    asked = {each.id: each for each in declared_exclusions(pinned_framework(application))}
    if exclusion not in asked:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    if answer is asked[exclusion].disqualifies_when and not text:
        raise Invalid(_("Please explain what applies."), fields={"text": _("Please explain what applies.")})
    row = exclusion_answers_of(application).get(exclusion)
    if row is None:
        row = ExclusionAnswer(id=new_id(), application_id=application.id, exclusion=exclusion)
        db.session.add(row)
    row.answer, row.text = answer, text
    audit.record("application.edit", actor=actor, case_key=application.case_key, part=exclusion, answer=answer.value)


# -- answers ----------------------------------------------------------------------------------------------------------


def save_answer(application: Application, *, criterion: str, given: Given, revision: int, actor: Actor) -> Answer:
    """Keep the answer to a criterion; `revision` is the one the writer started from, 0 for none.

    Saving the same again changes nothing. Raises AnsweredMeanwhile where another editor was faster, and Invalid where
    the answer does not fit the criterion.
    """
    require(actor, "application.edit", application)
    require_open(lock(application), criterion)
    check_answer(asked_criterion(application, criterion), given)
    stored = find_answer(application, criterion)
    if stored is not None and stored.given == given:
        return stored
    if stored is not None and stored.revision != revision:
        raise AnsweredMeanwhile(stored, given)
    answer = stored or new_answer(application, criterion)
    write_answer(answer, given, actor)
    audit.record(
        "application.edit", actor=actor, case_key=application.case_key, part=criterion, revision=answer.revision
    )
    return answer


def asked_criterion(application: Application, criterion: str) -> Criterion:
    """Return a criterion that is asked of this company, or raise NotFound."""
    for asked in criteria_asked(application):
        if asked.id == criterion:
            return asked
    raise NotFound(_("This question is not asked of your organisation."))


def check_answer(criterion: Criterion, given: Given) -> None:
    """Raise Invalid where an answer does not fit its criterion."""
    if given.level is not None and not takes_level(criterion, given.level):
        raise Invalid(
            _("Please choose one of the sentences."), fields={"level": _("Please choose one of the sentences.")}
        )
    if given.number is not None and (criterion.goalposts is None or not is_decimal(given.number)):
        sentence = _("Please write the number with digits, and a point before decimals, such as 7.5.")
        raise Invalid(sentence, fields={"number": sentence})
    if given.not_applicable and not criterion.not_applicable_on_request:
        sentence = _("This question applies to every organisation that is asked it.")
        raise Invalid(sentence, fields={"not_applicable": sentence})


def new_answer(application: Application, criterion: str) -> Answer:
    """Add an empty answer."""
    answer = Answer(id=new_id(), application_id=application.id, criterion=criterion, revision=0)
    db.session.add(answer)
    return answer


def write_answer(answer: Answer, given: Given, actor: Actor) -> None:
    """Put what was given into the row."""
    answer.level, answer.number = given.level, given.number
    answer.not_applicable, answer.reason, answer.note = given.not_applicable, given.reason, given.note
    answer.revision += 1
    answer.saved_by_id, answer.saved_at = actor.person_id, clock.now()
    db.session.flush()
