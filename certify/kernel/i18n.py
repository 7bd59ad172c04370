"""Four languages: which one a reader gets, and how sentences, dates and numbers read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from babel import dates
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_app_context, has_request_context, request, session
from flask_babel import Babel, force_locale
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

LANGUAGES = {"en": "English", "es": "Español", "fr": "Français", "pt": "Português"}
"""Language code and its own name, in the order they are offered."""
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"

babel = Babel()

__all__ = ["LANGUAGES", "_", "_l", "babel", "current_language", "day", "in_language", "init_app", "moment", "ngettext"]


# -- which language -------------------------------------------------------------------------------------------------


def choose_language() -> str:
    """Return the reader's language: the one asked for, the one kept, the person's own, the browser's, English."""
    if not has_request_context():
        return "en"
    asked = request.args.get("lang") or session.get("language") or own_language()
    if asked in LANGUAGES:
        return str(asked)
    if not request.headers.get("Accept-Language"):
        return "en"
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def own_language() -> str | None:
    """Return the language that the signed-in person chose."""
    return getattr(g.get("_login_user"), "language", None)


def current_language() -> str:
    """Return the two-letter code of the language in use; looked up once for each request."""
    try:
        spoken = g.get("certify_language")
    except RuntimeError:  # outside of any application there is no reader
        return "en"
    if spoken is None:
        spoken = g.certify_language = choose_language()
    return cast(str, spoken)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak another language for a while, as for a letter to its reader."""
    chosen = code if code in LANGUAGES else "en"
    if not has_app_context():
        yield
        return
    before = g.get("certify_language")
    with force_locale(chosen):
        g.certify_language = chosen
        try:
            yield
        finally:
            g.certify_language = before


def keep_language() -> None:
    """Remember a language asked for in the address, except on pages that leave no cookie."""
    if not request.query_string:
        return
    asked = request.args.get("lang")
    if asked in LANGUAGES and not leaves_no_cookie() and session.get("language") != asked:
        session["language"] = asked


def leaves_no_cookie() -> bool:
    """Whether the page asked for is one that shared caches may keep (see `web.shareable`)."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "shared_seconds")


# -- sentences ------------------------------------------------------------------------------------------------------


class Later(LazyString):
    """A sentence that is spoken when it is read, in the language in use then."""

    def __html__(self) -> str:
        """Return it escaped: what a placeholder brings into it may come from anyone."""
        return escape(str(self))


@cache
def catalogue(language: str) -> NullTranslations:
    """Return a language's sentences, read once for each process."""
    return Translations.load(CATALOGUES, [language])


@lru_cache(maxsize=8192)
def spoken_in(language: str, sentence: str) -> str:
    """Return a sentence in a language, its placeholders still open."""
    return catalogue(language).gettext(sentence)


@lru_cache(maxsize=8192)
def printed_in(language: str, sentence: str) -> Markup:
    """Return a sentence without placeholders as a template prints it."""
    return Markup(spoken_in(language, sentence)) % {}  # noqa: S704 - a sentence of ours, in a catalogue of ours


def _(sentence: str, **words: Any) -> str:
    """Return a sentence in the language in use, its placeholders filled in."""
    said = spoken_in(current_language(), sentence)
    return said % words if words else said


gettext = _


def _l(sentence: str, **words: Any) -> Any:
    """Return a sentence that is spoken later, in the language in use then."""
    return Later(gettext, sentence, **words)


def ngettext(one: str, many: str, number: int, **words: Any) -> str:
    """Return a sentence about a number of things, in the plural form that the language has for it."""
    said: str = catalogue(current_language()).ngettext(one, many, number)
    return said % {"num": number, **words}


@pass_eval_context
def printed(context: EvalContext, sentence: str, **words: Any) -> str:
    """Return a sentence for a template: in a page, what fills its placeholders is escaped."""
    language = current_language()
    if not context.autoescape:
        return spoken_in(language, sentence) % words
    if not words:
        return printed_in(language, sentence)
    return Markup(spoken_in(language, sentence)) % words  # noqa: S704 - a sentence of ours; words are escaped


@pass_eval_context
def nprinted(context: EvalContext, one: str, many: str, number: int, **words: Any) -> str:
    """Return a sentence about a number of things for a template: in a page, what fills its placeholders is escaped."""
    said = catalogue(current_language()).ngettext(one, many, number)
    return (Markup(said) if context.autoescape else said) % {"num": number, **words}  # noqa: S704 - as above


# -- dates ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, language: str) -> str:
    """Write a date or a moment by a pattern of the Unicode standard for dates (UTS 35)."""
    write = dates.format_datetime if isinstance(value, datetime) else dates.format_date
    return write(value, pattern, locale=language)


MOMENTS = {
    "en": "d MMMM y, HH:mm",
    "es": "d 'de' MMMM 'de' y, HH:mm",
    "fr": "d MMMM y, HH:mm",
    "pt": "d 'de' MMMM 'de' y, HH:mm",
}
"""How a moment is written in each language (CLDR pattern)."""


def moment(value: datetime | None) -> str:
    """Write a moment with its zone: '22 November 2026, 14:05 UTC'."""
    if value is None:
        return ""
    minute = value.astimezone(UTC).replace(second=0, microsecond=0)
    language = current_language()
    return f"{_written(minute, MOMENTS[language], language)} UTC"


def day(value: date | None) -> str:
    """Write a date in the reader's language."""
    if value is None:
        return ""
    return _written(value.date() if isinstance(value, datetime) else value, "long", current_language())


def init_app(app: Flask) -> None:
    """Join translations to the application."""
    app.config.update(BABEL_DEFAULT_LOCALE="en", BABEL_DEFAULT_TIMEZONE="UTC")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGUES)
    babel.init_app(app, locale_selector=current_language)
    app.jinja_env.globals.update(_=printed, gettext=printed, ngettext=nprinted)
    app.before_request(keep_language)
