"""The snapshot as a document for people: every answer and file that was signed off, printed once."""

from __future__ import annotations

from flask import render_template

from certify.applications.models import Snapshot
from certify.applications.queries import pinned_framework
from certify.criteria.canonical import canonical_bytes
from certify.kernel.i18n import in_language
from certify.outside.pdf import Attachment, Relationship, printable, render


def print_snapshot(snapshot: Snapshot) -> bytes:
    """Print a snapshot in the language of its sign-off, with the canonical JSON attached; same input, same bytes."""
    application = snapshot.application
    symbol = f"{application.reference}/{snapshot.number}"
    with in_language(snapshot.language):
        html = render_template(
            "pdf/snapshot.html",
            snapshot=snapshot,
            content=snapshot.content,
            application=application,
            framework=pinned_framework(application),
            symbol=symbol,
        )
    return render(
        printable(html).text,
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
