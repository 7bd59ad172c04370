"""Holds back whoever guesses codes: unknown ones are counted by network address."""

from __future__ import annotations

from flask import request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from certify.kernel.errors import TooMany
from certify.kernel.i18n import _

ALLOWED = RateLimitItemPerMinute(20)
"""Unknown codes a minute from one address; a code has 80 random bits, so that this is about load, not about luck."""
_limiter = FixedWindowRateLimiter(MemoryStorage())


def hold_back_guessing() -> None:
    """Count an unknown code; raises TooMany when there were too many."""
    if not _limiter.hit(ALLOWED, request.remote_addr or ""):
        raise TooMany(_("Too many unknown codes were tried from here. Please wait a minute and try again."))


def forget_guesses() -> None:
    """Start anew; for tests."""
    _limiter.storage.reset()
