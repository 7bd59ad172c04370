"""What happens to every request and every answer: refused at the door, protected on the way out, kept by caches or not.

Thousands open a verify page at once; what stands here is done for each of them, so it is little.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from certify.kernel.i18n import leaves_no_cookie

SAFE = {"GET", "HEAD", "OPTIONS"}
IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")
P = ParamSpec("P")
csrf = CSRFProtect()


# -- every request --------------------------------------------------------------------------------------------------


def refuse_at_the_door() -> None:
    """Refuse what no page takes: another site's request, a form that is not ours, text that no database takes."""
    if request.method not in SAFE:
        refuse_foreign_origin()
        if current_app.config["WTF_CSRF_ENABLED"]:
            csrf.protect(apply_exemptions=True)
        refuse_impossible([*request.form.values(), *request.form] if not request.is_json else [])
    if request.query_string:
        refuse_impossible([*request.args.values(), *request.args])
    refuse_impossible([request.path])


def refuse_foreign_origin() -> None:
    """Refuse an unsafe request that another site's page sent."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)


def refuse_impossible(parts: list[str]) -> None:
    """Refuse NUL and lone surrogates in the address or the form."""
    for part in parts:
        if IMPOSSIBLE.search(part):
            abort(400)


# -- every answer ---------------------------------------------------------------------------------------------------


def csp_nonce() -> str:
    """Return this answer's nonce for scripts and styles."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return cast(str, g.csp_nonce)


ALWAYS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
"""Headers of every answer that does not set them itself."""
OF_MACHINES = {**ALWAYS, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
OF_PEOPLE = {
    **ALWAYS,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""More, which only a browser that shows the answer can heed."""
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def content_policy() -> str:
    """Return what a page may load; scripts and styles inside it only where the page asked for its nonce."""
    allowed = f" 'nonce-{csp_nonce()}'" if "csp_nonce" in g else ""
    return (
        f"default-src 'self'; script-src 'self'{allowed}; style-src 'self'{allowed}; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def protect(response: Response) -> Response:
    """Add what keeps a browser from being used against its owner."""
    headers = response.headers
    present = {name.lower(): value for name, value in headers}
    if "json" in present.get("content-type", ""):
        wanted = OF_MACHINES
    else:
        wanted = {**OF_PEOPLE, "Content-Security-Policy": content_policy()}
    if current_app.config["SESSION_COOKIE_SECURE"]:
        wanted = wanted | OVER_TLS
    for name, value in wanted.items():
        if name.lower() not in present:
            headers.add(name, value)
    return response


def shareable(seconds: int) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, Response]]:
    """Let shared caches keep a view's good answers for some seconds, and private ones not at all.

    Such an answer depends on the address and the reader's language alone, and leaves no cookie.
    """

    def decorate(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
        @wraps(view)
        def share(*args: P.args, **address: P.kwargs) -> Response:
            response = current_app.make_response(view(*args, **address))
            if response.status_code == 200:
                response.headers.add("Cache-Control", f"public, max-age={seconds}, must-revalidate")
            return response

        share.shared_seconds = seconds  # type: ignore[attr-defined]
        return share

    return decorate


# -- the session ----------------------------------------------------------------------------------------------------


class Sessions(SecureCookieSessionInterface):
    """The session in its signed cookie; the signer is made once and not for each request."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return the signer of the cookie."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie; most visitors send none."""
        return super().open_session(app, request) if "HTTP_COOKIE" in request.environ else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, except with an answer that shared caches may keep."""
        if not leaves_no_cookie():
            super().save_session(app, session, response)


def as_it_is(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call views and hooks as they are: none of ours is a coroutine, and asking each takes a tenth of a read."""
    return function


def leave_out(app: Flask, name: str) -> None:
    """Take a listener of an extension away that would be asked before every request."""
    listed = app.before_request_funcs[None]
    app.before_request_funcs[None] = [listener for listener in listed if listener.__name__ != name]


def init_app(app: Flask) -> None:
    """Join the door, the protection and the session to the application."""
    app.session_interface = Sessions()
    app.ensure_sync = as_it_is  # type: ignore[method-assign, assignment]
    csrf.init_app(app)
    leave_out(app, "csrf_protect")  # refuse_at_the_door asks instead, and spares every read the question
    app.before_request(refuse_at_the_door)
    app.after_request(protect)
