"""What a password must be: long enough and hard to guess (NIST SP 800-63B, section 5.1.1), in the reader's words."""

from __future__ import annotations

from typing import Any

from flask_security.password_util import PasswordUtil
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

from certify.kernel.i18n import _

LEAST_LENGTH, MOST_LENGTH = 12, 128
LEAST_SCORE = 3
"""zxcvbn's estimate, 0 to 4: 3 stands for 10^8 guesses or more."""
ESTIMATED = 72
"""Characters that zxcvbn looks at."""
HASHING = {"argon2__memory_cost": 19_456, "argon2__rounds": 2, "argon2__parallelism": 1}
"""Argon2id with 19 MiB and two passes: the least that OWASP's password storage sheet names."""


class PasswordRules(PasswordUtil):
    """Says in the reader's language what is wrong with a new password."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Return the faults of a new password, None where it is good, and the password as it is kept."""
        kept = str(self.normalize(password))
        known = kwargs if is_register else {"name": kwargs["user"].name, "email": kwargs["user"].email}
        fault = fault_of(kept, known=[str(value) for value in known.values() if value])
        return ([fault] if fault else None), kept


def fault_of(password: str, *, known: list[str]) -> str:
    """Say what is wrong with a password of somebody of whom this is known; empty where it is good."""
    if len(password) < LEAST_LENGTH:
        return str(_("Use at least 12 characters for the password."))
    if len(password) > MOST_LENGTH:
        return str(_("Use at most 128 characters for the password."))
    parts = [part for text in known for part in [text, *text.replace("@", " ").split()]]
    if zxcvbn(password[:ESTIMATED], user_inputs=parts)["score"] < LEAST_SCORE:
        return str(
            _(
                "This password is easy to guess. Take three or four words that have nothing to do with each other or "
                "with you."
            )
        )
    return ""
