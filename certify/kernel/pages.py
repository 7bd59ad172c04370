"""What every page's template knows: names, languages, the person, dates and numbers."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel.speaklater import LazyString
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from markupsafe import Markup, escape

from certify.config import Settings
from certify.kernel import clock, i18n, policy, web
from certify.kernel.icons import icon_svg
from certify.kernel.parts import part

bootstrap = Bootstrap5()


def init_app(app: Flask, settings: Settings) -> None:
    """Join Bootstrap and the templates' words to the application."""
    bootstrap.init_app(app)
    app.jinja_env.globals.update(
        languages=list(i18n.LANGUAGES.items()),
        organisation_name=LazyString(lambda: settings.organisation_names[i18n.current_language()]),
        organisation_short=settings.organisation_short,
        service_name=settings.service_name,
        demonstration=settings.demonstration,
        right_address=settings.public_address,
        csp_nonce=web.csp_nonce,
        may=lambda action, subject=None: policy.may(web.current_actor(), action, subject),
        has_endpoint=lambda name: name in current_app.view_functions,
        today=clock.today,
        icon_svg=icon_svg,
        part=part,
    )
    app.jinja_env.filters.update(moment=moment, day=day, percent=percent, short_hash=short_hash)
    app.context_processor(page_facts)


def page_facts() -> dict[str, Any]:
    """Return what changes with the reader."""
    person = current_user if current_user and current_user.is_authenticated else None
    nonce = web.csp_nonce()
    return {
        "current_person": person,
        "current_locale": i18n.current_language(),
        "csp_nonce_value": nonce,
        "navigation": navigation() if person else [],
    }


def navigation() -> list[tuple[str, str, bool]]:
    """Return the signed-in person's main links: address, words, whether this is the page."""
    links = current_app.extensions["certify.navigation"](web.current_actor())
    return [(url_for(endpoint), text, request.endpoint == endpoint) for endpoint, text in links]


def moment(value: datetime | None) -> Markup:
    """Write a moment for people and for machines."""
    return marked(value, i18n.moment(value))


def day(value: date | None) -> Markup:
    """Write a date for people and for machines."""
    return marked(value, i18n.day(value))


def marked(value: date | None, written: str) -> Markup:
    """Return a date as it is written, with the machine's form of it beside."""
    if value is None:
        return Markup("")
    return Markup(f'<time datetime="{value.isoformat()}">{escape(written)}</time>')  # noqa: S704 - both are escaped


def percent(value: Fraction | int | str) -> str:
    """Write a score in percent points rounded down to 0.01, so that a shown figure never contradicts a decision."""
    hundredths = int(Fraction(value) * 100 // 1)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def short_hash(value: str) -> str:
    """Write the first twelve characters of a digest."""
    return value[:12]
