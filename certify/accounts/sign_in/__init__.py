"""Flask-Security joined to the house: its letters by the outbox, its pages behind `guarded`, its lockout and words."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_principal import Principal  # type: ignore[import-untyped]
from flask_security import Security, user_confirmed, user_registered
from flask_security.signals import (
    password_changed,
    password_reset,
    reset_password_instructions_sent,
    user_authenticated,
)

from certify.accounts.models import Person
from certify.accounts.sign_in import door, records
from certify.accounts.sign_in.datastore import NoRole, PersonDatastore
from certify.accounts.sign_in.forms import LostPhoneForm, PhoneForm, RegisterForm, SignInForm
from certify.accounts.sign_in.letters import OutboxMail
from certify.accounts.sign_in.passwords import HASHING, LEAST_LENGTH, PasswordRules
from certify.accounts.sign_in.words import MESSAGES
from certify.config import Settings
from certify.kernel import clock
from certify.kernel.db import db

REMEMBERED = timedelta(days=14)
"""How long a device stays signed in where a person without second factor asked for it."""
ADDRESSES = {
    "SECURITY_REGISTER_URL": "/create-account",
    "SECURITY_CONFIRM_URL": "/confirm-address",
    "SECURITY_RESET_URL": "/reset-password",
    "SECURITY_CHANGE_URL": "/change-password",
    "SECURITY_VERIFY_URL": "/confirm-password",
    "SECURITY_POST_LOGIN_VIEW": "/desk",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_POST_CONFIRM_VIEW": "/login",
    "SECURITY_POST_REGISTER_VIEW": "/login",
    "SECURITY_POST_RESET_VIEW": "/login",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_POST_VERIFY_VIEW": "/account",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/mf-recovery-codes",
}
"""Where sign-in has its pages; `/verify` and `/register` belong to certificates."""


def security_settings(settings: Settings) -> dict[str, Any]:
    """Return Flask-Security's settings."""
    return {
        **ADDRESSES,
        **{f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()},
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_LENGTH_MIN": LEAST_LENGTH,
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
        "SECURITY_DEPRECATED_HASHING_SCHEMES": [],
        "SECURITY_REGISTERABLE": True,
        "SECURITY_USE_REGISTER_V2": True,
        "SECURITY_CONFIRMABLE": True,
        "SECURITY_CONFIRM_EMAIL_WITHIN": timedelta(days=5),
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=1),
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_DATETIME_FACTORY": clock.now,
        "SECURITY_EMAIL_SENDER": settings.mail_from,
        "SECURITY_EMAIL_PLAINTEXT": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": settings.check_mail_domains},
        "SECURITY_SCRIPT_NONCE_KEY": "csp_nonce_value",
        "SECURITY_REDIRECT_ALLOW_SUBDOMAINS": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_FRESHNESS": timedelta(hours=8),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(hours=1),
        "SECURITY_FLASH_MESSAGES": True,
        "WTF_CSRF_TIME_LIMIT": 8 * 3600,
        **second_factor_settings(settings),
        **cookie_settings(settings),
    }


def second_factor_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings of the one-time password and its recovery codes; both lie encrypted in the database."""
    key = hashlib.sha256(b"recovery codes" + settings.secret_key.encode()).digest()
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_RESCUE_MAIL": settings.secretariat_address,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(key)],
        "SECURITY_TOTP_SECRETS": {"1": settings.secret_key},
        "SECURITY_TOTP_ISSUER": settings.service_name,
    }


def cookie_settings(settings: Settings) -> dict[str, Any]:
    """Return how the cookie of a device that stays signed in is kept."""
    return {
        "REMEMBER_COOKIE_DURATION": REMEMBERED,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.behind_tls,
    }


def init_app(app: Flask, settings: Settings) -> None:
    """Join sign-in to the application."""
    app.config.update(security_settings(settings))
    app.config.setdefault("SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS", HASHING)
    Security(
        app,
        PersonDatastore(db, Person, NoRole),
        register_form=RegisterForm,
        login_form=SignInForm,
        two_factor_setup_form=PhoneForm,
        two_factor_rescue_form=LostPhoneForm,
        mail_util_cls=OutboxMail,
        password_util_cls=PasswordRules,
    )
    leave_out_principal(app)
    for endpoint in [name for name in app.view_functions if name.startswith("security.")]:
        app.view_functions[endpoint] = door.behind_the_door(endpoint, app.view_functions[endpoint])
    for signal, listener in (
        (user_authenticated, records.note_sign_in),
        (user_registered, records.note_registration),
        (user_confirmed, records.note_confirmation),
        (password_reset, records.note_reset),
        (password_changed, records.note_change),
        (reset_password_instructions_sent, records.take_equal_time),
    ):
        signal.connect(listener, app)


def leave_out_principal(app: Flask) -> None:
    """Spare every request the second look at the session that Flask-Principal takes; nothing here asks it."""
    listed = app.before_request_funcs.get(None, [])
    app.before_request_funcs[None] = [
        listener for listener in listed if type(getattr(listener, "__self__", None)) is not Principal
    ]
