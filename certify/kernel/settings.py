"""The running service's settings, for whoever needs one of them."""

from __future__ import annotations

from flask import current_app

from certify.config import Settings


def settings() -> Settings:
    """Return the running service's settings."""
    found: Settings = current_app.config["CERTIFY"]
    return found
