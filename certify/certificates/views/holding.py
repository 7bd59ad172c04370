"""A holder's pages: accept the terms, see the certificate, fetch the sealed PDF and the credential."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from certify.applications.models import Application
from certify.applications.queries import get_application
from certify.certificates import queries, service
from certify.certificates.forms import TermsForm
from certify.certificates.models import Certificate
from certify.certificates.service.issuing import refresh_screening
from certify.certificates.views import blueprint, shown
from certify.certificates.words import OBSTACLES
from certify.kernel import files
from certify.kernel.events import timeline
from certify.kernel.i18n import current_language
from certify.kernel.web import current_actor, guarded


@blueprint.get("/")
@guarded("certificate.list")
def index() -> ResponseReturnValue:
    """List the certificates that are open to me."""
    return shown("index", certificates=queries.list_certificates_for(current_actor()))


@blueprint.route("/accept/<uuid:application_id>", methods=["GET", "POST"])
@guarded("terms.accept", application=get_application)
def accept(application: Application) -> ResponseReturnValue:
    """Show the terms; accepting them claims the certificate. A second acceptance leads to the same one."""
    if kept := queries.find_certificate_of(application):
        return redirect(url_for(".show", certificate_id=kept.id))
    form = TermsForm()
    found = queries.obstacles(application)
    if form.validate_on_submit():
        if not found:
            certificate = service.accept_terms(application, actor=current_actor())
            return redirect(url_for(".show", certificate_id=certificate.id))
        refresh_screening(application)
    return shown("accept", form, application=application, obstacles=[OBSTACLES[each] for each in found])


@blueprint.get("/<uuid:certificate_id>")
@guarded("certificate.see", certificate=queries.get_certificate)
def show(certificate: Certificate) -> ResponseReturnValue:
    """Show a certificate with its documents, measures and history."""
    return shown(
        "show",
        certificate=certificate,
        told=[(told.when, told.sentence, told.who) for told in timeline(certificate.case_key)],
    )


@blueprint.get("/<uuid:certificate_id>/document")
@guarded("certificate.see", certificate=queries.get_certificate)
def document(certificate: Certificate) -> ResponseReturnValue:
    """Send the sealed PDF in the language asked for by `?language=`, else in the reader's."""
    found = queries.document_in(certificate, request.args.get("language", current_language()))
    if found is None:
        abort(404)
    return attachment(
        files.storage().get(found.sha256), f"{certificate.number}-{found.language}.pdf", "application/pdf"
    )


@blueprint.get("/<uuid:certificate_id>/credential")
@guarded("certificate.see", certificate=queries.get_certificate)
def credential(certificate: Certificate) -> ResponseReturnValue:
    """Send the credential as JSON."""
    if not certificate.credential:
        abort(404)
    return attachment(certificate.credential.encode(), f"{certificate.number}.json", "application/vc+json")


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """Send a file to be kept, never shown inline."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
