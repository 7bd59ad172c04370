"""How administrators record elections and names: seats for a term, who holds them, and who chairs."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from certify.board import queries, service, words
from certify.board.forms import HolderForm, OfficeForm, SeatForm
from certify.board.models import Body, Seat, SeatHolder
from certify.board.queries import get_body, get_holder, get_seat
from certify.board.rules import BodyKind, Capacity, Office
from certify.board.views import blueprint, shown
from certify.kernel import clock
from certify.kernel.errors import Invalid
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded
from certify.organisations.rules import MEMBER_STATES
from certify.organisations.words import country_name


@blueprint.get("/composition/<body_id>")
@guarded("body.see", body=get_body)
def composition(body: Body) -> ResponseReturnValue:
    """Show who holds each seat, with what an administrator can change."""
    return shown(
        "composition",
        body=body,
        seats=queries.list_seats(body),
        holders_of=queries.holders_of,
        offices=queries.offices_by_seat(body),
    )


@blueprint.post("/composition/<any(board,appeals_panel):kind>/compose")
@guarded("body.compose")
def compose(kind: str) -> ResponseReturnValue:
    """Begin a body that has no seats yet."""
    service.compose_body(BodyKind(kind), actor=current_actor())
    return redirect(url_for(".composition", body_id=kind))


@blueprint.route("/composition/<body_id>/seats", methods=["GET", "POST"])
@guarded("body.compose", body=get_body)
def add_seat(body: Body) -> ResponseReturnValue:
    """Record the election of a state for a term."""
    form = SeatForm(since=clock.today())
    named = sorted((country_name(code), code) for code in MEMBER_STATES)
    form.state.choices = {"": str(_("None: an independent person"))} | {code: name for name, code in named}
    if form.validate_on_submit() and (answer := seated(form, body)):
        return answer
    return shown("add_seat", form, body=body)


def seated(form: SeatForm, body: Body) -> Response | None:
    """Record the seat; None where the form has to be mended."""
    try:
        service.elect_seat(
            body,
            state=form.state.data or None,
            since=form.since.data or clock.today(),
            until=form.until.data,
            name=form.name.data or "",
            actor=current_actor(),
        )
    except Invalid as fault:
        form.refuse(fault)
        return None
    flash(_("The seat is recorded."), "success")
    return redirect(url_for(".composition", body_id=body.kind.value))


@blueprint.route("/seats/<uuid:seat_id>/holder", methods=["GET", "POST"])
@guarded("body.compose", seat=get_seat)
def add_holder(seat: Seat) -> ResponseReturnValue:
    """Name a representative or an alternate; the person needs the role of a Board member."""
    form = HolderForm()
    if form.validate_on_submit():
        try:
            capacity = Capacity(form.capacity.data)
            service.name_member(seat, email=form.email.data or "", capacity=capacity, actor=current_actor())
        except Invalid as fault:
            form.refuse(fault)
        else:
            flash(_("The person holds the seat from today."), "success")
            return redirect(url_for(".composition", body_id=seat.body.kind.value))
    return shown("add_holder", form, seat=seat)


@blueprint.post("/holders/<uuid:holder_id>/end")
@guarded("body.compose", holder=get_holder)
def end_holder(holder: SeatHolder) -> ResponseReturnValue:
    """End what a person holds, at once; votes that were cast stay."""
    service.end_holding(holder, actor=current_actor())
    flash(_("The person no longer holds the seat."), "success")
    return redirect(url_for(".composition", body_id=holder.seat.body.kind.value))


@blueprint.route("/composition/<body_id>/offices", methods=["GET", "POST"])
@guarded("body.compose", body=get_body)
def elect(body: Body) -> ResponseReturnValue:
    """Record which seat chairs, or stands in for the chair."""
    form = OfficeForm()
    form.seat.choices = {str(seat.id): words.seat_name(seat) for seat in queries.list_seats(body)}
    if form.validate_on_submit():
        seat = next(seat for seat in queries.list_seats(body) if str(seat.id) == form.seat.data)
        service.elect_office(seat, office=Office(form.office.data), actor=current_actor())
        flash(_("The office is recorded."), "success")
        return redirect(url_for(".composition", body_id=body.kind.value))
    return shown("elect", form, body=body)
