"""The start page and the home page."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from certify.desk import queries
from certify.kernel.web import current_actor, guarded

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
@guarded("desk.start")
def start() -> ResponseReturnValue:
    """Say what the service does and lead each kind of visitor to their door."""
    return render_template("desk/start.html")


@blueprint.get("/desk")
@guarded("desk.home")
def home() -> ResponseReturnValue:
    """Show what waits for me, the most urgent first, and my main pages."""
    actor = current_actor()
    return render_template(
        "desk/home.html", waiting=queries.list_waiting(actor), pages=queries.main_pages(actor), actor=actor
    )
