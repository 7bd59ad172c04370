"""Flask-Security's pages behind the house's door: the policy, the transaction, the wait after wrong passwords."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from certify.accounts.sign_in.lockout import GUESSED, address_tried, count_failure, seconds_to_wait
from certify.kernel.db import transaction
from certify.kernel.errors import WrongType
from certify.kernel.i18n import _
from certify.kernel.web import SAFE, guarded, refuse

SIGNED_IN = frozenset({"change_password", "verify", "two_factor_setup_validate", "mf_recovery_codes"})
"""Flask-Security's pages for whoever is signed in; the others are open to everyone, or guard a step between."""
CHANGING_READS = frozenset({"confirm_email"})
"""Links in letters that change something when they are followed."""
REDIRECTING = frozenset({"register", "change_password", "reset_password"})
"""Pages that lead on when all is well: a page shown after sending means that something has to be mended."""


def behind_the_door(endpoint: str, view: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
    """Put a page of Flask-Security behind `guarded`."""
    page = endpoint.rpartition(".")[2]
    action = "account.keep" if page in SIGNED_IN else "account.sign_in"

    @wraps(view)
    def enter(**address: Any) -> ResponseReturnValue:
        return answer(page, lambda: view(**address))

    entered = guarded(action)(enter)

    @wraps(view)
    def followed(**address: Any) -> ResponseReturnValue:
        if request.method in SAFE and page in CHANGING_READS:
            with transaction():
                return entered(**address)
        return entered(**address)

    followed.action = action  # type: ignore[attr-defined]
    return followed


def answer(page: str, show: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Show a page; hold back whoever guessed too often, and count a wrong guess."""
    if request.method in SAFE:
        return at_home(current_app.make_response(show()))
    if request.is_json:
        raise WrongType(_("Please use the form of this page."))
    guessed = address_tried(page) if page in GUESSED else ""
    if guessed and (seconds := seconds_to_wait(guessed)):
        return held_back(seconds)
    response = current_app.make_response(show())
    if guessed and not 300 <= response.status_code < 400:
        count_failure(guessed)
    if page in REDIRECTING and response.status_code == 200:
        response.status_code = 422
    return first_password_first(at_home(response))


def held_back(seconds: int) -> Response:
    """Refuse a guess while the address waits; the way in by a new password stays open."""
    response = refuse(
        429,
        _(
            "There were too many wrong passwords or codes for this address. Wait %(minutes)s minutes, or choose a new "
            "password with “Forgot your password?”.",
            minutes=-(-seconds // 60),
        ),
    )
    response.headers["Retry-After"] = str(seconds)
    return response


def first_password_first(response: Response) -> Response:
    """Lead whoever signed in with a first password to choose their own."""
    if response.status_code == 302 and current_user.is_authenticated and current_user.password_is_first:
        flash(_("Choose your own password first. Your roles begin once you have."), "info")
        return current_app.make_response(redirect(url_for("security.change_password")))
    return response


def at_home(response: Response) -> Response:
    """Lead to the own start page instead of to a foreign address, or where one was asked for."""
    if 300 <= response.status_code < 400:
        asked = [response.headers.get("Location", ""), *request.values.getlist("next")]
        if not all(is_own_page(address) for address in asked if address):
            response.headers["Location"] = current_app.config["SECURITY_POST_LOGIN_VIEW"]
    return response


def is_own_page(address: str) -> bool:
    """Whether an address leads to a page of this service, however a browser may read it."""
    plain = unquote(unquote(address))
    parts = urlsplit(plain) if "\\" not in plain else None
    if parts is None or any(sign < "!" for sign in plain) or plain.startswith("//"):
        return False
    if parts.scheme or parts.netloc:
        return parts.scheme in {"http", "https"} and parts.netloc == request.host
    return plain.startswith("/")
