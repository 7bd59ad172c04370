"""Where an application stands, what may be changed, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.applications.measures import Measure, NumberFault, Unit, measure_of, number_fault
from certify.applications.rules import (
    BEFORE_SIGN_OFF,
    CLOSED,
    DECISIONS,
    IN_PROCEDURE,
    ONCE_TABLED,
    OPEN,
    STEPS,
    Given,
    Profile,
    Progress,
    Reopened,
    Status,
    Step,
    applicable_criteria,
    declared_exclusions,
    may_edit,
    missing_answers,
    missing_declarations,
    next_status,
    progress_of,
)
from certify.criteria.library import load_framework
from certify.criteria.rules import YesNo

FRAMEWORK = load_framework("oas-certification@1.0.0")
SMALL = Profile("small", ("energy",))
TODAY = date(2026, 3, 2)
PERCENT = Measure(Unit.PERCENT, "0", "100")


@pytest.mark.parametrize(
    ("status", "step", "after"),
    [
        (Status.DRAFT, Step.REQUEST_SIGN_OFF, Status.AWAITING_SIGN_OFF),
        (Status.AWAITING_SIGN_OFF, Step.RETURN_TO_EDITING, Status.DRAFT),
        (Status.AWAITING_SIGN_OFF, Step.SUBMIT, Status.SUBMITTED),
        (Status.SUBMITTED, Step.BEGIN_REVIEW, Status.IN_REVIEW),
        (Status.IN_REVIEW, Step.ASK_CLARIFICATION, Status.CLARIFICATION),
        (Status.CLARIFICATION, Step.ANSWER_CLARIFICATION, Status.IN_REVIEW),
        (Status.CLARIFICATION, Step.CLOSE_CLARIFICATION, Status.IN_REVIEW),
        (Status.IN_REVIEW, Step.ASSESS, Status.ASSESSED),
        (Status.ASSESSED, Step.REVIEW, Status.REVIEWED),
        (Status.REVIEWED, Step.TABLE, Status.TABLED),
        (Status.TABLED, Step.APPROVE, Status.APPROVED),
        (Status.TABLED, Step.REFUSE, Status.REFUSED),
        (Status.TABLED, Step.DEFER, Status.DEFERRED),
        (Status.DEFERRED, Step.TABLE, Status.TABLED),
    ],
)
def test_a_case_goes_its_way(status: Status, step: Step, after: Status) -> None:
    assert next_status(status, step) is after


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (Status.DRAFT, Step.SUBMIT),
        (Status.DRAFT, Step.APPROVE),
        (Status.DRAFT, Step.DECLARE_INELIGIBLE),
        (Status.SUBMITTED, Step.SUBMIT),
        (Status.IN_REVIEW, Step.TABLE),
        (Status.ASSESSED, Step.TABLE),
        (Status.REVIEWED, Step.APPROVE),
        (Status.REFUSED, Step.APPROVE),
    ],
    ids=lambda value: value.value,
)
def test_no_step_is_skipped(status: Status, step: Step) -> None:
    assert next_status(status, step) is None


@given(st.sampled_from(sorted(CLOSED)), st.sampled_from(list(Step)))
def test_nothing_follows_a_closed_case(status: Status, step: Step) -> None:
    assert next_status(status, step) is None


@given(st.sampled_from(sorted(OPEN)))
def test_a_company_withdraws_any_time_before_the_decision(status: Status) -> None:
    assert next_status(status, Step.WITHDRAW) is Status.WITHDRAWN


def test_every_state_is_reached_by_a_step() -> None:
    reached = {end for _starts, end in STEPS.values()}

    assert reached | {Status.DRAFT} == set(Status)


def test_the_groups_of_states_divide_them() -> None:
    assert set(Status) == OPEN | CLOSED
    assert BEFORE_SIGN_OFF | IN_PROCEDURE == OPEN
    assert set(DECISIONS) | {Status.TABLED} == ONCE_TABLED


@pytest.mark.parametrize(
    ("status", "criterion", "on", "open_"),
    [
        (Status.DRAFT, "HRT-01", TODAY, True),
        (Status.AWAITING_SIGN_OFF, "HRT-01", TODAY, False),
        (Status.SUBMITTED, "HRT-01", TODAY, False),
        (Status.CLARIFICATION, "HRT-01", TODAY, True),
        (Status.CLARIFICATION, "HRT-02", TODAY, False),
        (Status.CLARIFICATION, "HRT-01", date(2026, 3, 10), True),
        (Status.CLARIFICATION, "HRT-01", date(2026, 3, 11), False),
        (Status.IN_REVIEW, "HRT-01", TODAY, False),
    ],
    ids=[
        "any answer in draft",
        "none while the signature is awaited",
        "none once submitted",
        "the named one in a clarification",
        "no other one in a clarification",
        "on the last day",
        "not on the day after",
        "not once the clarification is over",
    ],
)
def test_what_may_be_changed(status: Status, criterion: str, on: date, open_: bool) -> None:
    reopened = Reopened(frozenset({"HRT-01"}), until=date(2026, 3, 10))

    assert may_edit(status, criterion, reopened, on) is open_


@pytest.mark.parametrize(
    ("given_answer", "answers"),
    [
        (Given(), False),
        (Given(note="we are working on it"), False),
        (Given(level=0), True),
        (Given(number="0"), True),
        (Given(not_applicable=True), False),
        (Given(not_applicable=True, reason="no indigenous land"), True),
    ],
    ids=["nothing", "a note alone", "level nought", "number nought", "no reason", "with a reason"],
)
def test_what_answers_a_question(given_answer: Given, answers: bool) -> None:
    assert given_answer.answers is answers


def test_a_micro_company_is_asked_less_than_a_small_one() -> None:
    micro = applicable_criteria(FRAMEWORK, Profile("micro", ("energy",)))

    assert len(micro) < len(applicable_criteria(FRAMEWORK, SMALL))


def test_missing_answers_keep_the_order_of_the_framework() -> None:
    asked = [criterion.id for criterion in applicable_criteria(FRAMEWORK, SMALL)]

    missing = missing_answers(FRAMEWORK, SMALL, asked[1:-1])

    assert missing == [asked[0], asked[-1]]


def test_only_the_exclusions_that_are_declared_on_can_be_missing() -> None:
    declared = {exclusion.id: YesNo.NO for exclusion in declared_exclusions(FRAMEWORK)}

    assert missing_declarations(FRAMEWORK, declared) == []
    assert "EXC-01" not in missing_declarations(FRAMEWORK, {})


@pytest.mark.parametrize(
    ("answered", "begun", "progress"),
    [
        ([], [], Progress.NOT_STARTED),
        ([], ["INT-01"], Progress.IN_PROGRESS),
        (["INT-01"], [], Progress.IN_PROGRESS),
        (["INT-01", "INT-02", "INT-03", "INT-04", "INT-05"], [], Progress.COMPLETE),
    ],
)
def test_progress_of_a_theme(answered: list[str], begun: list[str], progress: Progress) -> None:
    criteria = FRAMEWORK.themes[0].criteria[:5]

    assert progress_of(criteria, answered, begun) is progress


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("0", None),
        ("100", None),
        ("99.95", None),
        ("-0", None),
        ("7,5", NumberFault.COMMA),
        ("101", NumberFault.TOO_LARGE),
        ("100.01", NumberFault.TOO_LARGE),
        ("-1", NumberFault.TOO_SMALL),
        ("NaN", NumberFault.FORM),
        ("1e309", NumberFault.FORM),
        ("٧", NumberFault.FORM),
        ("+5", NumberFault.FORM),
        (".5", NumberFault.FORM),
        ("5.", NumberFault.FORM),
        ("05", NumberFault.FORM),
        ("1,000,000", NumberFault.FORM),
        ("", NumberFault.FORM),
        ("9" * 41, NumberFault.FORM),
    ],
)
def test_which_numbers_are_taken_as_a_percentage(typed: str, fault: NumberFault | None) -> None:
    assert number_fault(typed, PERCENT) is fault


def test_a_number_without_a_known_unit_takes_any_decimal_string() -> None:
    assert number_fault("-123456789.5", measure_of("unknown", "ABC-01")) is None


def test_every_number_of_the_first_framework_has_a_unit() -> None:
    numbers = [criterion.id for criterion in FRAMEWORK.criteria.values() if criterion.goalposts]

    assert [each for each in numbers if measure_of("oas-certification", each) is None] == []
