"""The snapshot as a document for people: every answer and file that was signed off, printed once."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template

from certify.applications import words
from certify.applications.measures import measure_of
from certify.applications.models import Snapshot
from certify.applications.queries import pinned_framework
from certify.applications.rules import OPEN
from certify.criteria.canonical import canonical_bytes
from certify.criteria.words import GRADES, evidence_word, level_words
from certify.kernel.i18n import in_language
from certify.organisations.words import (
    OWNER_KINDS,
    PARTS,
    SECTORS,
    SIZES,
    country_name,
    division_title,
    share_text,
)
from certify.outside.pdf import Attachment, Relationship, printable, render


def names() -> dict[str, Any]:
    """Return the words that a page or document about an application names things with."""
    return {
        "statuses": words.STATUSES,
        "next_steps": words.NEXT,
        "progress_words": words.PROGRESS,
        "yes_no": words.YES_NO,
        "units": words.UNITS,
        "measure_of": measure_of,
        "evidence_word": evidence_word,
        "grades": GRADES,
        "level_words": level_words,
        "sizes": SIZES,
        "sector_words": SECTORS,
        "owner_kinds": OWNER_KINDS,
        "country_name": country_name,
        "division_title": division_title,
        "share_text": share_text,
        "parts": PARTS,
        "date_of": date.fromisoformat,
        "open_statuses": OPEN,
    }


def print_snapshot(snapshot: Snapshot) -> bytes:
    """Print a snapshot in the language of its sign-off, with the canonical JSON attached; same input, same bytes."""
    application = snapshot.application
    symbol = f"{application.reference}/{snapshot.number}"
    with in_language(snapshot.language):
        html = written(snapshot, symbol, spelled=False)
        if printable(html).is_transliterated:
            html = printable(written(snapshot, symbol, spelled=True)).text
    return render(
        html,
        stylesheets=["family.css"],
        language=snapshot.language,
        title=symbol,
        identifier=f"{symbol}/{snapshot.language}",
        created_at=snapshot.at,
        attachments=[
            Attachment(
                name=f"{application.reference}-{snapshot.number}.json",
                content=canonical_bytes(snapshot.content),
                description="The same content as canonical JSON; its SHA-256 is printed on the first page.",
                relationship=Relationship.SOURCE,
            )
        ],
    )


def written(snapshot: Snapshot, symbol: str, *, spelled: bool) -> str:
    """Write the document; `spelled` adds the remark that some letters are printed otherwise than they were typed."""
    return render_template(
        "pdf/snapshot.html",
        snapshot=snapshot,
        content=snapshot.content,
        framework=pinned_framework(snapshot.application),
        symbol=symbol,
        spelled=spelled,
        **names(),
    )
