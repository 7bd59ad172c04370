"""The pages of screening: the officers' queue, one hit at a time, a company's screenings, the lists."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from certify.kernel.fields import Form
from certify.organisations.words import country_name
from certify.screening import words

blueprint = Blueprint("screening", __name__, url_prefix="/screening")


def shown(view: str, form: Form | None = None, **context: Any) -> ResponseReturnValue:
    """Show a page; 422 where its form has something to mend."""
    page = render_template(f"screening/{view}.html", form=form, say=words, country_name=country_name, **context)
    return page, 422 if form is not None and (form.errors or form.refusal) else 200


from certify.screening.views import companies, hits, lists  # noqa: E402, F401
