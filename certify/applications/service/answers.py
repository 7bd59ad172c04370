"""Answers to the criteria, each saved on its own page."""

from __future__ import annotations

from certify.applications.measures import NumberFault, measure_of, number_fault
from certify.applications.models import Answer, Application
from certify.applications.queries import criteria_asked, find_answer, pinned_framework
from certify.applications.rules import Given, takes_level
from certify.applications.service.steps import require_open
from certify.applications.words import number_sentence
from certify.criteria.rules import Criterion
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require


class AnsweredMeanwhile(RuleBroken):
    """Someone else changed the answer after this one was opened; `stored` is theirs, `mine` was not saved."""

    def __init__(self, stored: Answer, mine: Given) -> None:
        super().__init__(_("Someone else changed this answer while you were writing. Nothing of theirs was lost."))
        self.stored, self.mine = stored, mine


def save_answer(application: Application, *, criterion: str, given: Given, revision: int, actor: Actor) -> Answer:
    """Keep the answer to a criterion; `revision` is the one the writer started from, 0 for none.

    Saving the same again changes nothing. Raises AnsweredMeanwhile where another editor was faster, and Invalid where
    the answer does not fit the criterion.
    """
    require(actor, "application.edit", application)
    require_open(lock(application), criterion)
    check_answer(asked_criterion(application, criterion), given, framework_id=pinned_framework(application).id)
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


def check_answer(criterion: Criterion, given: Given, *, framework_id: str) -> None:
    """Raise Invalid where an answer does not fit its criterion."""
    if given.level is not None and not takes_level(criterion, given.level):
        refuse("level", _("Please choose one of the sentences."))
    if given.number is not None:
        measure = measure_of(framework_id, criterion.id)
        fault = NumberFault.FORM if criterion.goalposts is None else number_fault(given.number, measure)
        if fault is not None:
            refuse("number", number_sentence(fault, given.number, measure))
    if given.not_applicable and not criterion.not_applicable_on_request:
        refuse("not_applicable", _("This question applies to every organisation that is asked it."))


def refuse(field: str, sentence: str) -> None:
    """Raise Invalid at a field."""
    raise Invalid(sentence, fields={field: sentence})


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
