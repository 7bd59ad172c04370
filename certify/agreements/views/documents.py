"""The documents: each version as it was agreed, and the two sealed files; every reading is recorded."""

from __future__ import annotations

from flask import Response, abort
from flask.typing import ResponseReturnValue

from certify.agreements import queries
from certify.agreements.models import Agreement, Version
from certify.agreements.queries import get_agreement, get_version
from certify.agreements.rules import SealedKind
from certify.agreements.views import blueprint
from certify.kernel import files
from certify.kernel.files import StoredFile
from certify.kernel.web import guarded


@blueprint.get("/versions/<uuid:version_id>/document.pdf")
@guarded("version.read", audited=True, version=get_version)
def version_document(version: Version) -> ResponseReturnValue:
    """Send the unsigned canonical PDF of a version."""
    if version.file is None:
        abort(404)
    return attachment(version.file)


@blueprint.get("/<uuid:agreement_id>/sealed/<any(agreement, record):kind>.pdf")
@guarded("agreement.read", audited=True, agreement=get_agreement)
def sealed_document(agreement: Agreement, kind: str) -> ResponseReturnValue:
    """Send the sealed agreement or its signing record."""
    found = queries.find_sealed_file(agreement, SealedKind(kind))
    if found is None:
        abort(404)
    return attachment(found.file)


def attachment(file: StoredFile) -> Response:
    """Send a file to be kept, never shown inline."""
    response = Response(files.read(file), mimetype=file.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
