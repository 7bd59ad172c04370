"""The Secretariat's and the Board's pages of a case: queue, workbench, review, scorecard, recommendation, dossier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from certify.applications import words as application_words
from certify.applications.models import Application
from certify.applications.rules import Profile
from certify.assessment import words
from certify.assessment.scoring import in_points
from certify.board import words as board_words
from certify.consultations import words as consultation_words
from certify.kernel.fields import Form
from certify.kernel.policy import Actor
from certify.organisations.words import SECTORS, SIZES, country_name
from certify.screening import words as screening_words

blueprint = Blueprint("assessment", __name__, url_prefix="/cases")


@blueprint.context_processor
def names() -> dict[str, Any]:
    """Give every page of a case the words that it names things with."""
    return {
        "terms": words,
        "application_words": application_words,
        "board_words": board_words,
        "consultation_words": consultation_words,
        "screening_words": screening_words,
        "country_name": country_name,
        "sizes": SIZES,
        "sector_words": SECTORS,
        "sector_list": sector_list,
        "profile_words": profile_words,
        "points": in_points,
    }


def sector_list(sectors: Iterable[str]) -> str:
    """Name sectors in the reader's language."""
    return ", ".join(str(SECTORS.get(sector, sector)) for sector in sectors)


def profile_words(profile: Profile) -> str:
    """Name a size with its sectors."""
    sizes = {size.value: said for size, said in SIZES.items()}
    return f"{sizes.get(profile.size, profile.size)}; {sector_list(profile.sectors)}"


def shown(template: str, form: Form | None = None, **context: Any) -> ResponseReturnValue:
    """Show a page; one whose form has errors says so by its status and keeps what was typed."""
    wrong = form is not None and bool(form.errors or form.refusal)
    return render_template(f"assessment/{template}.html", form=form, **context), 422 if wrong else 200


def declare_first(application: Application, actor: Actor, *, then: str) -> ResponseReturnValue | None:
    """Lead to the declaration of interest whoever has not made it; None where the way is free."""
    if actor.holds("cleared", application.case_key):
        return None
    return redirect(url_for("interests.declare", subject_id=application.case_key, next=then))


from certify.assessment.views import (  # noqa: E402
    case,
    criteria,
    dossier,
    findings,
    hands,
    queue,
    recommendation,
    scorecards,
)

__all__ = ["blueprint", "case", "criteria", "dossier", "findings", "hands", "queue", "recommendation", "scorecards"]
