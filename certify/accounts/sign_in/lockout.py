"""Wrong passwords and codes in a row: after some, the address waits, known or unknown alike."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from flask import request, session
from flask_login import current_user

from certify.accounts.models import Person, SignInFailure
from certify.accounts.rules import FAILURES_ALLOWED, WAIT_MINUTES
from certify.kernel import audit, clock
from certify.kernel.db import db
from certify.kernel.policy import Actor

GUESSED = frozenset({"login", "verify", "two_factor_token_validation", "two_factor_setup_validate", "mf_recovery"})
"""Flask-Security's pages where a password or code can be guessed."""


def address_tried(page: str) -> str:
    """Return the address whose password or code is being tried: typed, or known from the step before."""
    if page == "login":
        return request.form.get("email", "").strip().lower()
    if current_user.is_authenticated:
        return str(current_user.email)
    query = sa.select(Person.email).where(Person.fs_uniquifier == session.get("tf_user_id", ""))
    return db.session.scalar(query) or ""


def digest(address: str) -> str:
    """Return what stands for an address, so that unknown ones are not kept in clear."""
    return hashlib.sha256(address.lower().encode("utf-8", "replace")).hexdigest()


def seconds_to_wait(address: str) -> int:
    """Return for how long an address still waits, 0 where it does not."""
    row = db.session.get(SignInFailure, digest(address))
    if row is None or row.wait_until is None:
        return 0
    return max(0, -int((clock.now() - row.wait_until) // timedelta(seconds=1)))


def count_failure(address: str) -> None:
    """Count a wrong password or code; the last one allowed makes the address wait."""
    audit.hold_chain(f"sign-in:{digest(address)}")
    row = db.session.get(SignInFailure, digest(address), populate_existing=True)
    if row is None:
        row = SignInFailure(address_digest=digest(address), failures=0)
        db.session.add(row)
    row.failures += 1
    if row.failures >= FAILURES_ALLOWED:
        row.wait_until, row.failures = clock.now() + timedelta(minutes=WAIT_MINUTES), 0
    audit.record("account.sign_in", actor=Actor(), outcome=audit.Outcome.REFUSED)


def forget_failures(address: str) -> None:
    """Forget what was counted, after a sign-in or a reset."""
    db.session.execute(sa.delete(SignInFailure).where(SignInFailure.address_digest == digest(address)))
