"""What `make run` shows a newcomer: the house peopled, three stories told, one before the Board, one begun."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from certify.accounts.models import Person
from certify.applications.models import Application
from certify.board import service as board
from certify.certificates import service as certificates
from certify.certificates.models import Certificate
from certify.cli import schema
from certify.demo import deciding, story
from certify.demo.companies import BEFORE_THE_BOARD, CERTIFIED, DRAFT, INELIGIBLE, REFUSED, Company
from certify.demo.people import COMPANY_PEOPLE, FOCAL_POINTS, PASSWORD, SEATS, STAFF, Part
from certify.kernel import clock, jobs
from certify.kernel.db import db, transaction
from certify.outside.keys import make_demonstration_keys

OPEN_QUESTIONS = 5
"""Questions that the newcomer answers before signing off the draft."""


def prepare(app: Flask) -> str:
    """Make keys and load the story where there is none yet; return what the newcomer needs to know."""
    settings = app.config["CERTIFY"]
    make_demonstration_keys(settings.keys, organisation=settings.organisation_name, now=clock.now())
    told = settings.instance / "story.told"
    if not told.exists():
        begin_afresh()
        load()
        told.touch()
    return greeting(settings.public_address)


def begin_afresh() -> None:
    """Empty a demonstration whose telling was cut off; one that was told to its end is never touched."""
    if db.session.scalar(sa.select(Person.id).limit(1)) is not None:
        db.session.remove()
        schema.downgrade("base")
        schema.upgrade()


def load() -> None:
    """Play the story up to the point where the newcomer goes on."""
    story.people_the_house()
    certify(CERTIFIED)
    refuse(REFUSED)
    exclude(INELIGIBLE)
    put_before_the_board(BEFORE_THE_BOARD)
    story.draft(DRAFT, story.register(DRAFT), unanswered=OPEN_QUESTIONS)
    jobs.run_due()


def certify(company: Company) -> Certificate:
    """Play a case up to its certificate."""
    application = story.draft(company, story.register(company))
    story.submit(application, company)
    story.no_objection(application)
    story.clear_hits(application)
    story.assess(application)
    deciding.decide(story.table(application))
    with transaction():
        certificate = certificates.accept_terms(application, actor=story.as_actor(company.person))
    jobs.run_due()
    return certificate


def refuse(company: Company) -> Application:
    """Play a case that human rights bring down."""
    application = story.draft(company, story.register(company))
    story.submit(application, company)
    story.no_objection(application)
    story.clear_hits(application)
    story.assess(application)
    deciding.decide(story.table(application))
    jobs.run_due()
    return application


def exclude(company: Company) -> Application:
    """Play a case that a confirmed exclusion ends."""
    application = story.draft(company, story.register(company))
    story.submit(application, company)
    story.exclude(application, company)
    return application


def put_before_the_board(company: Company) -> None:
    """Play a case up to a session in progress with its ballot open, so that the newcomer votes."""
    application = story.draft(company, story.register(company))
    story.submit(application, company)
    story.no_objection(application)
    story.clear_hits(application)
    story.assess(application)
    motion = story.table(application)
    with transaction():
        chair = deciding.chair_of(motion)
        session = board.open_session(motion.body, title="Session in progress", motions=[motion], actor=chair)
        deciding.attend(motion, deciding.free_holders(motion))
        board.open_ballot(motion, session=session, actor=deciding.chair_of(motion))


def greeting(address: str) -> str:
    """Return the accounts and the tools of the demonstration."""
    parts: tuple[Part, ...] = (*COMPANY_PEOPLE, *STAFF, *SEATS[2:5], SEATS[0], *FOCAL_POINTS)
    lines = [f"  {part.email:<28} {part.what}" for part in parts]
    return "\n".join(
        [
            "",
            "Demonstration: everything is invented, everything issued says SPECIMEN.",
            f"Password of every account: {PASSWORD}",
            *lines,
            f"Captured mail:   {address}/demonstration/mail",
            f"Votes and clock: {address}/demonstration",
            "",
        ]
    )
