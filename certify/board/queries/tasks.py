"""What waits for a member: declarations to make, votes to cast, and for the chair rulings and ballots to open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from certify.board.models import Ballot, Motion
from certify.board.queries.ballots import base_of, vote_of
from certify.board.queries.bodies import seat_of
from certify.board.queries.motions import list_live_motions
from certify.interests import queries as interests
from certify.interests.models import Declaration
from certify.kernel import clock
from certify.kernel.i18n import _
from certify.kernel.policy import Actor
from certify.kernel.waiting import Waiting


class What(StrEnum):
    """What a member is waited for."""

    VOTE = "vote"
    DECLARE = "declare"
    READ = "read"
    """Nothing is due; the dossier is open to read."""
    VOTED = "voted"
    """The seat has voted; the sum is sealed until closing."""


@dataclass(frozen=True, slots=True)
class Task:
    """One motion as it stands for one member."""

    what: What
    motion: Motion
    ballot: Ballot | None
    due: datetime | None


def tasks_of(actor: Actor) -> list[Task]:
    """List the live motions as they stand for a member, what ends first on top; none that the member is out of."""
    found = [task_on(actor, motion) for motion in list_live_motions() if actor.holds("sits", motion.body_kind)]
    return sorted((one for one in found if one), key=urgency)


def urgency(task: Task) -> tuple[int, float, int]:
    """Order votes before declarations before reading, and within each what ends first."""
    ends = task.due.timestamp() if task.due else float("inf")
    return list(What).index(task.what), ends, task.motion.number


def task_on(actor: Actor, motion: Motion) -> Task | None:
    """Say what a motion waits for from this member; None where the member is out of the case."""
    key = motion.subject_key
    if actor.holds("barred", key) or str(actor.person_id) in motion.out:
        return None
    ballot = motion.open_ballot
    due = ballot.closes_at if ballot else None
    if not actor.holds("cleared", key):
        return Task(What.DECLARE, motion, ballot, due)
    return Task(standing(actor, ballot), motion, ballot, due)


def standing(actor: Actor, ballot: Ballot | None) -> What:
    """Say whether a cleared member's seat is to vote, has voted, or has nothing to do."""
    if ballot is None or ballot.is_over(clock.now()):
        return What.READ
    seat = seat_of(actor.person_id, ballot.motion.body)
    if seat is None or seat.id not in {one.id for one in base_of(ballot)}:
        return What.READ
    return What.VOTED if vote_of(ballot, seat) else What.VOTE


# -- the chair ------------------------------------------------------------------------------------------------------


def rulings_for(actor: Actor) -> list[Declaration]:
    """List the potential interests that wait for this person's ruling as acting chair; never their own."""
    return [
        one
        for one in interests.list_unruled()
        if actor.holds("chairs", one.subject_key) and one.person_id != actor.person_id
    ]


def motions_to_open(actor: Actor) -> list[Motion]:
    """List the motions that wait for this person as acting chair to open a ballot."""
    return [motion for motion in list_live_motions() if motion.open_ballot is None and leads(actor, motion)]


def leads(actor: Actor, motion: Motion) -> bool:
    """Whether the person is the acting chair for this motion."""
    return actor.holds("chairs", motion.subject_key) and actor.holds("sits", motion.body_kind)


# -- the home page --------------------------------------------------------------------------------------------------


def waiting_for(actor: Actor) -> list[Waiting]:
    """List what waits for a member, for the home page: declarations, votes, rulings."""
    if not any(fact.startswith("sits:") for fact in actor.facts):
        return []
    return [*members_part(actor), *chairs_part(actor)]


def members_part(actor: Actor) -> Iterable[Waiting]:
    """Say which declarations and votes wait."""
    for task in tasks_of(actor):
        due = task.due.date() if task.due else None
        address = {"motion_id": task.motion.id}
        if task.what is What.DECLARE:
            what = _("Declare your interests: %(title)s", title=task.motion.title)
            yield Waiting(what, "board.motion", address, due, _("Board"))
        if task.what is What.VOTE:
            what = _("Vote on motion %(number)s: %(title)s", number=task.motion.number, title=task.motion.title)
            yield Waiting(what, "board.motion", address, due, _("Board"))


def chairs_part(actor: Actor) -> Iterable[Waiting]:
    """Say which rulings and ballots wait for the acting chair."""
    for declaration in rulings_for(actor):
        what = _("Rule on a potential interest: %(title)s", title=declaration.subject.title)
        yield Waiting(what, "interests.rule", {"declaration_id": declaration.id}, None, _("Board"))
    for motion in motions_to_open(actor):
        what = _("Open a ballot on motion %(number)s: %(title)s", number=motion.number, title=motion.title)
        yield Waiting(what, "board.open_ballot", {"motion_id": motion.id}, None, _("Board"))
