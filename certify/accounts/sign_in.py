"""Flask-Security joined to the house: its mail by the outbox, its pages behind `guarded`, its lockout."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

import sqlalchemy as sa
from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore, user_confirmed, user_registered
from flask_security.mail_util import MailUtil
from flask_security.signals import password_reset, user_authenticated, user_failed_authn

from certify.accounts.models import Person, SignInFailure
from certify.accounts.rules import FAILURES_ALLOWED, WAIT_MINUTES, AccountConfirmed
from certify.config import Settings
from certify.kernel import audit, clock
from certify.kernel.db import db, in_transaction, transaction
from certify.kernel.errors import TooMany
from certify.kernel.events import publish
from certify.kernel.i18n import _, _l, current_language
from certify.kernel.notices import promise
from certify.kernel.policy import Actor
from certify.kernel.web import SAFE, actor_for, guarded
from certify.outside.mail import Letter

ANSWERS = {"security.two_factor_setup", "security.change_password", "security.verify"}
"""Flask-Security's pages for whoever is signed in; the others are open to everyone."""
CHANGING_READS = {"security.confirm_email"}
"""Links in mails that change something when they are followed."""


class NoRole(RoleMixin):
    """Stands where Flask-Security wants a table of roles: the house keeps grants instead."""


class PersonDatastore(SQLAlchemyUserDatastore):
    """Flask-Security's way to people, inside the house's transactions."""

    def commit(self) -> None:
        """Leave the commit to the request's one transaction."""
        if in_transaction():
            db.session.flush()

    def _prepare_create_user_args(self, **kwargs: Any) -> dict[str, Any]:
        """Open an account without roles, in the language of the page."""
        kwargs.pop("roles", None)
        made: dict[str, Any] = super()._prepare_create_user_args(**kwargs)  # type: ignore[no-untyped-call]
        made.pop("roles", None)
        return made | {"language": current_language()}


class OutboxMail(MailUtil):
    """Flask-Security's letters, promised in the transaction and sent after it."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Promise the letter."""
        promise(Letter(to=str(recipient), subject=str(subject), text=body or "", html=html or ""))


def security_settings(settings: Settings) -> dict[str, Any]:
    """Return Flask-Security's settings."""
    return {
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "SECURITY_REGISTERABLE": True,
        "SECURITY_USE_REGISTER_V2": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TOTP_SECRETS": {"1": settings.secret_key},
        "SECURITY_TOTP_ISSUER": settings.service_name,
        "SECURITY_EMAIL_SENDER": settings.mail_from,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": settings.check_mail_domains},
        "SECURITY_EMAIL_SUBJECT_REGISTER": _l("Confirm your address"),
        "SECURITY_SCRIPT_NONCE_KEY": "csp_nonce_value",
        "SECURITY_POST_LOGIN_VIEW": "/desk",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_CONFIRM_VIEW": "/desk",
        "SECURITY_POST_REGISTER_VIEW": "/login",
        "SECURITY_LOGIN_ERROR_VIEW": "/login",
        "SECURITY_REDIRECT_ALLOW_SUBDOMAINS": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_FRESHNESS": timedelta(hours=8),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(hours=1),
        "SECURITY_FLASH_MESSAGES": True,
        "WTF_CSRF_TIME_LIMIT": 8 * 3600,
    }


def init_app(app: Flask, settings: Settings) -> None:
    """Join sign-in to the application."""
    app.config.update(security_settings(settings))
    Security(app, PersonDatastore(db, Person, NoRole), mail_util_cls=OutboxMail)
    for endpoint in [name for name in app.view_functions if name.startswith("security.")]:
        app.view_functions[endpoint] = behind_the_door(endpoint, app.view_functions[endpoint])
    user_failed_authn.connect(count_failure, app)
    user_authenticated.connect(note_sign_in, app)
    password_reset.connect(forget_failures, app)
    user_confirmed.connect(note_confirmation, app)
    user_registered.connect(note_registration, app)


def behind_the_door(endpoint: str, view: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
    """Put a page of Flask-Security behind `guarded`, and hold back whoever guessed too often."""

    @wraps(view)
    def enter(**address: Any) -> ResponseReturnValue:
        hold_back(endpoint)
        answer: ResponseReturnValue = view(**address)
        return answer

    action = "account.keep" if endpoint in ANSWERS else "account.sign_in"
    entered = guarded(action)(enter)

    @wraps(view)
    def followed(**address: Any) -> ResponseReturnValue:
        if request.method in SAFE and endpoint in CHANGING_READS:
            with transaction():
                return entered(**address)
        return entered(**address)

    followed.action = action  # type: ignore[attr-defined]
    return followed


# -- wrong passwords in a row ---------------------------------------------------------------------------------------


def address_digest() -> str:
    """Return the digest of the address that is being tried."""
    typed = request.form.get("email", "") if not request.is_json else ""
    return hashlib.sha256(typed.strip().lower().encode()).hexdigest()


def hold_back(endpoint: str) -> None:
    """Refuse a try while the address waits; the way in by reset stays open."""
    if endpoint != "security.login" or request.method in SAFE:
        return
    row = db.session.get(SignInFailure, address_digest())
    if row and row.wait_until and row.wait_until > clock.now():
        raise TooMany(
            _("Too many wrong passwords for this address. Wait 15 minutes, or choose “Forgot your password?”.")
        )


def count_failure(_app: Flask, **_known: Any) -> None:
    """Count a wrong password, known address or not."""
    row = db.session.get(SignInFailure, address_digest())
    if row is None:
        row = SignInFailure(address_digest=address_digest(), failures=0)
        db.session.add(row)
    row.failures += 1
    if row.failures >= FAILURES_ALLOWED:
        row.wait_until = clock.now() + timedelta(minutes=WAIT_MINUTES)
        row.failures = 0
    audit.record("account.sign_in", actor=Actor(), outcome=audit.Outcome.REFUSED)


def forget_failures(_app: Flask, *, user: Person, **_known: Any) -> None:
    """Forget wrong passwords after a reset."""
    digest = hashlib.sha256(user.email.lower().encode()).hexdigest()
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.address_digest == digest))


def note_sign_in(app: Flask, *, user: Person, **known: Any) -> None:
    """Record a sign-in."""
    forget_failures(app, user=user, **known)
    audit.record("account.sign_in", actor=actor_for(user), case_key=f"person:{user.id}")


def note_registration(_app: Flask, *, user: Person, **_known: Any) -> None:
    """Record a new account."""
    audit.record("account.register", actor=actor_for(user), case_key=f"person:{user.id}")


def note_confirmation(_app: Flask, *, user: Person, **_known: Any) -> None:
    """Tell the house that an address is confirmed."""
    publish(AccountConfirmed(user.id), case_key=f"person:{user.id}", actor=actor_for(user))
