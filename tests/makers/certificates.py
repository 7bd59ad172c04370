"""Makes certificates through the real services: decided by the Board, accepted, sealed."""

from __future__ import annotations

from typing import Any

from flask import current_app

from certify.applications.models import Application
from certify.board.queries import find_body
from certify.board.rules import BodyKind
from certify.certificates import service
from certify.certificates.models import Certificate
from certify.kernel import clock, jobs
from certify.kernel.db import db, transaction
from certify.outside.keys import make_demonstration_keys
from tests.makers.applications import signer_of
from tests.makers.assessment import make_tabled_application
from tests.makers.board import adopt, make_board


def make_keys() -> None:
    """Demonstration keys in the house's own folder."""
    settings = current_app.config["CERTIFY"]
    make_demonstration_keys(settings.keys, organisation=settings.organisation_name, now=clock.now())


def make_approved_application(**more: Any) -> Application:
    """An application that the Board approved; inside `with change():`."""
    if find_body(BodyKind.BOARD) is None:
        make_board()
    application, motion = make_tabled_application(**more)
    adopt(motion)
    return application


def accept(application: Application) -> Certificate:
    """The legal representative accepts the terms; inside `with change():`."""
    return service.accept_terms(application, actor=signer_of(application.organisation))


def make_certificate(**more: Any) -> Certificate:
    """An active certificate with its sealed documents; opens its own transactions, as the request and the job do."""
    make_keys()
    with transaction():
        application = make_approved_application(**more)
    with transaction():
        certificate = accept(application)
        certificate_id = certificate.id
    jobs.run_due()
    return db.session.get_one(Certificate, certificate_id)
