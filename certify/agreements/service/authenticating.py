"""Asking a signatory who they are, once more, at the moment of signing."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask_security import verify_password

from certify.accounts.models import Person, SignInFailure
from certify.accounts.rules import FAILURES_ALLOWED, WAIT_MINUTES
from certify.agreements.rules import Method
from certify.kernel import audit, clock
from certify.kernel.db import db
from certify.kernel.errors import Invalid, NotAllowed, TooMany
from certify.kernel.i18n import _
from certify.kernel.policy import Actor


def authenticate(actor: Actor, password: str, *, case_key: str) -> Method:
    """Check the signatory's own password and return how they were authenticated.

    Raises Invalid at the field for a wrong one, TooMany after ten wrong ones in a row, NotAllowed for whoever has no
    account to sign with. A wrong password is counted where the caller lets the transaction end well.
    """
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    if person is None or not person.active:
        raise NotAllowed(_("Only a person with an account can sign."))
    tries = tries_of(person)
    if tries.wait_until and tries.wait_until > clock.now():
        raise TooMany(_("Too many wrong passwords. Wait 15 minutes before you try to sign again."))
    if not person.password or not verify_password(password, person.password):
        count_failure(tries)
        audit.record("party.sign", actor=actor, case_key=case_key, outcome=audit.Outcome.REFUSED, why="password")
        sentence = _("This is not your password.")
        raise Invalid(sentence, fields={"password": sentence})
    tries.failures, tries.wait_until = 0, None
    return Method.TWO_FACTORS if person.tf_primary_method else Method.ONE_FACTOR


def tries_of(person: Person) -> SignInFailure:
    """Return the count of a person's wrong passwords at signing, apart from those at the door."""
    digest = hashlib.sha256(f"signing:{person.id}".encode()).hexdigest()
    row = db.session.get(SignInFailure, digest)
    if row is None:
        row = SignInFailure(address_digest=digest, failures=0)
        db.session.add(row)
        db.session.flush()
    return row


def count_failure(tries: SignInFailure) -> None:
    """Count a wrong password; after ten the person waits."""
    tries.failures += 1
    if tries.failures >= FAILURES_ALLOWED:
        tries.failures, tries.wait_until = 0, clock.now() + timedelta(minutes=WAIT_MINUTES)
