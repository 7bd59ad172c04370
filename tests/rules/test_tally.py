"""The sum of a ballot against an independent, slow definition in fractions, and what must hold of every sum."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.board.procedure import load_procedure
from certify.board.rules import MotionKind
from certify.board.tally import BallotRules, Condition, Outcome, Tally, Vote, count_record, tally

PROCEDURE = load_procedure(1)
MAJORITIES = {
    "ordinary": PROCEDURE.motions[MotionKind.CERTIFY].ballot,
    "two_thirds_of_base": PROCEDURE.motions[MotionKind.ADOPT_FRAMEWORK].ballot,
    "two_thirds_of_votes": PROCEDURE.motions[MotionKind.CERTIFY_OVER_OBJECTION].ballot,
}
FOR, AGAINST, ABSTAIN = Vote.FOR, Vote.AGAINST, Vote.ABSTAIN


def slow_majority(name: str, votes_for: int, against: int, base: int) -> bool:
    """The three majorities straight from the words of the rules, by fractions."""
    if votes_for <= against:
        return False
    if name == "two_thirds_of_base":
        return 3 * votes_for >= 2 * base
    if name == "two_thirds_of_votes" and Fraction(votes_for, votes_for + against) < Fraction(2, 3):
        return False
    return Fraction(votes_for, base) >= Fraction(1, 3)


def slow_outcome(name: str, votes_for: int, against: int, abstain: int, absent: int) -> Outcome:
    """An electronic consultation decided step by step, without any of the module's arithmetic."""
    base = votes_for + against + abstain + absent
    if base < 5:
        return Outcome.DEFERRED
    if not Fraction(base - absent, base) > Fraction(1, 2):
        return Outcome.NO_QUORUM
    return Outcome.ADOPTED if slow_majority(name, votes_for, against, base) else Outcome.REJECTED


def counted(name: str, votes_for: int, against: int, abstain: int, absent: int, recused: int = 0) -> Tally:
    """A ballot with so many of each, the recused seats outside the base."""
    said = [FOR] * votes_for + [AGAINST] * against + [ABSTAIN] * abstain
    votes = {f"seat {number}": vote for number, vote in enumerate(said)}
    base = frozenset(votes) | {f"absent {number}" for number in range(absent)}
    votes |= {f"recused {number}": FOR for number in range(recused)}
    return tally(votes, frozenset(votes), base, MAJORITIES[name])


@pytest.mark.parametrize("name", MAJORITIES)
def test_every_count_up_to_eleven_seats_is_decided_as_the_words_say(name: str) -> None:
    for split in product(range(12), repeat=4):
        if not 1 <= sum(split) <= 11:
            continue

        assert counted(name, *split).outcome is slow_outcome(name, *split), split


@pytest.mark.parametrize("name", MAJORITIES)
def test_recused_seats_count_neither_for_the_quorum_nor_for_the_result(name: str) -> None:
    for recused in range(1, 5):
        for split in product(range(10 - recused), repeat=4):
            if sum(split) + recused != 9:
                continue

            assert counted(name, *split, recused=recused) == counted(name, *split), (split, recused)


@pytest.mark.parametrize("name", MAJORITIES)
def test_needed_is_the_fewest_votes_for_that_adopt(name: str) -> None:
    rules = MAJORITIES[name]
    for base, against in product(range(1, 12), repeat=2):
        needed = rules.needed(base=base, against=against)

        assert slow_majority(name, needed, against, base)
        assert not slow_majority(name, needed - 1, against, base) or needed == 1


@pytest.mark.parametrize(
    ("split", "outcome"),
    [
        ((4, 4, 1, 0), Outcome.REJECTED),
        ((3, 2, 4, 0), Outcome.ADOPTED),
        ((2, 1, 6, 0), Outcome.REJECTED),
        ((3, 0, 2, 4), Outcome.ADOPTED),
        ((4, 0, 0, 5), Outcome.NO_QUORUM),
        ((0, 0, 9, 0), Outcome.REJECTED),
        ((4, 0, 0, 0), Outcome.DEFERRED),
    ],
    ids=[
        "a tie rejects",
        "a third of the base for, and more than against, adopts",
        "fewer than a third of the base for rejects",
        "abstentions count for the quorum",
        "four of nine are no quorum",
        "nine abstentions reject",
        "four seats left on the Board are deferred",
    ],
)
def test_ordinary_majority(split: tuple[int, int, int, int], outcome: Outcome) -> None:
    assert counted("ordinary", *split).outcome is outcome


@pytest.mark.parametrize(
    ("split", "outcome"),
    [((6, 3, 0, 0), Outcome.ADOPTED), ((5, 3, 1, 0), Outcome.REJECTED), ((2, 1, 6, 0), Outcome.REJECTED)],
    ids=[
        "two thirds of the votes cast adopt",
        "five of eight votes cast are fewer than two thirds",
        "an objection never makes a decision easier than the ordinary majority",
    ],
)
def test_certifying_over_an_objection(split: tuple[int, int, int, int], outcome: Outcome) -> None:
    assert counted("two_thirds_of_votes", *split).outcome is outcome


@pytest.mark.parametrize(
    ("split", "outcome"),
    [((6, 0, 3, 0), Outcome.ADOPTED), ((5, 0, 4, 0), Outcome.REJECTED), ((6, 1, 0, 1), Outcome.ADOPTED)],
    ids=["six of nine adopt", "five of nine do not", "six of a base of eight adopt"],
)
def test_adopting_a_framework(split: tuple[int, int, int, int], outcome: Outcome) -> None:
    assert counted("two_thirds_of_base", *split).outcome is outcome


def test_a_seat_that_attends_without_voting_makes_the_quorum() -> None:
    base = frozenset("abcdefghi")

    decided = tally({"a": FOR, "b": FOR, "c": FOR}, frozenset("abcde"), base, MAJORITIES["ordinary"])

    assert (decided.present, decided.outcome) == (5, Outcome.ADOPTED)


seats = st.lists(st.sampled_from([FOR, AGAINST, ABSTAIN, None, "recused"]), min_size=1, max_size=15)


def of_seats(said: list[object], rules: BallotRules) -> Tally:
    """An electronic consultation from what each seat said; None is silence."""
    votes = {str(seat): vote for seat, vote in enumerate(said) if isinstance(vote, Vote)}
    base = frozenset(str(seat) for seat, vote in enumerate(said) if vote != "recused")
    return tally(votes, frozenset(votes), base, rules)


@given(said=seats, name=st.sampled_from(sorted(MAJORITIES)), data=st.data())
def test_one_more_vote_for_never_turns_adopted_into_rejected(
    said: list[object], name: str, data: st.DataObject
) -> None:
    before = of_seats(said, MAJORITIES[name])
    changed = data.draw(st.integers(0, len(said) - 1))
    if said[changed] == "recused":
        return

    after = of_seats([*said[:changed], FOR, *said[changed + 1 :]], MAJORITIES[name])

    assert before.outcome is not Outcome.ADOPTED or after.outcome is Outcome.ADOPTED


@given(said=seats, name=st.sampled_from(sorted(MAJORITIES)))
def test_the_sum_adds_up(said: list[object], name: str) -> None:
    decided = of_seats(said, MAJORITIES[name])

    assert decided.votes_for + decided.against + decided.abstain == decided.present <= decided.base
    assert decided.base + sum(vote == "recused" for vote in said) == len(said)
    if decided.outcome is Outcome.ADOPTED:
        assert decided.votes_for >= decided.needed
        assert decided.present >= decided.quorum


@given(said=seats, name=st.sampled_from(sorted(MAJORITIES)))
def test_a_ballot_is_recounted_from_its_record_to_the_same_sum(said: list[object], name: str) -> None:
    rules = MAJORITIES[name]
    votes = {str(seat): vote.value for seat, vote in enumerate(said) if isinstance(vote, Vote)}
    base = [str(seat) for seat, vote in enumerate(said) if vote != "recused"]
    record = {"rules": rules.to_record(), "base": base, "present": sorted(votes), "votes": votes}

    assert count_record(record) == of_seats(said, rules)


@given(
    numerator=st.integers(1, 9),
    denominator=st.integers(1, 9),
    of=st.sampled_from(["base", "against", "cast"]),
    comparison=st.sampled_from(["at_least", "more_than"]),
    base=st.integers(1, 40),
    against=st.integers(0, 40),
)
def test_the_least_number_is_exact_for_any_share(
    numerator: int, denominator: int, of: str, comparison: str, base: int, against: int
) -> None:
    if of == "cast" and numerator >= denominator:
        return
    condition = Condition.from_record({comparison: f"{numerator}/{denominator}", "of": of})

    def holds(votes_for: int) -> bool:
        whole = {"base": base, "against": against, "cast": votes_for + against}[of]
        share = Fraction(numerator, denominator) * whole
        return votes_for >= 1 and (votes_for > share if comparison == "more_than" else votes_for >= share)

    least = condition.least(base=base, against=against)

    assert holds(least)
    assert not holds(least - 1)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"rules": {}, "base": [], "present": [], "votes": {}},
        {"rules": MAJORITIES["ordinary"].to_record(), "base": ["a", "a"], "present": [], "votes": {}},
        {"rules": MAJORITIES["ordinary"].to_record(), "base": ["a"], "present": [], "votes": {"a": "yes"}},
        {"rules": MAJORITIES["ordinary"].to_record(), "base": "abc", "present": [], "votes": {}},
        {"rules": MAJORITIES["ordinary"].to_record(), "base": ["a"], "present": [], "votes": []},
    ],
    ids=["empty", "no rules", "a seat twice", "a vote that is none", "seats that are no list", "votes that are a list"],
)
def test_what_is_no_record_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        count_record(record)


@pytest.mark.parametrize(
    "record",
    [
        {"at_least": "1/3"},
        {"at_least": "1/3", "more_than": "1/2", "of": "base"},
        {"at_least": "0/3", "of": "base"},
        {"at_least": "3/2", "of": "cast"},
        {"at_least": "a third", "of": "base"},
        {"at_least": "1/3", "of": "members"},
    ],
)
def test_what_is_no_share_is_refused(record: dict[str, str]) -> None:
    with pytest.raises((ValueError, KeyError)):
        Condition.from_record(record)
