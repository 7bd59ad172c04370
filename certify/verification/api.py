"""Verification for machines: certificates by code, status lists, the issuer's keys, the log's checkpoint."""

from __future__ import annotations

from json import JSONEncoder
from typing import Any

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from certify.agreements.queries import issued_files
from certify.certificates.credential import context_document
from certify.certificates.service import publishing
from certify.certificates.status import StatusPurpose
from certify.kernel.web import guarded, problem, shareable
from certify.verification.guessing import hold_back_guessing
from certify.verification.queries import Entry, Shown, look_up
from certify.verification.views import SHARED_SECONDS

blueprint = Blueprint("api", __name__)
public = Blueprint("public", __name__)
AS_JSON = JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def published(content: Any, media_type: str = "application/json") -> Response:
    """Answer with JSON that pages of any origin may read."""
    text = content if isinstance(content, str | bytes) else AS_JSON.encode(content)
    return Response(text, mimetype=media_type, headers={"Access-Control-Allow-Origin": "*"})


@blueprint.get("/api/v1/certificates/<code>")
@guarded("verification.see")
@shareable(SHARED_SECONDS)
def certificate(code: str) -> ResponseReturnValue:
    """Answer for a code; an unknown one is 404 with the answer "unknown"."""
    shown = look_up(code)
    if shown.certificate is None:
        hold_back_guessing()
        return problem(404, "No certificate has this code.", answer=shown.answer.value, checked_at=moment(shown))
    return published(described(shown, shown.certificate))


def moment(shown: Shown) -> str:
    """Return when the standing was read."""
    return shown.checked_at.isoformat(timespec="seconds")


def described(shown: Shown, certificate: Entry) -> dict[str, Any]:
    """Return what is public about a certificate; never scores, grades, answers, votes or interests."""
    return {
        "answer": shown.answer.value,
        "checked_at": moment(shown),
        "number": certificate.number,
        "code": certificate.code,
        "holder": certificate.holder_name,
        "country": certificate.country,
        "band": certificate.band,
        "scope": certificate.scope,
        "framework": certificate.framework,
        "framework_digest": certificate.framework_digest,
        "granted_on": certificate.granted_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "reason": shown.suspension.public_reason if shown.suspension else certificate.public_reason or None,
        "ended_at": certificate.ended_at.isoformat(timespec="seconds") if certificate.ended_at else None,
        "specimen": certificate.is_specimen,
    }


@public.get("/status/<purpose>/1")
@guarded("verification.see")
@shareable(SHARED_SECONDS)
def status_list(purpose: str) -> ResponseReturnValue:
    """Serve a signed Bitstring Status List."""
    if purpose not in {known.value for known in StatusPurpose}:
        abort(404)
    return published(publishing.status_list(StatusPurpose(purpose)), "application/vc+json")


@public.get("/.well-known/did.json")
@guarded("verification.see")
@shareable(SHARED_SECONDS)
def issuer() -> ResponseReturnValue:
    """Serve the issuer's document (did:web): every key it ever signed credentials with."""
    return published(publishing.issuer_document(), "application/did+json")


@public.get("/contexts/certification/v1")
@guarded("verification.see")
@shareable(SHARED_SECONDS)
def context() -> ResponseReturnValue:
    """Serve the meaning of the credential's own terms, unchanged for ever."""
    return published(context_document(publishing.host()), "application/ld+json")


@public.get("/log/checkpoint")
@guarded("verification.see")
@shareable(SHARED_SECONDS)
def checkpoint() -> ResponseReturnValue:
    """Serve the signed checkpoint of the transparency log."""
    return published(publishing.checkpoint(), "text/plain")


@public.get("/trust.json")
@guarded("verification.see")
@shareable(SHARED_SECONDS)
def trust() -> ResponseReturnValue:
    """Serve the trust bundle for checking documents offline."""
    return published(publishing.trust_bundle(issued_files()))
