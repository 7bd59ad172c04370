"""The demonstration's tools: captured mail, the other seats' votes, and the clock."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import IntegerField
from wtforms.validators import NumberRange

from certify.board import queries as boards
from certify.board.models import Motion
from certify.board.queries import get_motion
from certify.demo import deciding
from certify.demo.people import EVERYBODY, PASSWORD
from certify.kernel import clock, jobs
from certify.kernel.fields import Form, InputNeeded
from certify.kernel.i18n import _, _l
from certify.kernel.web import current_actor, guarded
from certify.outside.mail import FolderMailer

blueprint = Blueprint("demonstration", __name__, url_prefix="/demonstration")


class ClockForm(Form):
    """How far the clock is moved forward."""

    days = IntegerField(
        _l("Days"), [InputNeeded(), NumberRange(1, 400, _l("Choose between 1 and 400 days."))], default=1
    )


class VoteForm(Form):
    """Lets the other seats vote; needs no words."""


@blueprint.get("/")
@guarded("demonstration.see")
def index() -> ResponseReturnValue:
    """Show the cast and the tools."""
    motions = [motion for motion in boards.list_live_motions() if motion.open_ballot is not None]
    return render_template(
        "demo/index.html", cast=EVERYBODY, password=PASSWORD, motions=motions, clock_form=ClockForm(),
        vote_form=VoteForm(), now=clock.now(),
    )  # fmt: skip


@blueprint.post("/clock")
@guarded("demonstration.play", changes=False)
def advance() -> ResponseReturnValue:
    """Move the one clock forward, and do what fell due."""
    form = ClockForm()
    if not form.validate_on_submit():
        return render_template("demo/clock.html", form=form), 422
    running = clock.clock()
    if isinstance(running, clock.OffsetClock | clock.FixedClock):
        running.advance(days=form.days.data or 1)
    jobs.sweep()
    done = jobs.run_due()
    flash(
        _(
            "It is now %(moment)s. %(done)d jobs were done.",
            moment=clock.now().strftime("%Y-%m-%d %H:%M UTC"),
            done=done,
        )
    )
    return redirect(url_for(".index"))


@blueprint.post("/votes/<uuid:motion_id>")
@guarded("demonstration.play", changes=False, motion=get_motion)
def vote(motion: Motion) -> ResponseReturnValue:
    """Let every other seat vote for the motion, through the same service as everybody."""
    if not VoteForm().validate_on_submit():
        return redirect(url_for(".index"))
    me = current_actor().person_id
    count = deciding.cast_open_votes(motion, apart_from=lambda person: person.id == me)
    flash(_("%(count)d seats voted.", count=count))
    return redirect(url_for(".index"))


@blueprint.get("/mail")
@guarded("demonstration.see")
def mail() -> ResponseReturnValue:
    """Show the letters that were captured, the newest first."""
    mailer = current_app.extensions["certify.mailer"]
    letters = mailer.letters()[:100] if isinstance(mailer, FolderMailer) else []
    shown = [
        (
            letter["Date"],
            letter["To"],
            letter["Subject"],
            body.get_content() if (body := letter.get_body(("plain",))) else "",
        )
        for letter in letters
    ]
    return render_template("demo/mail.html", letters=shown)
