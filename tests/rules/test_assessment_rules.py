"""Who may assess what, what counts of two opinions, how an exclusion goes its way, what the Board's vote means."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.applications.rules import Status, Step
from certify.assessment.rules import (
    Condition,
    FindingStatus,
    Gap,
    Obstacle,
    Opinion,
    Recommended,
    Side,
    Standing,
    Waiting,
    condition_gaps,
    counting,
    decided,
    differing,
    last_of_each_second,
    may_confirm,
    may_second,
    may_take,
    motion_kind,
    next_finding_status,
    obstacles_to,
    permitted,
    ripe,
    waiting_for,
)
from certify.board.rules import MotionKind
from certify.criteria.library import load_framework
from certify.criteria.rules import Band

ADA, BEA, CARLA = (uuid.UUID(int=number) for number in (1, 2, 3))
FRAMEWORK = load_framework("oas-certification@1.0.0")
TODAY = date(2026, 3, 2)
opinions = st.builds(Opinion, value=st.integers(0, 10_000), grade=st.integers(0, 4))


# -- who may take what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holder", "other_side", "sits", "free"),
    [
        (None, set(), False, True),
        (BEA, set(), False, False),
        (None, {BEA}, False, True),
        (None, {ADA, BEA}, False, False),
        (None, set(), True, False),
    ],
    ids=["nobody has it", "somebody has it", "others had the other side", "I had the other side", "I sit on the Board"],
)
@pytest.mark.parametrize("side", Side)
def test_a_side_is_taken_by_whoever_is_free_of_the_other(side, holder, other_side, sits, free):
    assert may_take(side, person=ADA, holder=holder, other_side=other_side, sits_on_the_board=sits) is free


def test_nobody_takes_a_case_without_being_somebody():
    assert not may_take(Side.ASSESSOR, person=None, holder=None, other_side=(), sits_on_the_board=False)


@pytest.mark.parametrize(
    ("status", "assessor", "reviewer", "waits"),
    [
        (Status.DRAFT, None, None, None),
        (Status.IN_REVIEW, None, None, Waiting.ASSESSOR),
        (Status.IN_REVIEW, ADA, None, Waiting.ASSESSMENT),
        (Status.CLARIFICATION, ADA, None, Waiting.CLARIFICATION),
        (Status.ASSESSED, ADA, None, Waiting.REVIEWER),
        (Status.ASSESSED, ADA, BEA, Waiting.REVIEW),
        (Status.REVIEWED, ADA, BEA, Waiting.RECOMMENDATION),
        (Status.TABLED, ADA, BEA, Waiting.BOARD),
        (Status.APPROVED, ADA, BEA, None),
    ],
)
def test_what_a_case_waits_for_follows_from_its_state_and_its_people(status, assessor, reviewer, waits):
    assert waiting_for(status, assessor=assessor, reviewer=reviewer) is waits


# -- two opinions ------------------------------------------------------------------------------------------------------


@given(first=opinions, second=opinions, criterion=st.sampled_from(sorted(FRAMEWORK.criteria)))
def test_of_two_opinions_exactly_the_lower_counted_value_counts(first, second, criterion):
    rule, caps = FRAMEWORK.criteria[criterion], FRAMEWORK.evidence_caps
    both = counting(first, second)

    assert both is not None
    assert rule.counted(both.value, both.grade, caps) == min(
        rule.counted(one.value, one.grade, caps) for one in (first, second)
    )


@given(first=opinions, second=opinions)
def test_whose_opinion_comes_first_changes_nothing(first, second):
    assert counting(first, second) == counting(second, first)


def test_one_opinion_alone_counts_and_does_not_differ():
    alone = Opinion(7_500, 3)

    assert counting(alone, None) == counting(None, alone) == alone
    assert not differing(alone, None)
    assert not differing(alone, Opinion(7_500, 3))
    assert differing(alone, Opinion(7_500, 2))


def test_of_records_within_one_second_the_last_one_is_kept():
    second = datetime(2026, 3, 2, 9, 30, 5, tzinfo=UTC)
    records = [("HRT-01", second, 1), ("HRT-02", second, 2), ("HRT-01", second.replace(microsecond=900_000), 3)]

    kept = last_of_each_second(records, criterion=lambda one: one[0], at=lambda one: one[1])

    assert [one[2] for one in kept] == [3, 2]


# -- exclusions --------------------------------------------------------------------------------------------------------


def test_whoever_found_never_seconds_and_whoever_proposed_never_confirms():
    assert not may_second(ADA, found_by=ADA)
    assert may_second(BEA, found_by=ADA)
    assert not may_confirm(ADA, proposers={ADA, BEA})
    assert not may_confirm(BEA, proposers={ADA, BEA})
    assert may_confirm(CARLA, proposers={ADA, BEA})
    assert not may_confirm(None, proposers={ADA, BEA})


@pytest.mark.parametrize(
    ("status", "until", "decidable"),
    [
        (FindingStatus.FOUND, None, False),
        (FindingStatus.NOTIFIED, date(2026, 3, 2), False),
        (FindingStatus.NOTIFIED, date(2026, 3, 1), True),
        (FindingStatus.ANSWERED, date(2026, 3, 16), True),
        (FindingStatus.CONFIRMED, date(2026, 3, 1), False),
    ],
    ids=["nobody seconded it", "the last day is the company's", "the day after", "answered early", "decided"],
)
def test_the_chair_decides_after_the_answer_or_the_last_day(status, until, decidable):
    assert ripe(status, answer_until=until, on=TODAY) is decidable


def test_a_settled_finding_takes_no_step():
    steps = ("find", "second", "answer", "confirm", "dismiss", "drop")

    for status, step in product((FindingStatus.CONFIRMED, FindingStatus.DISMISSED), steps):
        assert next_finding_status(status, step) is None


def test_nothing_but_the_chair_confirms_and_only_what_was_told():
    found = {status for status in FindingStatus if next_finding_status(status, "confirm")}

    assert found == {FindingStatus.NOTIFIED, FindingStatus.ANSWERED}


# -- recommendation and decision ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("band", Band)
def test_the_band_bounds_what_may_be_recommended(band):
    certifies = Recommended.CERTIFY in permitted(band)

    assert certifies is (band in {Band.CONDITIONAL, Band.CERTIFIED, Band.DISTINCTION})
    assert {Recommended.REFUSE, Recommended.DEFER} <= permitted(band)


def test_an_objection_makes_it_a_motion_over_objection_and_changes_no_refusal():
    assert motion_kind(Recommended.CERTIFY, objected=False) is MotionKind.CERTIFY
    assert motion_kind(Recommended.CERTIFY, objected=True) is MotionKind.CERTIFY_OVER_OBJECTION
    assert motion_kind(Recommended.REFUSE, objected=True) is MotionKind.REFUSE
    assert motion_kind(Recommended.DEFER, objected=True) is MotionKind.REFUSE


@pytest.mark.parametrize(
    ("kind", "outcome", "recommended", "conditions", "status"),
    [
        (MotionKind.CERTIFY, "adopted", Recommended.CERTIFY, 0, Status.APPROVED),
        (MotionKind.CERTIFY, "adopted", Recommended.CERTIFY, 1, Status.APPROVED_WITH_CONDITIONS),
        (MotionKind.CERTIFY, "rejected", Recommended.CERTIFY, 1, Status.REFUSED),
        (MotionKind.CERTIFY, "deferred", Recommended.CERTIFY, 0, Status.DEFERRED),
        (MotionKind.CERTIFY_OVER_OBJECTION, "adopted", Recommended.CERTIFY, 0, Status.APPROVED),
        (MotionKind.CERTIFY_OVER_OBJECTION, "rejected", Recommended.CERTIFY, 0, Status.REFUSED),
        (MotionKind.REFUSE, "adopted", Recommended.REFUSE, 0, Status.REFUSED),
        (MotionKind.REFUSE, "rejected", Recommended.REFUSE, 0, Status.DEFERRED),
        (MotionKind.REFUSE, "adopted", Recommended.DEFER, 0, Status.DEFERRED),
        (MotionKind.REFUSE, "deferred", Recommended.REFUSE, 0, Status.DEFERRED),
        (MotionKind.CERTIFY, "no_quorum", Recommended.CERTIFY, 0, None),
    ],
)
def test_what_the_vote_makes_of_the_case(kind, outcome, recommended, conditions, status):
    plan = [Condition("Publish it.", "Manager", TODAY)] * conditions

    assert decided(kind, outcome, recommended=recommended, conditions=plan) is status


@pytest.mark.parametrize(
    ("condition", "gaps"),
    [
        (Condition("Publish it.", "Manager", date(2026, 9, 2)), ()),
        (Condition("Publish it.", "Manager", date(2026, 9, 3)), (Gap.DUE,)),
        (Condition("Publish it.", "Manager", TODAY), (Gap.DUE,)),
        (Condition("Publish it.", "Manager", None), (Gap.DUE,)),
        (Condition(" ", "", None), (Gap.TEXT, Gap.OWNER, Gap.DUE)),
    ],
    ids=["the last day", "a day too late", "today", "no day", "nothing"],
)
def test_a_condition_needs_a_text_an_owner_and_a_day_within_six_months(condition, gaps):
    assert condition_gaps(condition, on=TODAY, latest=date(2026, 9, 2)) == gaps


# -- what stands in the way --------------------------------------------------------------------------------------------


def test_what_is_left_is_named_in_the_order_in_which_it_is_cleared():
    assert obstacles_to(Step.ASSESS, Standing(ungraded=3)) == (
        Obstacle.PROFILE,
        Obstacle.UNGRADED,
        Obstacle.NOT_SCREENED,
    )
    assert obstacles_to(Step.REVIEW, Standing(unreviewed=1, unruled=1, screened=1, open_hits=1)) == (
        Obstacle.UNREVIEWED,
        Obstacle.UNRULED,
        Obstacle.OPEN_HITS,
    )
    assert obstacles_to(Step.TABLE, Standing(screened=1, open_findings=1)) == (
        Obstacle.OPEN_FINDING,
        Obstacle.NO_RECOMMENDATION,
    )


def test_a_case_with_nothing_left_goes_on():
    clear = Standing(profile_confirmed=1, screened=1, recommendations=1)

    assert [obstacles_to(step, clear) for step in (Step.ASSESS, Step.REVIEW, Step.TABLE)] == [(), (), ()]
