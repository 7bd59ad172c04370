"""What was signed off, as a page, as PDF and as canonical JSON; every reading is on record."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from certify.applications import queries
from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.applications.views import blueprint, shown
from certify.applications.views.evidence import downloaded, handed_out
from certify.criteria.canonical import canonical_bytes
from certify.kernel.errors import NotFound
from certify.kernel.i18n import _
from certify.kernel.web import guarded


@blueprint.get("/<uuid:application_id>/snapshots/<int:number>")
@guarded("application.read", audited=True, application=get_application)
def snapshot(application: Application, number: int) -> ResponseReturnValue:
    """Show a snapshot: the answers as they were signed off."""
    found = queries.find_snapshot(application, number)
    return shown(
        "snapshot",
        application=application,
        snapshot=found,
        content=found.content,
        framework=queries.pinned_framework(application),
        newest=queries.latest_snapshot(application),
    )


@blueprint.get("/<uuid:application_id>/snapshots/<int:number>.pdf")
@guarded("application.read", audited=True, application=get_application)
def snapshot_pdf(application: Application, number: int) -> ResponseReturnValue:
    """Hand out a snapshot's PDF, once it is printed."""
    found = queries.find_snapshot(application, number)
    if found.file is None:
        raise NotFound(_("The PDF is being printed. Please come back in a minute."))
    return handed_out(found.file)


@blueprint.get("/<uuid:application_id>/snapshots/<int:number>.json")
@guarded("application.read", audited=True, application=get_application)
def snapshot_json(application: Application, number: int) -> ResponseReturnValue:
    """Hand out the very bytes that the digest names."""
    found = queries.find_snapshot(application, number)
    name = f"{application.reference}-{number}.json"
    return downloaded(canonical_bytes(found.content), media_type="application/json", name=name)
