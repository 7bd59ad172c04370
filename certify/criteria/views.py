"""The public pages of the criteria: whether my company can apply, and the framework itself."""

from __future__ import annotations

import io

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from certify.criteria import queries, words
from certify.criteria.canonical import canonical_bytes
from certify.criteria.forms import eligibility_form
from certify.kernel.web import guarded
from certify.organisations.rules import SIZE_SOURCE, THRESHOLDS
from certify.organisations.words import SECTORS, SIZES

blueprint = Blueprint("criteria", __name__)
DEFAULT_SIZE, DEFAULT_SECTOR = "small", "services"


@blueprint.get("/eligibility")
@guarded("framework.eligibility")
def eligibility() -> ResponseReturnValue:
    """Say what excludes, what is asked, how long it takes and what to prepare, for a size and a sector."""
    framework = queries.get_framework(*queries.CURRENT_FRAMEWORK.split("@"))
    asked = {"size", "sector"} & request.args.keys()
    form = eligibility_form(
        framework, formdata=request.args if asked else None, size=DEFAULT_SIZE, sector=DEFAULT_SECTOR
    )
    valid = not asked or form.validate()
    size, sector = (str(form.size.data), str(form.sector.data)) if valid else (DEFAULT_SIZE, DEFAULT_SECTOR)
    page = render_template(
        "criteria/eligibility.html",
        form=form,
        framework=framework,
        chosen=(chosen_label(form.size, size), chosen_label(form.sector, sector)),
        preparation=queries.preparation(framework, size=size, sectors=[sector]),
        minutes=(queries.MINUTES_A_QUESTION, queries.MINUTES_A_KIND_OF_EVIDENCE),
        thresholds=THRESHOLDS,
        threshold_source=SIZE_SOURCE,
        sizes=SIZES,
        criteria_words=words,
    )
    return page, 200 if valid else 422


def chosen_label(field: SelectField, value: str) -> str:
    """Return how the chosen value of a list reads."""
    return next(str(label) for choice, label, *_rest in field.iter_choices() if choice == value)


@blueprint.get("/framework/<framework>/<version>")
@guarded("framework.read")
def framework(framework: str, version: str) -> ResponseReturnValue:
    """Show a version of the criteria whole, in the reader's language, with the digests that name it."""
    found = queries.get_framework(framework, version)
    return render_template(
        "criteria/framework.html", framework=found, criteria_words=words, sizes=SIZES, sectors=SECTORS
    )


@blueprint.get("/framework/<framework>/<version>.json")
@guarded("framework.read")
def framework_json(framework: str, version: str) -> ResponseReturnValue:
    """Hand out structure and texts as canonical JSON, from which anyone recomputes both digests."""
    found = queries.get_framework(framework, version)
    content = canonical_bytes({"structure": found.structure, "texts": found.texts})
    name = f"{found.id}-{found.version}.json"
    return send_file(io.BytesIO(content), mimetype="application/json", as_attachment=True, download_name=name)
