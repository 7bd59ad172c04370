"""Letters to members: one click to the dossier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from certify.accounts.models import Person
from certify.board.models import Ballot, Body, Motion, Session
from certify.board.queries.ballots import base_of, people_who_never_vote, vote_of
from certify.board.queries.bodies import holders_of, list_seats, states_out
from certify.interests import queries as interests
from certify.kernel.i18n import _l
from certify.kernel.notices import notify


def tell_of_motion(motion: Motion) -> None:
    """Tell the members that a motion waits for their declaration."""
    subject = _l("A motion waits for your declaration: %(title)s", title=motion.title)
    tell(readers_of(motion), subject=subject, notice="board_motion", motion=motion, path=dossier_path(motion))


def tell_of_ballot(ballot: Ballot) -> None:
    """Tell the members that an electronic consultation is open, until when, and what silence means."""
    subject = _l("Please vote: %(title)s", title=ballot.motion.title)
    people = readers_of(ballot.motion)
    tell(people, subject=subject, notice="board_ballot", ballot=ballot, path=dossier_path(ballot.motion))


def remind_of_ballot(ballot: Ballot) -> int:
    """Remind the seats that have not voted; return to how many people a letter went."""
    silent = {seat.id for seat in base_of(ballot) if vote_of(ballot, seat) is None}
    people = [
        holder.person for seat in list_seats(ballot.motion.body) if seat.id in silent for holder in holders_of(seat)
    ]
    people = [person for person in people if person.id not in people_out(ballot.motion)]
    subject = _l("Your seat has not voted yet: %(title)s", title=ballot.motion.title)
    tell(people, subject=subject, notice="board_reminder", ballot=ballot, path=dossier_path(ballot.motion))
    return len(people)


def tell_of_session(session: Session) -> None:
    """Convene the members, with the agenda."""
    subject = _l("You are called to a session: %(title)s", title=session.title)
    path = f"/board/sessions/{session.id}"
    tell(everybody(session.body), subject=subject, notice="board_session", session=session, path=path)


def dossier_path(motion: Motion) -> str:
    """Return the address that opens the dossier, by way of the declaration where it is still to be made."""
    return f"/interests/{motion.subject_key}?{urlencode({'next': f'/board/motions/{motion.id}'})}"


def everybody(body: Body) -> list[Person]:
    """List the people who hold the body's seats today."""
    return [holder.person for seat in list_seats(body) for holder in holders_of(seat)]


def readers_of(motion: Motion) -> list[Person]:
    """List the people who may open the motion: everybody but the people and states that are out."""
    states, people = states_out(motion), people_out(motion)
    seats = [seat for seat in list_seats(motion.body) if seat.state is None or seat.state not in states]
    return [holder.person for seat in seats for holder in holders_of(seat) if holder.person_id not in people]


def people_out(motion: Motion) -> frozenset[Any]:
    """Return the people whom a conflict or their part in the case keeps out."""
    return interests.barred_people(motion.subject_key) | people_who_never_vote(motion)


def tell(people: Iterable[Person], *, subject: Any, notice: str, **context: Any) -> None:
    """Promise the letter to each active person, in their language."""
    for person in people:
        if person.active:
            notify(person.email, language=person.language, subject=subject, notice=notice, person=person, **context)
