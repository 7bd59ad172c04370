"""The dossier as a document: what the Board must know first, then scorecard, evidence and history, printed once."""

from __future__ import annotations

from flask import render_template

from certify.assessment import words
from certify.assessment.models import Recommendation
from certify.assessment.queries import dossier_of
from certify.consultations import words as consultation_words
from certify.criteria.canonical import canonical_bytes
from certify.kernel.i18n import in_language
from certify.organisations import words as organisation_words
from certify.outside.pdf import Attachment, Relationship, printable, render
from certify.screening import words as screening_words

LANGUAGE = "en"
"""The working language in which the pack is printed; the page reads in each member's own."""


def print_dossier(recommendation: Recommendation) -> bytes:
    """Print the dossier of a tabled case, with answers, adjustments and result attached for whoever recomputes it."""
    application, scorecard = recommendation.application, recommendation.scorecard
    symbol = f"{application.reference}/D.{recommendation.number}"
    with in_language(LANGUAGE):
        html = render_template(
            "pdf/dossier.html",
            dossier=dossier_of(application, LANGUAGE),
            recommendation=recommendation,
            symbol=symbol,
            words=words,
            consultation_words=consultation_words,
            screening_words=screening_words,
            country_name=organisation_words.country_name,
        )
    parts = {"answers": scorecard.answers, "adjustments": scorecard.adjustments, "result": scorecard.result}
    return render(
        printable(html).text,
        stylesheets=["family.css", "dossier.css"],
        language=LANGUAGE,
        title=symbol,
        identifier=f"{symbol}/{LANGUAGE}",
        created_at=recommendation.tabled_at or recommendation.written_at,
        attachments=[
            Attachment(
                name=f"{name}.json",
                content=canonical_bytes(value),
                description="Part of the scorecard, as certify score reads or prints it.",
                relationship=Relationship.DATA,
            )
            for name, value in parts.items()
        ],
    )
