"""The pages of agreements: the list, drafting, the room that all parties share, signing, and the documents."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from certify.agreements import words
from certify.kernel.errors import Invalid
from certify.kernel.fields import Form
from certify.kernel.i18n import LANGUAGES
from certify.organisations.words import country_name

blueprint = Blueprint("agreements", __name__, url_prefix="/agreements")


@blueprint.context_processor
def say() -> dict[str, Any]:
    """Give every page the words for states, parties and kinds."""
    return {
        "states": words.STATES,
        "next_words": words.NEXT,
        "party_name": words.party_name,
        "party_kinds": words.PARTY_KINDS,
        "capacities": words.CAPACITIES,
        "kinds": words.CONTRIBUTION_KINDS,
        "cost_bearers": words.COST_BEARERS,
        "endings": words.ENDINGS,
        "methods": words.METHODS,
        "area_title": words.area_title,
        "target_title": words.target_title,
        "title_of": words.agreement_title,
        "country_name": country_name,
        "language_names": LANGUAGES,
    }


def shown(
    template: str, form: Form | None = None, *, fault: Invalid | None = None, **context: Any
) -> ResponseReturnValue:
    """Show a page; one whose form has errors says so by its status and keeps what was typed."""
    if fault is not None and form is not None:
        form.refuse(fault)
    wrong = form is not None and bool(form.errors or form.refusal)
    return render_template(f"agreements/{template}.html", form=form, **context), 422 if wrong else 200


from certify.agreements.views import documents, drafting, parties, room  # noqa: E402

__all__ = ["blueprint", "documents", "drafting", "parties", "room"]
