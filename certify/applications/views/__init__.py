"""The pages of applications: begin, answer, show evidence, sign off, and follow the case."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from certify.applications import document
from certify.kernel.errors import CertifyError
from certify.kernel.fields import Form

blueprint = Blueprint("applications", __name__, url_prefix="/applications")


@blueprint.context_processor
def names() -> dict[str, Any]:
    """Give every page of applications the words that it names things with."""
    return document.names()


def shown(template: str, form: Form | None = None, *, status: int | None = None, **context: Any) -> ResponseReturnValue:
    """Show a page; one with a form that has errors says so by its status and keeps what was typed."""
    wrong = form is not None and bool(form.errors or form.refusal)
    page = render_template(f"applications/{template}.html", form=form, **context)
    return page, status or (422 if wrong else 200)


def refuse_at(form: Form, field: str, fault: CertifyError) -> None:
    """Show a refusal at the field that it concerns, whatever its kind."""
    form[field].errors = [*form[field].errors, str(fault.sentence)]


from certify.applications.views import (  # noqa: E402
    cases,
    clarification,
    evidence,
    questions,
    sign_off,
    snapshots,
)

__all__ = ["blueprint", "cases", "clarification", "evidence", "questions", "sign_off", "snapshots"]
