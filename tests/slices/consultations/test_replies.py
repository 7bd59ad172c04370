"""Asking governments, and what they reply by the date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from certify.accounts.models import Person
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.consultations import jobs, queries, service
from certify.consultations.models import Consultation
from certify.consultations.rules import ConsultationStatus, ReplyKind
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel import events
from certify.kernel.clock import FixedClock
from certify.kernel.db import db
from certify.kernel.errors import Invalid, NotAllowed, NotFound, RuleBroken
from certify.kernel.jobs import OutboxRow
from certify.kernel.policy import Actor
from tests.makers import make_person
from tests.makers.consultations import BRIEF, make_consultation, make_focal_point, not_object_to, object_to
from tests.makers.organisations import make_organisation

OPERATOR = Actor.system("tests")
Change = Callable[[], Any]


def letters_to(person: Person) -> list[str]:
    """Subjects of the letters that are promised to a person."""
    rows = db.session.query(OutboxRow).filter_by(job="kernel.send_letter").order_by(OutboxRow.id)
    return [row.payload["subject"] for row in rows if row.payload["to"] == person.email]


def asked(change: Change, country: str = "PE", **more: Any) -> tuple[Consultation, Person]:
    """A country asked, and its focal point."""
    with change():
        person = make_focal_point(country)
        consultation = make_consultation(country, **more)
    return consultation, person


def test_a_focal_point_has_twenty_working_days_to_reply(change: Change) -> None:
    consultation, person = asked(change)

    assert consultation.status is ConsultationStatus.OPEN
    assert consultation.due_on == date(2026, 3, 30)
    assert letters_to(person) == ["Your view is asked: Andes Solar S.A."]


def test_a_country_without_focal_point_is_not_consulted_and_shown_as_such(change: Change) -> None:
    with change():
        consultation = make_consultation("SR")

    assert consultation.status is ConsultationStatus.NOT_CONSULTED
    assert queries.unresolved(consultation.subject_key) == []


def test_no_objection_needs_no_reasons(change: Change) -> None:
    consultation, person = asked(change)

    with change():
        not_object_to(consultation, person)

    assert (consultation.status, consultation.reply) == (ConsultationStatus.ANSWERED, ReplyKind.NO_OBJECTION)
    assert not queries.has_objection(consultation.subject_key)


@pytest.mark.parametrize("kind", [ReplyKind.COMMENT, ReplyKind.OBJECTION])
def test_a_comment_and_an_objection_give_reasons(change: Change, kind: ReplyKind) -> None:
    consultation, person = asked(change)

    with pytest.raises(Invalid) as refused, change():
        service.reply(consultation, kind=kind, text="  ", actor=get_actor(person))

    assert set(refused.value.fields) == {"text"}


def test_a_reply_is_recorded_once(change: Change) -> None:
    consultation, person = asked(change)
    with change():
        not_object_to(consultation, person)

    with pytest.raises(RuleBroken), change():
        object_to(consultation, person)

    assert db.session.get_one(Consultation, consultation.id).reply is ReplyKind.NO_OBJECTION


def test_another_countrys_focal_point_does_not_learn_that_the_question_exists(change: Change) -> None:
    consultation, _person = asked(change)
    with change():
        other = make_focal_point("CO")

    with pytest.raises(NotFound), change():
        not_object_to(consultation, other)


def test_an_officer_may_see_but_not_reply(change: Change) -> None:
    consultation, _person = asked(change)
    with change():
        officer = make_person("Officer", Role.OFFICER)

    with pytest.raises(NotAllowed), change():
        not_object_to(consultation, officer)


def test_a_focal_point_in_conflict_does_not_reply(change: Change) -> None:
    consultation, person = asked(change)
    with change():
        interests.open_subject(consultation.subject_key, title="Case", link="/")
        interests.declare(
            consultation.subject_key,
            interest=Interest.ACTUAL,
            nature=Nature.PERSONAL,
            text="My brother owns it.",
            actor=get_actor(person),
        )

    with pytest.raises(RuleBroken), change():
        not_object_to(consultation, person)


def test_silence_is_recorded_the_day_after_the_date_and_once(change: Change, time: FixedClock) -> None:
    consultation, _person = asked(change)

    time.advance(days=28)
    with change():
        jobs.note_silence()
    on_the_date = consultation.status
    time.advance(days=1)
    with change():
        jobs.note_silence()
    with change():
        jobs.note_silence()

    assert on_the_date is ConsultationStatus.OPEN
    assert consultation.status is ConsultationStatus.SILENT
    kinds = [row.kind for row in events.list_events(consultation.subject_key)]
    assert kinds == ["ConsultationAsked", "ConsultationSilent"]


def test_a_late_reply_is_refused_even_before_silence_was_recorded(change: Change, time: FixedClock) -> None:
    consultation, person = asked(change)
    time.advance(days=29)

    with pytest.raises(RuleBroken), change():
        not_object_to(consultation, person)


def test_a_reminder_goes_out_five_working_days_before_the_date(change: Change, time: FixedClock) -> None:
    _consultation, person = asked(change)

    for _day in range(28):
        time.advance(days=1)
        with change():
            jobs.remind()

    assert letters_to(person) == ["Your view is asked: Andes Solar S.A.", "Your view is still asked: Andes Solar S.A."]


def test_more_time_is_given_by_an_officer_with_a_reason(change: Change, time: FixedClock) -> None:
    consultation, person = asked(change)
    with change():
        officer = make_person("Officer", Role.OFFICER)
        service.extend(consultation, until=date(2026, 4, 15), reason="Carnival.", actor=get_actor(officer))
    time.advance(days=35)

    with change():
        jobs.note_silence()
        not_object_to(consultation, person)

    assert consultation.extensions[0]["reason"] == "Carnival."
    assert consultation.reply is ReplyKind.NO_OBJECTION


def test_the_same_question_is_asked_once_and_a_changed_one_again(change: Change) -> None:
    consultation, _person = asked(change, subject_key="application:again")

    with change():
        same = service.ask("application:again", countries=["PE"], title="Andes Solar S.A.", brief=BRIEF, actor=OPERATOR)
        changed = make_consultation(subject_key="application:again", brief=BRIEF | {"countries": ["PE", "CO", "BO"]})

    assert same == []
    assert changed.round == 2
    assert consultation.status is ConsultationStatus.WITHDRAWN


def test_a_brief_that_tells_too_much_is_a_fault_of_ours(change: Change) -> None:
    with pytest.raises(ValueError), change():
        make_consultation(brief=BRIEF | {"total": "8125"})


def test_an_ended_case_waits_for_nobody(change: Change) -> None:
    consultation, _person = asked(change)

    with change():
        ended = service.withdraw_all(consultation.subject_key, actor=OPERATOR)

    assert ended == 1
    assert queries.unresolved(consultation.subject_key) == []


def test_associated_entities_are_asked_for_advice_in_the_same_way(change: Change) -> None:
    with change():
        adviser = make_person("Trust", Role.ASSOCIATED)
        asked = service.ask("application:e", entities=["The Trust"], title="A case", brief=BRIEF, actor=OPERATOR)[0]

        service.reply(asked, kind=ReplyKind.COMMENT, text="We know them well.", actor=get_actor(adviser))

    assert asked.status is ConsultationStatus.ANSWERED


# -- objections -----------------------------------------------------------------------------------------------------


def test_an_objection_stands_until_the_government_lifts_it(change: Change) -> None:
    consultation, person = asked(change)
    with change():
        object_to(consultation, person)
    stood = queries.has_objection(consultation.subject_key)

    with change():
        service.lift_objection(consultation, reason="Settled.", actor=get_actor(person))

    assert stood
    assert not queries.has_objection(consultation.subject_key)
    assert queries.list_objections(consultation.subject_key) == [consultation]


def test_the_company_answers_an_objection_once_and_the_government_is_told(change: Change) -> None:
    with change():
        owner = make_person("Owner")
        organisation = make_organisation(owner)
    consultation, person = asked(change, respondent_id=organisation.id)
    with change():
        object_to(consultation, person)
        service.answer_objection(consultation, text="We use rain water.", actor=get_actor(owner))

    with pytest.raises(RuleBroken), change():
        service.answer_objection(consultation, text="Also wells.", actor=get_actor(owner))

    kept = db.session.get_one(Consultation, consultation.id)
    assert kept.answer == "We use rain water."
    assert letters_to(owner) == ["A government raised an objection to Andes Solar S.A."]
    assert letters_to(person)[-1] == "The company answered your objection: Andes Solar S.A."


def test_without_an_objection_the_company_has_nothing_to_answer(change: Change) -> None:
    with change():
        owner = make_person("Owner")
        organisation = make_organisation(owner)
    consultation, person = asked(change, respondent_id=organisation.id)
    with change():
        not_object_to(consultation, person)

    with pytest.raises(NotFound), change():
        service.answer_objection(consultation, text="Thank you.", actor=get_actor(owner))
