"""Sessions: convening, agenda, attendance, minutes."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from certify.board import queries, service, words
from certify.board.forms import CloseForm, ExtraordinarySessionForm, SessionForm
from certify.board.models import Motion, Session
from certify.board.queries import get_session
from certify.board.rules import BodyKind, SessionStatus
from certify.board.views import blueprint, shown
from certify.kernel import clock
from certify.kernel.errors import Invalid, NotFound
from certify.kernel.i18n import _
from certify.kernel.policy import may
from certify.kernel.web import current_actor, guarded

CHAIR = "chair:"


@blueprint.get("/sessions")
@guarded("session.see")
def session_list() -> ResponseReturnValue:
    """List the sessions, latest first."""
    return shown("session_list", sessions=queries.list_sessions())


@blueprint.get("/sessions/<uuid:session_id>")
@guarded("session.see", session=get_session)
def session(session: Session) -> ResponseReturnValue:
    """Show a session: agenda, attendance, and what I can do."""
    actor = current_actor()
    seat = queries.seat_of(actor.person_id, session.body)
    return shown(
        "session",
        session=session,
        seats=queries.list_seats(session.body),
        holders_of=queries.holders_of,
        seat=seat,
        is_present=seat is not None and seat.id in session.present_seats,
        present={row.seat_id: row for row in session.attendance if row.left_at is None},
        may_begin=clock.now() >= session.starts_at,
        addable=addable(session) if may(actor, "session.convene", session) else [],
        out=[item.motion_id for item in session.agenda if not may(actor, "motion.see", item.motion)],
    )


def addable(session: Session) -> list[Motion]:
    """List the live motions of the body that are not on the agenda yet."""
    listed = {item.motion_id for item in session.agenda}
    return [motion for motion in queries.list_live_motions(session.body_kind) if motion.id not in listed]


# -- convening ------------------------------------------------------------------------------------------------------


def chaired_bodies() -> dict[str, str]:
    """Offer the bodies that this person chairs."""
    kinds = [fact.removeprefix(CHAIR) for fact in sorted(current_actor().facts) if fact.startswith(CHAIR)]
    return {kind: str(words.BODIES[BodyKind(kind)]) for kind in kinds}


@blueprint.route("/sessions/convene", methods=["GET", "POST"])
@guarded("session.convene")
def convene() -> ResponseReturnValue:
    """Call the members to an ordinary session, with every motion that waits on its agenda."""
    form = SessionForm()
    form.body.choices = chaired_bodies()
    if form.validate_on_submit() and (made := convened(form, form.starts_at.utc)):
        flash(_("The session is convened and the members are told."), "success")
        return redirect(url_for(".session", session_id=made.id))
    return shown("convene", form, days=notice_days())


def convened(form: SessionForm, starts_at: datetime) -> Session | None:
    """Convene the session; None where the form has to be mended."""
    body = queries.get_body(form.body.data)
    try:
        return service.convene_session(
            body,
            title=form.title.data or "",
            starts_at=starts_at,
            place=form.place.data or "",
            lead_questions=form.lead_questions.data or "",
            motions=unballoted(body.kind),
            actor=current_actor(),
        )
    except Invalid as fault:
        form.refuse(fault)
        return None


def unballoted(kind: BodyKind) -> list[Motion]:
    """List the live motions on which no ballot is open, for the agenda."""
    return [motion for motion in queries.list_live_motions(kind) if motion.open_ballot is None]


def notice_days() -> int:
    """Return the working days of notice, of the first body this person chairs."""
    kind = next(iter(chaired_bodies()), BodyKind.BOARD.value)
    return queries.get_body(kind).procedure.session_notice_days


@blueprint.route("/sessions/open", methods=["GET", "POST"])
@guarded("session.open")
def open_extraordinary() -> ResponseReturnValue:
    """Open an extraordinary session at once, with every motion that waits on its agenda."""
    form = ExtraordinarySessionForm()
    form.body.choices = chaired_bodies()
    if form.validate_on_submit():
        body = queries.get_body(form.body.data)
        made = service.open_session(
            body,
            title=form.title.data or "",
            place=form.place.data or "",
            motions=unballoted(body.kind),
            actor=current_actor(),
        )
        flash(_("The session is open."), "success")
        return redirect(url_for(".session", session_id=made.id))
    return shown("open_session", form)


@blueprint.post("/sessions/<uuid:session_id>/agenda")
@guarded("session.convene", session=get_session)
def extend_agenda(session: Session) -> ResponseReturnValue:
    """Put the motions that wait on the agenda."""
    service.add_to_agenda(session, addable(session), actor=current_actor())
    flash(_("The agenda holds every motion that waits."), "success")
    return redirect(url_for(".session", session_id=session.id))


@blueprint.post("/sessions/<uuid:session_id>/start")
@guarded("session.open", session=get_session)
def start(session: Session) -> ResponseReturnValue:
    """Open a convened session."""
    service.start_session(session, actor=current_actor())
    flash(_("The session is open."), "success")
    return redirect(url_for(".session", session_id=session.id))


@blueprint.route("/sessions/<uuid:session_id>/close", methods=["GET", "POST"])
@guarded("session.close", session=get_session)
def close_session(session: Session) -> ResponseReturnValue:
    """Close a session once its ballots are closed."""
    form = CloseForm()
    if form.validate_on_submit():
        service.close_session(session, actor=current_actor())
        flash(_("The session is closed. Its minutes are public."), "success")
        return redirect(url_for(".minutes", session_id=session.id))
    return shown("close_session", form, session=session)


# -- attendance -----------------------------------------------------------------------------------------------------


@blueprint.post("/sessions/<uuid:session_id>/attend")
@guarded("session.attend", session=get_session)
def attend(session: Session) -> ResponseReturnValue:
    """Record that my seat is present."""
    service.attend(session, actor=current_actor())
    flash(_("Your seat is recorded as present."), "success")
    return redirect(url_for(".session", session_id=session.id))


@blueprint.post("/sessions/<uuid:session_id>/leave")
@guarded("session.attend", session=get_session)
def leave(session: Session) -> ResponseReturnValue:
    """Note that my seat left."""
    actor = current_actor()
    seat = queries.seat_of(actor.person_id, session.body)
    if seat is not None:
        service.leave_session(session, seat, actor=actor)
    flash(_("Your seat is recorded as having left."), "success")
    return redirect(url_for(".session", session_id=session.id))


@blueprint.post("/sessions/<uuid:session_id>/attendance")
@guarded("session.record", session=get_session)
def attendance(session: Session) -> ResponseReturnValue:
    """Record as chair who holds each seat in the room; an empty choice is an absent seat."""
    service.set_attendance(session, chosen(session), actor=current_actor())
    flash(_("The attendance is recorded."), "success")
    return redirect(url_for(".session", session_id=session.id))


def chosen(session: Session) -> dict[uuid.UUID, uuid.UUID | None]:
    """Read the choice for each seat; only people who hold the seat can be chosen."""
    found: dict[uuid.UUID, uuid.UUID | None] = {}
    for seat in queries.list_seats(session.body):
        holders = {str(holder.person_id): holder.person_id for holder in queries.holders_of(seat)}
        found[seat.id] = holders.get(request.form.get(f"seat-{seat.id}", ""))
    return found


# -- minutes ----------------------------------------------------------------------------------------------------------


@blueprint.get("/sessions/<uuid:session_id>/minutes")
@guarded("minutes.see", session=get_session)
def minutes(session: Session) -> ResponseReturnValue:
    """Show the public minutes: attendance by state, sums and recused states; never votes by seat."""
    if session.status is not SessionStatus.CLOSED:
        raise NotFound(_("The minutes appear here once the session is closed."))
    ballots = [ballot for ballot in session.ballots if ballot.outcome is not None]
    return shown("minutes", session=session, ballots=ballots, recused_states=queries.recused_states)
