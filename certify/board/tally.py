"""Counting a closed ballot: one pure function over exact integers, by the rules pinned when the ballot opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Vote(StrEnum):
    """What a seat says to a motion."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What came of a ballot."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    DEFERRED = "deferred"
    """Fewer seats are left in the base than the body needs to decide at all."""


class Measure(StrEnum):
    """What a share is a share of."""

    BASE = "base"
    AGAINST = "against"
    CAST = "cast"
    """Votes for and against; an abstention is not a vote cast."""


class Comparison(StrEnum):
    """Whether a share has to be reached or passed."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"


@dataclass(frozen=True, slots=True)
class Condition:
    """A share that a number of seats has to reach: 'at least 1/3 of the base', 'more than the votes against'."""

    comparison: Comparison
    numerator: int
    denominator: int
    of: Measure

    def __post_init__(self) -> None:
        if min(self.numerator, self.denominator) < 1:
            raise ValueError("A share has a positive numerator and denominator.")
        if self.of is Measure.CAST and self.numerator >= self.denominator:
            raise ValueError("A share of the votes cast is less than one.")

    def least(self, *, base: int, against: int) -> int:
        """Return the fewest votes for that satisfy this; at least one, for a decision needs somebody for it.

        Of the votes cast: f/(f + against) >= n/d is f (d - n) >= n against.
        """
        whole = {Measure.BASE: base, Measure.AGAINST: against, Measure.CAST: against}[self.of]
        parts = self.denominator - (self.numerator if self.of is Measure.CAST else 0)
        share, rest = divmod(self.numerator * whole, parts)
        if self.comparison is Comparison.MORE_THAN:
            return max(share + 1, 1)
        return max(share + (rest > 0), 1)

    def to_record(self) -> dict[str, str]:
        """Return the condition as a ballot's record keeps it."""
        return {self.comparison.value: f"{self.numerator}/{self.denominator}", "of": self.of.value}

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Condition:
        """Read a condition: one comparison with a share, and what it is a share of. Raises ValueError."""
        found = [comparison for comparison in Comparison if comparison.value in record]
        if len(found) != 1 or set(record) != {found[0].value, "of"}:
            raise ValueError("A condition has exactly one of at_least and more_than, and of.")
        numerator, _slash, denominator = str(record[found[0].value]).partition("/")
        return Condition(found[0], int(numerator), int(denominator), Measure(record["of"]))


@dataclass(frozen=True, slots=True)
class BallotRules:
    """What decides one ballot; pinned when it opens."""

    quorum: Condition
    majority: tuple[Condition, ...]
    least_seats: int

    def needed(self, *, base: int, against: int) -> int:
        """Return the fewest votes for that adopt, given the votes against."""
        return max(condition.least(base=base, against=against) for condition in self.majority)

    def quorum_seats(self, *, base: int) -> int:
        """Return the fewest seats present that make a quorum."""
        return self.quorum.least(base=base, against=0)

    def to_record(self) -> dict[str, Any]:
        """Return the rules as a ballot's record keeps them."""
        return {
            "quorum": self.quorum.to_record(),
            "majority": [condition.to_record() for condition in self.majority],
            "least_seats": self.least_seats,
        }

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> BallotRules:
        """Read pinned rules; raises ValueError where they are none."""
        quorum = Condition.from_record(record["quorum"])
        majority = tuple(Condition.from_record(item) for item in record["majority"])
        if quorum.of is not Measure.BASE or not majority:
            raise ValueError("A quorum is a share of the base, and a majority has at least one condition.")
        return BallotRules(quorum, majority, int(record["least_seats"]))


@dataclass(frozen=True, slots=True)
class Tally:
    """The sum as it stands in the minutes."""

    outcome: Outcome
    base: int
    present: int
    votes_for: int
    against: int
    abstain: int
    quorum: int
    """Fewest seats present that would have made a quorum."""
    needed: int
    """Fewest votes for that would have adopted, given the votes against."""

    def to_record(self) -> dict[str, Any]:
        """Return the sum as page, minutes and record show it."""
        return {
            "outcome": self.outcome.value,
            "base": self.base,
            "present": self.present,
            "for": self.votes_for,
            "against": self.against,
            "abstain": self.abstain,
            "quorum": self.quorum,
            "needed": self.needed,
        }


def tally(votes: Mapping[str, Vote], present: frozenset[str], base: frozenset[str], rules: BallotRules) -> Tally:
    """Decide a closed ballot by the rules pinned when it opened.

    Recused seats are not in `base`, so they count neither for the quorum nor for the result. A seat of the base that
    voted was present. Abstentions count for the quorum only; a tie rejects.
    """
    counted = {seat: vote for seat, vote in votes.items() if seat in base}
    cast = Counter(counted.values())
    attending = len((present | counted.keys()) & base)
    needed = rules.needed(base=len(base), against=cast[Vote.AGAINST])
    quorum = rules.quorum_seats(base=len(base))
    return Tally(
        outcome=outcome_of(len(base) >= rules.least_seats, attending >= quorum, cast[Vote.FOR] >= needed),
        base=len(base),
        present=attending,
        votes_for=cast[Vote.FOR],
        against=cast[Vote.AGAINST],
        abstain=cast[Vote.ABSTAIN],
        quorum=quorum,
        needed=needed,
    )


def outcome_of(enough_seats: object, quorum_reached: object, majority_reached: object) -> Outcome:
    """Name the outcome; without enough seats nothing else matters, without a quorum no majority does."""
    if not enough_seats:
        return Outcome.DEFERRED
    if not quorum_reached:
        return Outcome.NO_QUORUM
    return Outcome.ADOPTED if majority_reached else Outcome.REJECTED


def count_record(record: Mapping[str, Any]) -> Tally:
    """Recount a ballot from its exported record {rules, base, present, votes}; raises ValueError where it is none."""
    try:
        votes = {str(seat): Vote(vote) for seat, vote in record["votes"].items()}
        present, base = seats(record["present"]), seats(record["base"])
        rules = BallotRules.from_record(record["rules"])
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"The record lacks a part or has one of the wrong kind: {fault}") from fault
    return tally(votes, present, base, rules)


def seats(names: Sequence[Any]) -> frozenset[str]:
    """Read a list of seats; raises ValueError where a seat is named twice."""
    if not isinstance(names, list) or len({str(name) for name in names}) != len(names):
        raise ValueError("Seats are a list in which each stands once.")
    return frozenset(str(name) for name in names)
