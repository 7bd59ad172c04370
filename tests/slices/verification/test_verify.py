"""What the verify page and its JSON promise: fresh, the same for everybody, and never more than they know."""

import io
from datetime import timedelta

import pikepdf
import pytest
import sqlalchemy as sa

from certify.certificates.models import Suspension
from certify.certificates.rules import Ground, Procedure, State, takes_effect
from certify.kernel import clock, i18n
from certify.kernel.db import db
from certify.kernel.jobs import OutboxRow
from certify.verification.guessing import ALLOWED
from tests.pages import words

UNKNOWN = "7K3QXM0V9D2RWT5H8B"
WITH_LETTER_O = "7K3QXMOV9D2RWT5H8B"
WRONG_CHECK = "7K3QXM0V9D2RWT5H8C"


def suspend(certificate, change, **moments):
    """Confirm a suspension with these moments."""
    with change():
        db.session.add(
            Suspension(
                certificate_id=certificate.id, procedure=Procedure.ORDINARY, ground=Ground.RIGHTS,
                public_reason="A grave <allegation>.", proposed_at=clock.now(), **moments,
            )
        )  # fmt: skip


# -- fresh ----------------------------------------------------------------------------------------------------------


def test_a_confirmed_suspension_shows_within_five_seconds_of_its_moment(certificate, change, visit, time):
    effective_at = takes_effect(clock.now())
    suspend(certificate, change, effective_at=effective_at)
    address = f"/verify/{certificate.code}"

    before = visit().get(address)
    time.advance(days=9, seconds=86_399)
    still = visit().get(address)
    time.advance(seconds=5)
    after = visit().get(address)

    assert ["in force" in words(page) for page in (before, still, after)] == [True, True, False]
    assert "Suspended since" in words(after)
    assert "max-age=5," in after.headers["Cache-Control"]


def test_a_suspension_that_lapsed_or_was_lifted_is_over(certificate, change, visit):
    now = clock.now()
    suspend(certificate, change, effective_at=now - timedelta(days=40), lapses_at=now - timedelta(days=10))
    suspend(certificate, change, effective_at=now - timedelta(days=5), ended_at=now - timedelta(days=1))

    assert visit().get(f"/api/v1/certificates/{certificate.code}").json["answer"] == "active"


def test_a_suspension_that_waits_for_the_chair_is_not_public(certificate, change, visit):
    suspend(certificate, change)

    page = visit().get(f"/verify/{certificate.code}")

    assert "in force" in words(page)
    assert "allegation" not in page.text


def test_of_several_suspensions_the_one_that_holds_is_told(certificate, change, visit):
    now = clock.now()
    suspend(certificate, change, effective_at=now - timedelta(days=5), ended_at=now - timedelta(days=1))
    suspend(certificate, change, effective_at=now - timedelta(hours=2))

    answer = visit().get(f"/api/v1/certificates/{certificate.code}").json

    assert (answer["answer"], answer["reason"]) == ("suspended", "A grave <allegation>.")


def test_input_15_a_public_reason_is_printed_as_text(certificate, change, visit):
    suspend(certificate, change, effective_at=clock.now())

    assert "A grave &lt;allegation&gt;." in visit().get(f"/verify/{certificate.code}").text


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.WITHDRAWN_BY_HOLDER])
def test_a_withdrawal_has_its_date_and_reason_on_page_and_in_json(certificate, change, visit, state):
    with change():
        certificate.state, certificate.ended_at = state, clock.now()
        certificate.public_reason = "False information."
    code = certificate.code

    page = words(visit().get(f"/verify/{code}"))
    answer = visit().get(f"/api/v1/certificates/{code}").json

    assert "Withdrawn on" in page
    assert (answer["answer"], answer["reason"]) == ("withdrawn", "False information.")
    assert answer["ended_at"] == clock.now().isoformat(timespec="seconds")


# -- codes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [UNKNOWN, WITH_LETTER_O, WITH_LETTER_O.lower(), " ".join(WITH_LETTER_O), WRONG_CHECK])
def test_input_40_a_look_alike_code_is_unknown_and_never_valid(certificate, visit, typed):
    page, answer = visit().get(f"/verify/{typed}"), visit().get(f"/api/v1/certificates/{typed}")

    assert (page.status_code, answer.status_code) == (404, 404)
    assert answer.json["answer"] == "unknown"
    assert "in force" not in words(page)
    assert certificate.holder_name not in page.text + answer.text


def test_a_typed_code_leads_to_its_answer_in_the_language_asked_for(certificate, visit):
    typed = " ".join(certificate.code.lower().replace("0", "O").replace("1", "i"))

    found = visit().get("/verify", query_string={"code": typed, "lang": "es"}, follow_redirects=True)

    assert found.status_code == 200
    assert certificate.holder_name in words(found)
    assert 'lang="es"' in found.text


def test_a_mistyped_code_keeps_what_was_typed_and_says_what_to_check(certificate, visit):
    page = visit().get("/verify", query_string={"code": 'abc"<123'})

    assert page.status_code == 422
    assert "18 letters and digits" in words(page)
    assert 'value="abc&#34;&lt;123"' in page.text


def test_a_pending_certificate_is_unknown_to_page_json_and_register(certificate, change, visit):
    with change():
        certificate.state = State.PENDING
    code, holder = certificate.code, certificate.holder_name

    assert visit().get(f"/verify/{code}").status_code == 404
    assert visit().get(f"/api/v1/certificates/{code}").status_code == 404
    assert holder not in words(visit().get("/register"))


def test_input_30_machines_that_guess_codes_are_held_back(certificate, visit):
    client = visit()

    answers = [client.get(f"/api/v1/certificates/{UNKNOWN}") for _ in range(ALLOWED.amount + 1)]

    assert (answers[-1].status_code, answers[-1].mimetype) == (429, "application/problem+json")
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.get(f"/api/v1/certificates/{certificate.code}").status_code == 200


# -- files ----------------------------------------------------------------------------------------------------------


def test_input_40_an_old_seal_on_a_new_text_is_altered(drop, sealed):
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        page = document.pages[0]
        page.contents_add(b"BT /F1 40 Tf 100 300 Td (DISTINCTION) Tj ET")
        document.save(changed)

    page = words(drop(changed.getvalue()))

    assert "Altered" in page
    assert "in force" not in page


def test_input_40_a_withdrawn_certificates_own_file_is_withdrawn(certificate, change, drop, sealed):
    with change():
        certificate.state, certificate.ended_at = State.WITHDRAWN, clock.now()

    page = words(drop(sealed))

    assert "Withdrawn on" in page
    assert "its seal holds" in page


def test_a_foreign_pdf_is_no_certificate_of_ours(drop):
    foreign = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(foreign)

    page = words(drop(foreign.getvalue()))

    assert "Unknown" in page
    assert "It bears no seal." in page


@pytest.mark.parametrize("content", [b"hello", b"<html><script>alert(1)</script>", b"\x89PNG\r\n\x1a\n" * 9])
def test_input_36_what_is_no_pdf_is_said_to_be_none(drop, content):
    page = drop(content)

    assert page.status_code == 200
    assert "cannot be read as a PDF file" in words(page)


def test_nothing_that_was_dropped_is_kept(app, drop, sealed):
    tables = db.metadata.tables.values()
    before = {table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables}
    drop(sealed)
    drop(sealed[:-20])

    after = {table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables}
    assert after == before
    assert before[OutboxRow.__tablename__] > 0


def test_input_35_a_file_larger_than_is_taken_is_refused_unread(app, certificate, visit):
    body = b"0" * (app.config["MAX_CONTENT_LENGTH"] + 1)

    page = visit().post("/verify", data=body, content_type="multipart/form-data; boundary=edge")

    assert page.status_code == 413


# -- for everybody the same -----------------------------------------------------------------------------------------


def test_json_says_what_is_public_and_nothing_else(certificate, visit):
    answer = visit().get(f"/api/v1/certificates/{certificate.code}")

    assert set(answer.json) == {
        "answer", "checked_at", "number", "code", "holder", "country", "band", "scope", "framework",
        "framework_digest", "granted_on", "valid_until", "reason", "ended_at", "specimen",
    }  # fmt: skip
    assert answer.json["checked_at"] == clock.now().isoformat(timespec="seconds")
    assert answer.json["granted_on"] == certificate.granted_on.isoformat()
    assert answer.json["specimen"] is True
    assert set(answer.json["scope"]) == set(i18n.LANGUAGES)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=5," in answer.headers["Cache-Control"]


def test_input_26_answers_leave_no_cookie_whatever_the_visitor_brings(certificate, visit):
    client = visit()
    with client.session_transaction() as session:
        session["language"] = "fr"

    answers = [client.get(f"{address}/{certificate.code}?lang=es") for address in ("/verify", "/api/v1/certificates")]

    assert ["Set-Cookie" in answer.headers for answer in answers] == [False, False]
    assert 'lang="es"' in answers[0].text
    assert answers[0].headers["Vary"] == "Accept-Language, Cookie"


def test_the_language_kept_elsewhere_is_spoken(certificate, visit):
    client = visit()
    client.get("/?lang=pt")

    assert '<html lang="pt">' in client.get(f"/verify/{certificate.code}").text


@pytest.fixture
def traffic(app):
    """What is asked of the database: statements by a session, and connections taken."""
    statements, connections = [], []

    def note_statement(*said):
        statements.append(said[2])

    def note_connection(*said):
        connections.append(said[0])

    db.session.rollback()
    sa.event.listen(db.engine, "before_cursor_execute", note_statement)
    sa.event.listen(db.engine, "checkout", note_connection)
    yield statements, connections
    sa.event.remove(db.engine, "before_cursor_execute", note_statement)
    sa.event.remove(db.engine, "checkout", note_connection)


@pytest.mark.parametrize("address", ["/verify", "/api/v1/certificates"])
def test_an_answer_asks_neither_session_nor_person_and_one_question_only(certificate, visit, request, address):
    path = f"{address}/{certificate.code}"
    statements, connections = request.getfixturevalue("traffic")

    assert visit().get(path).status_code == 200

    assert (statements, len(connections)) == ([], 1)


def test_input_29_answers_are_protected_for_browsers(certificate, visit):
    page = visit().get(f"/verify/{certificate.code}").headers
    json = visit().get(f"/api/v1/certificates/{certificate.code}").headers

    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["Referrer-Policy"] == "same-origin"
    assert json["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert page["X-Content-Type-Options"] == json["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_input_39_a_wrong_method_is_a_problem_and_no_trace(certificate, visit, method):
    answer = getattr(visit(), method)(f"/api/v1/certificates/{certificate.code}")

    assert 400 <= answer.status_code < 500
    assert answer.mimetype == "application/problem+json"


# -- when nothing can be confirmed ----------------------------------------------------------------------------------


@pytest.fixture
def without_tables(certificate, change):
    """The register's table is out of reach."""
    code = certificate.code
    with change() as session:
        session.execute(sa.text("ALTER TABLE certificate RENAME TO certificate_away"))
    yield code
    with change() as session:
        session.execute(sa.text("ALTER TABLE certificate_away RENAME TO certificate"))


def test_a_page_that_cannot_confirm_says_so_and_is_kept_nowhere(without_tables, visit):
    page = visit().get(f"/verify/{without_tables}")

    assert page.status_code == 503
    assert "do not take this as a yes" in words(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert int(page.headers["Retry-After"]) > 0


def test_machines_are_told_that_nothing_can_be_confirmed(without_tables, visit):
    answer = visit().get(f"/api/v1/certificates/{without_tables}")

    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert "active" not in answer.text


def test_a_dropped_file_is_not_judged_while_nothing_can_be_confirmed(sealed, without_tables, drop):
    page = drop(sealed)

    assert page.status_code == 503
    assert "in force" not in words(page)
