"""The pages of certificates: accept the terms, hold it, and the measures against it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from certify.certificates.words import BANDS, GROUNDS, STANDINGS, TONES
from certify.kernel import clock
from certify.kernel.fields import Form

blueprint = Blueprint("certificates", __name__, url_prefix="/certificates")


@blueprint.context_processor
def words() -> dict[str, Any]:
    """Give every page the words for standings, bands and grounds."""
    return {
        "standing_of": lambda certificate: certificate.standing_at(clock.now()),
        "standing_words": STANDINGS,
        "standing_tones": TONES,
        "band_words": {band.value: said for band, said in BANDS.items()},
        "ground_words": GROUNDS,
    }


def shown(template: str, form: Form | None = None, **context: Any) -> ResponseReturnValue:
    """Show a page; one whose form has errors says so by its status."""
    wrong = form is not None and bool(form.errors or form.refusal)
    return render_template(f"certificates/{template}.html", form=form, **context), 422 if wrong else 200


from certify.certificates.views import holding, measures  # noqa: E402

__all__ = ["blueprint", "holding", "measures"]
