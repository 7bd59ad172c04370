"""Four languages: which one a reader gets, and how dates and numbers read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, force_locale, format_date, format_datetime, get_locale, gettext, lazy_gettext, ngettext

LANGUAGES = {"en": "English", "es": "Español", "fr": "Français", "pt": "Português"}
"""Language code and its own name, in the order they are offered."""

_ = gettext
_l: Any = lazy_gettext
babel = Babel()

__all__ = ["LANGUAGES", "_", "_l", "babel", "current_language", "day", "in_language", "init_app", "moment", "ngettext"]


def choose_language() -> str:
    """Return the reader's language: the one asked for, the one kept, the person's own, the browser's, English."""
    if not has_request_context():
        return "en"
    asked = request.args.get("lang") or session.get("language") or own_language()
    if asked in LANGUAGES:
        return str(asked)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def own_language() -> str | None:
    """Return the language that the signed-in person chose."""
    return getattr(g.get("_login_user"), "language", None)


def current_language() -> str:
    """Return the two-letter code of the language in use."""
    locale = get_locale()
    return locale.language if locale else "en"


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak another language for a while, as for a letter to its reader."""
    with force_locale(code if code in LANGUAGES else "en"):
        yield


def keep_language() -> None:
    """Remember a language asked for in the address."""
    asked = request.args.get("lang")
    if asked in LANGUAGES and session.get("language") != asked:
        session["language"] = asked


def moment(value: datetime | None) -> str:
    """Write a moment with its zone: '22 November 2026, 14:05 UTC'."""
    return "" if value is None else f"{format_datetime(value, 'd MMMM y, HH:mm', rebase=False)} UTC"


def day(value: date | None) -> str:
    """Write a date in the reader's language."""
    return "" if value is None else format_date(value, "long", rebase=False)


def init_app(app: Flask) -> None:
    """Join translations to the application."""
    app.config.update(BABEL_DEFAULT_LOCALE="en", BABEL_DEFAULT_TIMEZONE="UTC")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = app.root_path + "/translations"
    babel.init_app(app, locale_selector=choose_language)
    app.before_request(keep_language)
