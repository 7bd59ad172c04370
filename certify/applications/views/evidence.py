"""Files: handed out only to those who may read them, always as a download, every time on record."""

from __future__ import annotations

import io

from flask import flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from certify.applications import service
from certify.applications.forms import EmptyForm
from certify.applications.models import Evidence
from certify.applications.queries import get_evidence
from certify.applications.views import blueprint
from certify.kernel import files
from certify.kernel.files import StoredFile
from certify.kernel.i18n import _
from certify.kernel.web import current_actor, guarded


@blueprint.get("/evidence/<uuid:evidence_id>")
@guarded("evidence.read", audited=True, evidence=get_evidence)
def download(evidence: Evidence) -> ResponseReturnValue:
    """Hand out a file of evidence."""
    return handed_out(evidence.file)


@blueprint.post("/evidence/<uuid:evidence_id>/remove")
@guarded("evidence.remove", evidence=get_evidence)
def remove(evidence: Evidence) -> ResponseReturnValue:
    """Take a file away from its question."""
    address = url_for(".question", application_id=evidence.application_id, criterion=evidence.criterion)
    if EmptyForm().validate_on_submit():
        name = evidence.file.name
        service.remove_evidence(evidence, actor=current_actor())
        flash(_("%(file)s was removed.", file=name), "success")
    return redirect(f"{address}#evidence")


def handed_out(stored: StoredFile) -> ResponseReturnValue:
    """Send a kept file as a download that no browser opens in its place."""
    return downloaded(files.read(stored), media_type=stored.media_type, name=stored.name)


def downloaded(content: bytes, *, media_type: str, name: str) -> ResponseReturnValue:
    """Send bytes as a download that stays in no cache."""
    response = send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, max_age=0)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
