"""The pages of companies: register, see, change, and say who acts for them."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from certify.kernel.errors import Invalid
from certify.kernel.fields import Form
from certify.organisations.models import Organisation

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")


def shown(template: str, form: Form, *, fault: Invalid | None = None, **context: object) -> ResponseReturnValue:
    """Show a page with a form; with errors in it, it says so by its status and keeps what was typed."""
    if fault is not None:
        form.refuse(fault)
    wrong = fault.status if fault else (422 if form.errors else 200)
    return render_template(f"organisations/{template}.html", form=form, **context), wrong


def revision_of(form: Form, organisation: Organisation) -> int | None:
    """Return the revision that the person saw, and let the page that follows carry the present one."""
    typed = str(form["revision"].data or "")
    form["revision"].data = str(organisation.revision)
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


from certify.organisations.views import details, owners, people  # noqa: E402

__all__ = ["blueprint", "details", "owners", "people"]
