"""The pages of the bodies: what waits for a member, motions and votes, the chair's page, sessions, decisions, rules."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from certify.board import words
from certify.kernel.fields import Form

blueprint = Blueprint("board", __name__, url_prefix="/board")


def shown(view: str, form: Form | None = None, **context: Any) -> ResponseReturnValue:
    """Show a page; 422 where its form has something to mend."""
    page = render_template(f"board/{view}.html", form=form, say=words, **context)
    return page, 422 if form is not None and (form.errors or form.refusal) else 200


from certify.board.views import ballots, chair, composition, decisions, home, motions, sessions  # noqa: E402, F401
