"""Who may do what: every cell of the hand-written table, over HTTP and by direct call, in the demonstration's house.

R may read, W may go on to change (the page opens, or a rule of the case answers), 404 and 403 are refusals, - leads an
unknown visitor to the sign-in page. An empty cell is tried elsewhere.
"""

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import current_app

from certify.accounts.queries import find_person_by_email, get_actor
from certify.applications.models import Application, Evidence
from certify.applications.rules import Status
from certify.board.models import Ballot, Motion
from certify.board.rules import MotionStatus
from certify.certificates.models import Certificate
from certify.cli.permissions import matrix
from certify.consultations.models import Consultation
from certify.demo import loading
from certify.demo.people import called
from certify.kernel import audit, clock, policy
from certify.kernel.db import db
from certify.kernel.errors import CertifyError
from certify.kernel.policy import Actor
from certify.outside.keys import make_demonstration_keys
from tests.pages import csrf_token

ROWS = list(csv.DictReader((Path(__file__).parent.parent / "permissions.csv").read_text("utf-8").splitlines()))
PEOPLE = list(ROWS[0])[4:]
OPENED = {200, 302, 303, 409, 422}


def tell_the_story() -> None:
    """The demonstration as `make run` loads it."""
    settings = current_app.config["CERTIFY"]
    make_demonstration_keys(settings.keys, organisation=settings.organisation_name, now=clock.now())
    loading.load()


@pytest.fixture
def subjects(app, kept):
    kept("story", tell_the_story)
    cases = {case.status: case for case in db.session.scalars(sa.select(Application))}
    tabled = cases[Status.TABLED]
    consulted = sa.select(Consultation).where(Consultation.subject_key == tabled.case_key, Consultation.country == "XA")
    motion = db.session.scalar(sa.select(Motion).where(Motion.status == MotionStatus.TABLED))
    return {
        "draft": cases[Status.DRAFT],
        "tabled": tabled,
        "certified": cases[Status.APPROVED],
        "company": cases[Status.APPROVED].organisation,
        "evidence": db.session.scalar(sa.select(Evidence).where(Evidence.application_id == tabled.id).limit(1)),
        "consultation": db.session.scalar(consulted),
        "motion": motion,
        "ballot": db.session.scalar(sa.select(Ballot).where(Ballot.motion_id == motion.id)),
        "certificate": db.session.scalar(sa.select(Certificate)),
        "person": called("tomas"),
    }


def tried_over_http(client, row, subjects) -> int:
    address = row["address"].format(**{name: subject.id for name, subject in subjects.items()})
    if row["method"] == "GET":
        return client.get(address).status_code
    token = csrf_token(client, "/account") or csrf_token(client, "/login")
    return client.post(address, data={"csrf_token": token}).status_code


def tried_directly(actor, row, subjects) -> str:
    try:
        policy.require(actor, row["action"], subjects.get(row["subject"]))
    except CertifyError as refusal:
        return str(refusal.status)
    return "yes"


def faults(row, subjects, visit):
    """Name each cell that answers otherwise than the table says."""
    for who in PEOPLE:
        expected = row[who]
        if not expected:
            continue
        person = find_person_by_email(f"{who}@demo.example") if who != "anonymous" else None
        direct = tried_directly(get_actor(person) if person else Actor(), row, subjects)
        status = tried_over_http(visit(person), row, subjects)
        if expected in "RW":
            right = direct == "yes" and status in OPENED
        elif expected == "-":
            right = direct != "yes" and status == 302
        else:
            right = direct == expected and status == int(expected)
        if not right:
            yield f"{who}: expected {expected}, directly {direct}, over HTTP {status}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['action']} {row['address']}")
def test_every_cell_of_the_table_answers_as_written(subjects, visit, row):
    assert list(faults(row, subjects, visit)) == []


def test_inputs_01_to_03_a_refusal_leaves_an_audit_line(subjects, visit):
    stranger = find_person_by_email("tomas@demo.example")

    visit(stranger).get(f"/applications/{subjects['tabled'].id}")

    refused = sa.select(audit.AuditEntry).where(
        audit.AuditEntry.case_key == subjects["tabled"].case_key, audit.AuditEntry.outcome == audit.Outcome.REFUSED
    )
    assert db.session.scalar(refused).action == "application.see"


def test_the_printed_table_is_the_one_in_the_documentation(app):
    kept = (Path(__file__).parents[2] / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert matrix() in kept
