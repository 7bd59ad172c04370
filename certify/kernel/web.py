"""The door of every page: who asks, what they may, one transaction a change, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError, default_exceptions

from certify.kernel import audit, traffic
from certify.kernel.db import db, transaction
from certify.kernel.errors import CertifyError, NotFound
from certify.kernel.i18n import _
from certify.kernel.parts import render_bare
from certify.kernel.policy import Actor, Refused, Unseen, anyone, case_key, facts_about, may, policy, require
from certify.kernel.traffic import SAFE as SAFE
from certify.kernel.traffic import csp_nonce as csp_nonce
from certify.kernel.traffic import csrf as csrf
from certify.kernel.traffic import shareable as shareable

Loader = Callable[..., Any]


# -- who asks -------------------------------------------------------------------------------------------------------


def current_actor() -> Actor:
    """Return who asks in this request, with every fact the policy needs; read afresh for each request."""
    if "certify_actor" not in g:
        g.certify_actor = actor_for(current_user) if current_user.is_authenticated else Actor()
    return cast(Actor, g.certify_actor)


def actor_for(person: Any) -> Actor:
    """Return a person of the accounts slice as an actor."""
    plain = Actor(person_id=person.id, name=person.name, roles=frozenset(person.role_names))
    return plain.knowing(facts_about(person.id))


# -- the door -------------------------------------------------------------------------------------------------------


def guarded(
    action: str, *, audited: bool = False, changes: bool = True, **loaders: Loader
) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Stand before a view: load the subject from the address, ask the policy, wrap an unsafe request in a transaction.

    Each loader `name=get_thing` takes the address's `name_id` and gives the view its `name`; the last one is the
    subject of the policy's question. `audited` reads are recorded, and the record is safe before the first byte leaves.
    A view with `changes=False` takes a POST that only asks, as a dropped file to be checked: it opens no transaction.
    """

    def decorate(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def enter(**address: Any) -> ResponseReturnValue:
            if not audited and (request.method in SAFE or not changes):
                return answer(view, action, loaders, address)
            with transaction():
                g.pop("certify_actor", None)
                response = current_app.make_response(answer(view, action, loaders, address))
                if request.method in SAFE:
                    note_read(action)
                return response

        enter.action = action  # type: ignore[attr-defined]
        return enter

    return decorate


def answer(
    view: Callable[..., ResponseReturnValue], action: str, loaders: dict[str, Loader], address: dict[str, Any]
) -> ResponseReturnValue:
    """Load, ask, and show."""
    subject = None
    for name, load in loaders.items():
        subject = address[name] = load(address.pop(f"{name}_id"))
    if not is_open_to_all(action):
        actor = current_actor()
        if actor.is_anonymous and not may(actor, action, subject):
            return ask_to_sign_in()
        require(actor, action, subject)
    g.certify_subject = subject
    return view(**address)


def is_open_to_all(action: str) -> bool:
    """Whether the policy permits this to anyone, so that nobody need be looked up to answer."""
    return policy().get(action) is anyone


def note_read(action: str) -> None:
    """Record who read what."""
    key = case_key(g.get("certify_subject"))
    audit.record(action, actor=current_actor(), case_key=key, outcome=audit.Outcome.READ, address=request.path)


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead an unknown visitor to the sign-in page and back again; an API client gets 401."""
    if wants_json():
        return problem(401, str(_("Please sign in first.")))
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


# -- refusals -------------------------------------------------------------------------------------------------------

SENTENCES: dict[int, Callable[[], str]] = {
    400: lambda: _("The request could not be understood. Please go back and try again."),
    403: lambda: _("You may not do this. If you think you should, ask the Secretariat."),
    404: lambda: _("This page does not exist, or it is not open to you."),
    405: lambda: _("This page cannot be used in this way. Please go back and use its form."),
    413: lambda: _("What you sent is larger than this service takes. Files may have up to 20 MB."),
    415: lambda: _("This kind of file or content is not taken here."),
    429: lambda: _("There were too many attempts. Please wait a few minutes and try again."),
    500: lambda: _("Something went wrong on our side. Nothing was changed. We have been told; please try again later."),
    503: lambda: _("A part of the service does not answer now. Please try again in a moment."),
}


def wants_json() -> bool:
    """Whether a machine asks."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def problem(status: int, detail: str, **more: Any) -> Response:
    """Answer a machine with problem details (RFC 9457)."""
    response = jsonify({"type": "about:blank", "status": status, "title": detail, **more})
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def refuse(status: int, sentence: str) -> Response:
    """Answer a refusal as a page or as problem details."""
    if wants_json():
        response = problem(status, sentence)
    else:
        render = render_bare if status >= 500 else render_template
        response = current_app.make_response(render("errors/error.html", status=status, sentence=sentence))
        response.status_code = status
    if status in {429, 503}:
        response.headers.setdefault("Retry-After", "30")
    return response


def answer_certify_error(fault: CertifyError) -> Response:
    """Answer a rule's refusal, and record what the policy refused."""
    db.session.rollback()
    if isinstance(fault, Refused | Unseen):
        with transaction():
            audit.record(
                fault.action, actor=current_actor(), case_key=case_key(fault.subject), outcome=audit.Outcome.REFUSED
            )
    return refuse(fault.status, str(fault))


def answer_http_error(fault: HTTPException) -> Any:
    """Answer what the framework refuses, in the reader's language."""
    if fault.response is not None or (fault.code or 500) < 400:
        return fault
    if isinstance(fault, SecurityError):
        return Response(SENTENCES[400](), 400, mimetype="text/plain")
    status = fault.code or 500
    sentence = SENTENCES.get(status, SENTENCES[400] if status < 500 else SENTENCES[500])()
    response = refuse(status, sentence)
    if retry := getattr(fault, "retry_after", None):
        response.headers["Retry-After"] = str(retry)
    return response


def answer_csrf(fault: CSRFError) -> Response:
    """Answer a form that was not ours, or that waited too long."""
    current_app.logger.info("form refused: %s", fault.description)
    return refuse(
        400, _("This form was open too long or did not come from this page. Please go back and send it again.")
    )


def answer_unexpected(fault: Exception) -> Response:
    """Answer a fault of ours with a calm page; the trace goes to the log."""
    db.session.rollback()
    current_app.logger.error("unexpected fault", exc_info=getattr(fault, "original_exception", fault))
    return refuse(500, SENTENCES[500]())


def init_app(app: Flask) -> None:
    """Join protection and refusals to the application."""
    traffic.init_app(app)
    app.register_error_handler(CertifyError, answer_certify_error)
    app.register_error_handler(CSRFError, answer_csrf)
    for code in default_exceptions:
        app.register_error_handler(code, answer_http_error)
    if not app.config.get("TESTING"):
        app.register_error_handler(500, answer_unexpected)


def get_or_404(model: type[Any], row_id: Any) -> Any:
    """Return a row by its id, or raise NotFound."""
    row = db.session.scalar(sa.select(model).where(model.id == row_id))
    if row is None:
        raise NotFound(_("This page does not exist, or it is not open to you."))
    return row
