"""How the house is put together: the kernel's parts first, then every slice in the order of the journey."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from types import ModuleType
from typing import Any

from flask import Blueprint, Flask

from certify.config import Settings
from certify.kernel import clock, db, i18n, jobs, notices, pages, policy, web
from certify.kernel.parts import Environment
from certify.outside.mail import FolderMailer, Mailer, SmtpMailer
from certify.outside.storage import FolderStorage

SLICES = (
    "accounts",
    "organisations",
    "interests",
    "board",
    "consultations",
    "criteria",
    "screening",
    "applications",
    "assessment",
    "certificates",
    "agreements",
    "verification",
    "desk",
)
"""The slices that stand, in the order of the journey of a case."""
DEMONSTRATION = ("demo",)
"""Slices that are absent, not hidden, outside demonstration mode."""


def configure(app: Flask, settings: Settings) -> None:
    """Set what Flask itself reads."""
    app.config.update(
        CERTIFY=settings,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_limit,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=1_000,
        TRUSTED_HOSTS=settings.trusted_hosts,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.behind_tls,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_environment = Environment


def join_kernel(app: Flask, settings: Settings) -> None:
    """Join database, languages, clock, files, mail and the door."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    app.extensions["certify.clock"] = make_clock(settings)
    app.extensions["certify.storage"] = FolderStorage(settings.files)
    app.extensions["certify.mailer"] = make_mailer(settings)
    i18n.init_app(app)
    db.init_app(app, url=settings.database, instance=settings.instance)
    web.init_app(app)
    pages.init_app(app, settings)


def make_clock(settings: Settings) -> clock.Clock:
    """Return the machine's clock, or in demonstration mode one that can be moved forward."""
    return clock.OffsetClock(settings.instance / "clock.json") if settings.demonstration else clock.SystemClock()


def make_mailer(settings: Settings) -> Mailer:
    """Return the mail server's client; without a server, the demonstration captures its mail."""
    if settings.smtp_host or not settings.demonstration:
        return SmtpMailer(
            settings.smtp_host or "localhost",
            settings.smtp_port,
            settings.smtp_user,
            settings.smtp_password,
            settings.smtp_security,
            settings.mail_from,
        )
    return FolderMailer(settings.instance / "mail", settings.mail_from)


def join_slices(app: Flask, settings: Settings) -> None:
    """Join the slices' tables of permission, jobs, facts, sentences, pages and consequences."""
    names = SLICES + (DEMONSTRATION if settings.demonstration else ())
    app.extensions["certify.policy"] = policy.joined(parts(names, "policy", "POLICY"))
    app.extensions["certify.facts"] = parts(names, "queries", "facts_about")
    app.extensions["certify.waiting"] = parts(names, "queries", "waiting_for")
    app.extensions["certify.navigation"] = importlib.import_module("certify.desk.queries").main_pages
    app.extensions["certify.timeline"] = merged(parts(names, "words", "TIMELINE"))
    app.extensions["certify.daily"] = [work for table in parts(names, "jobs", "DAILY") for work in table]
    jobs.init_app(
        app,
        url=settings.queue_url,
        folder=str(settings.instance),
        jobs=merged([KERNEL_JOBS, *parts(names, "jobs", "JOBS")]),
    )
    app.extensions["certify.reactions"] = importlib.import_module("certify.reactions").REACTIONS
    importlib.import_module("certify.accounts.sign_in").init_app(app, settings)
    for name in names:
        for module in ("views", "api"):
            for blueprint in blueprints(slice_module(name, module)):
                app.register_blueprint(blueprint)


def do_daily_work(_payload: dict[str, Any]) -> Any:
    """Job: let every slice do what falls due by date."""
    from flask import current_app

    work = current_app.extensions["certify.daily"]
    return lambda: [task() for task in work]


def seal_audit(_payload: dict[str, Any]) -> Any:
    """Job: seal the heads of the audit chains into a block."""
    from certify.kernel.audit import seal_heads

    return seal_heads


KERNEL_JOBS: dict[str, jobs.Job] = {
    "kernel.send_letter": notices.send_letter,
    "kernel.seal_audit": seal_audit,
    "kernel.daily": do_daily_work,
}


@cache
def slice_module(name: str, module: str) -> ModuleType | None:
    """Import a slice's file, None where the slice has none."""
    path = f"certify.{name}.{module}"
    stands = importlib.util.find_spec(f"certify.{name}") and importlib.util.find_spec(path)
    return importlib.import_module(path) if stands else None


def parts(names: tuple[str, ...], module: str, attribute: str) -> list[Any]:
    """Collect one named part of every slice that has it."""
    modules = [slice_module(name, module) for name in names]
    return [getattr(found, attribute) for found in modules if hasattr(found, attribute)]


def merged(tables: list[dict[str, Any]]) -> dict[str, Any]:
    """Join tables with distinct keys."""
    whole: dict[str, Any] = {}
    for table in tables:
        whole |= table
    return whole


def blueprints(module: ModuleType | None) -> list[Blueprint]:
    """Return the blueprints that a slice's file defines."""
    return [thing for thing in vars(module).values() if isinstance(thing, Blueprint)] if module else []


def import_models() -> None:
    """Import every slice's tables, so that the metadata is whole."""
    for name in SLICES + DEMONSTRATION:
        slice_module(name, "models")
