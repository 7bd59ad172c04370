"""The pure rules of agreements: the course, the frame, who signs next, and the chain of the signing record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.agreements.reference import areas, goal_of, goals, read_targets, targets
from certify.agreements.rules import (
    COURSE,
    EDITABLE,
    ENDED,
    ENTRY_FIELDS,
    CostBearer,
    Fault,
    Frame,
    Obstacle,
    State,
    Step,
    Table,
    chain_faults,
    entry_digest,
    faults_in,
    is_last,
    next_signatory,
    next_state,
    obstacle_to_sign,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ORDER = ("company", "CL", "CO", "secretariat")
SHA = "a" * 64
TABLE = Table(State.SIGNING, ORDER, frozenset(), SHA, AT + timedelta(days=60), certificate_active=True)
FRAME = Frame(
    ("CO", "CL"), "climate_resilience", ("8.3",), date(2026, 4, 1), date(2028, 3, 31), ("en",), CostBearer.EACH_PARTY
)


# -- the course -------------------------------------------------------------------------------------------------------


def test_the_straight_way_leads_from_draft_to_force():
    state = State.DRAFTING

    for step in (Step.PROPOSE, Step.AGREE, Step.CLEAR, Step.OPEN_SIGNING, Step.CONCLUDE):
        state = next_state(state, step)

    assert state is State.IN_FORCE


@pytest.mark.parametrize("step", [Step.DECLINE, Step.LAPSE])
def test_a_declined_or_lapsed_signing_returns_to_drafting(step):
    assert next_state(State.SIGNING, step) is State.DRAFTING


@pytest.mark.parametrize("state", [State.NEGOTIATION, State.AGREED, State.CLEARED])
def test_a_changed_word_returns_to_negotiation(state):
    assert next_state(state, Step.PROPOSE) is State.NEGOTIATION


@pytest.mark.parametrize("state", [State.SIGNING, State.IN_FORCE, State.SUSPENDED, *ENDED])
def test_nothing_is_proposed_or_edited_once_signing_began(state):
    assert next_state(state, Step.PROPOSE) is None
    assert state not in EDITABLE


@given(st.lists(st.sampled_from(list(Step)), max_size=30))
def test_no_order_of_steps_reaches_force_without_clearance_and_signing(steps):
    state, passed = State.DRAFTING, []

    for step in steps:
        if (after := next_state(state, step)) is not None:
            state = after
            passed.append(step)

    if state in {State.IN_FORCE, State.SUSPENDED, State.EXPIRED}:
        last = len(passed) - 1 - passed[::-1].index(Step.CONCLUDE)
        assert passed[last - 1] is Step.OPEN_SIGNING
        assert passed[last - 2] is Step.CLEAR
        assert passed[last - 3] is Step.AGREE


def test_what_has_ended_takes_no_step():
    assert not [pair for pair in COURSE if pair[0] in ENDED]


# -- the frame --------------------------------------------------------------------------------------------------------


def faults(frame):
    return faults_in(
        frame,
        members=("CL", "CO", "PE"),
        areas=areas(),
        targets=targets(),
        languages=("en", "es"),
        certified_until=date(2027, 3, 1),
    )


def test_a_sound_frame_has_no_fault():
    assert faults(FRAME) == {}


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"governments": ()}, "governments", Fault.NO_GOVERNMENT),
        ({"governments": ("FR",)}, "governments", Fault.NOT_A_MEMBER),
        ({"governments": ("CO", "CO")}, "governments", Fault.NOT_A_MEMBER),
        ({"area": "tourism"}, "area", Fault.UNKNOWN_AREA),
        ({"sdg_targets": ()}, "sdg_targets", Fault.NO_TARGET),
        ({"sdg_targets": ("8.11",)}, "sdg_targets", Fault.UNKNOWN_TARGET),
        ({"languages": ()}, "languages", Fault.NO_LANGUAGE),
        ({"languages": ("qu",)}, "languages", Fault.NO_LANGUAGE),
        ({"ends_on": date(2026, 4, 1)}, "ends_on", Fault.TERM_BACKWARDS),
        ({"ends_on": date(2037, 4, 1)}, "ends_on", Fault.TERM_LONG),
        ({"starts_on": date(2027, 3, 2)}, "starts_on", Fault.STARTS_LATE),
    ],
    ids=lambda value: str(value) if isinstance(value, Fault) else "",
)
def test_a_fault_of_the_frame_is_named_at_its_field(change, field, fault):
    assert faults(replace(FRAME, **change)) == {field: fault}


def test_the_first_day_may_be_the_certificates_last():
    assert faults(replace(FRAME, starts_on=date(2027, 3, 1))) == {}


# -- the data ---------------------------------------------------------------------------------------------------------


def test_there_are_six_priority_areas_in_four_languages():
    assert len(areas()) == 6
    assert all(set(titles) == {"en", "es", "fr", "pt"} and all(titles.values()) for titles in areas().values())


def test_the_2030_agenda_has_17_goals_and_169_targets():
    assert list(goals()) == list(range(1, 18))
    assert len(targets()) == len(set(targets())) == 169
    assert {goal_of(target) for target in targets()} == set(goals())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8.3, 4.4", ("4.4", "8.3")),
        ("13.A; 13.a\n1.1", ("1.1", "13.a")),
        ("8.3.", ("8.3",)),
        ("", ()),
        ("8.3 and 99.9", ("8.3", "and", "99.9")),
        ("{{7*7}}", ("{{7*7}}",)),
    ],
)
def test_targets_are_read_in_the_order_of_the_agenda(typed, read):
    assert read_targets(typed) == read


# -- signing ----------------------------------------------------------------------------------------------------------


def test_the_first_party_signs_first_and_nobody_after_the_last():
    assert next_signatory(ORDER, ()) == "company"
    assert next_signatory(ORDER, ORDER) is None


@given(st.permutations(ORDER), st.integers(0, 4))
def test_whoever_is_next_has_everybody_ahead_of_them_signed(order, count):
    signed = set(order[:count])

    following = next_signatory(order, signed)

    assert following == (order[count] if count < 4 else None)
    assert is_last(order, signed) is (count == 3)


@pytest.mark.parametrize(
    ("table", "party", "sha256", "at", "obstacle"),
    [
        (TABLE, "company", SHA, AT, None),
        (TABLE, "CO", SHA, AT, Obstacle.NOT_YOUR_TURN),
        (replace(TABLE, signed=frozenset({"company"})), "company", SHA, AT, Obstacle.SIGNED_ALREADY),
        (replace(TABLE, signed=frozenset({"company"})), "CL", SHA, AT, None),
        (replace(TABLE, state=State.CLEARED), "company", SHA, AT, Obstacle.NOT_OPEN),
        (replace(TABLE, until=None), "company", SHA, AT, Obstacle.NOT_OPEN),
        (TABLE, "PE", SHA, AT, Obstacle.NOT_OPEN),
        (TABLE, "company", SHA, AT + timedelta(days=60), Obstacle.EXPIRED),
        (TABLE, "company", SHA, AT + timedelta(days=60, seconds=-1), None),
        (replace(TABLE, certificate_active=False), "company", SHA, AT, Obstacle.NOT_CERTIFIED),
        (TABLE, "company", "b" * 64, AT, Obstacle.OUTDATED),
        (TABLE, "company", "", AT, Obstacle.OUTDATED),
    ],
    ids=[
        "in turn",
        "out of order",
        "twice",
        "the next in turn",
        "before signing is open",
        "without an end",
        "no party",
        "at the very end",
        "a second before the end",
        "certificate suspended",
        "another file",
        "no file",
    ],
)
def test_what_stands_against_a_signature(table, party, sha256, at, obstacle):
    assert obstacle_to_sign(table, party=party, sha256=sha256, at=at) is obstacle


# -- the chain --------------------------------------------------------------------------------------------------------


def chain(*parties):
    entries, before = [], SHA
    for party in parties:
        entry = dict.fromkeys(ENTRY_FIELDS, "x") | {"before": before, "document": SHA, "party": party}
        entry["after"] = before = entry_digest(entry)
        entries.append(entry)
    return entries


def test_a_chain_that_was_not_touched_holds():
    assert chain_faults(chain(*ORDER), document=SHA) == []
    assert chain_faults([], document=SHA) == []


@given(st.integers(0, 3), st.sampled_from([*ENTRY_FIELDS, "after"]))
def test_any_changed_field_of_any_entry_is_named_by_its_position(place, field):
    entries = chain(*ORDER)
    entries[place] = entries[place] | {field: "changed"}

    assert place + 1 in chain_faults(entries, document=SHA)


def test_a_removed_or_reordered_entry_is_found():
    entries = chain(*ORDER)

    assert chain_faults(entries[1:], document=SHA) == [1]
    assert chain_faults([entries[0], entries[2], entries[1], entries[3]], document=SHA)


def test_another_document_breaks_every_entry():
    assert chain_faults(chain("company", "CO"), document="b" * 64) == [1, 2]
