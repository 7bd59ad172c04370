"""What follows from sign-in: entries of the audit trail, a new session, the end of waiting."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, session
from flask_security import hash_password

from certify.accounts.models import Person
from certify.accounts.rules import AccountConfirmed
from certify.accounts.sign_in.lockout import forget_failures
from certify.kernel import audit
from certify.kernel.db import db
from certify.kernel.events import publish
from certify.kernel.web import actor_for

KEPT = frozenset(
    {"_user_id", "_fresh", "_id", "_remember", "_remember_seconds", "fs_cc", "fs_paa", "language", "_flashes"}
)
"""What of a session stays at sign-in; the rest could have been planted by somebody else."""


def note_sign_in(_app: Flask, *, user: Person, authn_via: Any = None, **_known: Any) -> None:
    """Begin a new session and record the sign-in."""
    for name in set(session) - KEPT:
        session.pop(name)
    g.pop("csrf_token", None)
    g.pop("certify_actor", None)
    forget_failures(user.email)
    audit.record("account.sign_in", actor=actor_for(user), case_key=f"person:{user.id}", by=authn_via)


def note_registration(_app: Flask, *, user: Person, **_known: Any) -> None:
    """Record a new account."""
    db.session.flush()
    audit.record("account.register", actor=actor_for(user), case_key=f"person:{user.id}")


def note_confirmation(_app: Flask, *, user: Person, **_known: Any) -> None:
    """Tell the house that an address is confirmed."""
    audit.record("account.confirm", actor=actor_for(user), case_key=f"person:{user.id}")
    publish(AccountConfirmed(user.id), case_key=f"person:{user.id}", actor=actor_for(user))


def note_reset(_app: Flask, *, user: Person, **_known: Any) -> None:
    """Let the owner in after a reset, whoever guessed before."""
    user.password_is_first = False
    forget_failures(user.email)
    audit.record("account.reset_password", actor=actor_for(user), case_key=f"person:{user.id}")


def note_change(_app: Flask, *, user: Person, **_known: Any) -> None:
    """Record a changed password; a first password is one no longer."""
    user.password_is_first = False
    audit.record("account.change_password", actor=actor_for(user), case_key=f"person:{user.id}")


def take_equal_time(_app: Flask, **_known: Any) -> None:
    """Spend on a known address what Flask-Security spends on an unknown one, so that time tells nothing."""
    hash_password("not-a-password")
