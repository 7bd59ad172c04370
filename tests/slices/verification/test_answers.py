"""Seven honest answers, and an eighth for when none can be given."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from certify.certificates.models import Certificate, Suspension
from certify.certificates.rules import Ground, Procedure, State
from certify.kernel import clock, files
from certify.kernel.db import db
from certify.kernel.files import StoredFile
from certify.verification.guessing import ALLOWED, forget_guesses
from tests.makers.certificates import make_certificate
from tests.pages import words

UNKNOWN = "7K3QXM0V9D2RWT5H8B"


@pytest.fixture
def certificate(app, kept):
    forget_guesses()
    kept("certificate", make_certificate)
    return db.session.query(Certificate).one()


@pytest.fixture
def ask(certificate, visit):
    """The verify page of a code, as a stranger sees it."""
    code = certificate.code
    db.session.commit()
    return lambda typed=code: visit().get(f"/verify/{typed}")


def pdf_of(certificate, language="en") -> bytes:
    [document] = [found for found in certificate.documents if found.language == language]
    return files.storage().get(document.sha256)


def drop(visit, content: bytes):
    return visit().post("/verify", data={"pdf": (io.BytesIO(content), "certificate.pdf")})


def test_an_active_certificate_says_so_in_one_word_and_one_sentence(ask):
    page = ask()

    assert page.status_code == 200
    assert "Active This certificate is genuine and in force." in words(page)


def test_a_code_is_forgiven_its_look_alikes_case_and_spaces(certificate, ask):
    typed = " ".join(certificate.code.lower().replace("0", "o").replace("1", "l"))

    assert ask(typed).status_code == 200


def test_answers_leave_no_cookie_and_are_kept_for_five_seconds_at_most(ask):
    page = ask()

    assert "Set-Cookie" not in page.headers
    assert "max-age=5" in page.headers["Cache-Control"]


def test_a_suspended_certificate_shows_since_when_and_why(certificate, change, ask):
    with change():
        db.session.add(
            Suspension(
                certificate_id=certificate.id, procedure=Procedure.URGENT, ground=Ground.RIGHTS,
                public_reason="A grave allegation.", proposed_at=clock.now(), effective_at=clock.now(),
            )
        )  # fmt: skip

    assert "A grave allegation." in words(ask())
    assert "Suspended" in words(ask())


def test_a_withdrawn_certificate_shows_when_and_why(certificate, change, ask):
    with change():
        certificate.state, certificate.ended_at = State.WITHDRAWN, clock.now()
        certificate.public_reason = "False information."

    page = words(ask())
    assert "Withdrawn on" in page
    assert "False information." in page


def test_a_superseded_certificate_is_not_active(certificate, change, ask):
    with change():
        certificate.state = State.SUPERSEDED

    assert "replaced by a newer one" in words(ask())


def test_an_expired_certificate_was_genuine_once(certificate, ask, time):
    time.advance(days=(certificate.valid_until - clock.today() + timedelta(days=1)).days)

    assert "its time is over" in words(ask())


def test_a_pending_certificate_is_not_known_yet(certificate, change, ask):
    with change():
        certificate.state = State.PENDING

    assert ask().status_code == 404


def test_an_unknown_code_is_unknown_and_never_valid(ask):
    page = ask(UNKNOWN)

    assert page.status_code == 404
    assert "Unknown" in words(page)


def test_when_the_database_is_away_nothing_is_confirmed(app, ask, monkeypatch):
    def away(*_arguments, **_more):
        raise sa.exc.OperationalError("SELECT", {}, OSError("gone"))

    monkeypatch.setattr("certify.verification.views.look_up", away)

    page = ask()
    assert page.status_code == 503
    assert "do not take this as a yes" in words(page)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_the_issued_file_itself_is_genuine(certificate, visit, language):
    assert "genuine and in force" in words(drop(visit, pdf_of(certificate, language)))


@pytest.mark.parametrize("harm", ["a byte changed", "bytes appended"])
def test_input_40_an_altered_file_is_named_and_never_valid(certificate, visit, harm):
    content = bytearray(pdf_of(certificate))
    if harm == "a byte changed":
        content[len(content) // 2] ^= 1
    else:
        content += b"\n% more"

    page = words(drop(visit, bytes(content)))

    assert "Altered" in page
    assert "genuine" not in page


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF"], ids=["empty", "text", "hollow"])
def test_a_foreign_file_is_never_valid(certificate, visit, content):
    page = drop(visit, content)

    assert page.status_code in {200, 422}
    assert "genuine and in force" not in words(page)


def test_a_dropped_file_is_not_stored(certificate, visit):
    before = db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile))
    drop(visit, b"%PDF-1.7 somebody's own")

    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == before
    assert not list(files.storage().folder.rglob(".partial-*"))


def test_machines_get_the_same_answer_as_people(certificate, visit):
    answer = visit().get(f"/api/v1/certificates/{certificate.code}")

    assert answer.json["answer"] == "active"
    assert answer.json["holder"] == certificate.holder_name
    assert not {"scores", "grades", "answers", "votes"} & set(answer.json)


def test_an_unknown_code_is_problem_json_for_machines(certificate, visit):
    answer = visit().get(f"/api/v1/certificates/{UNKNOWN}")

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_input_30_guessing_codes_is_held_back(certificate, visit):
    client = visit()
    answers = [client.get(f"/verify/{UNKNOWN}").status_code for _ in range(ALLOWED.amount + 1)]
    forget_guesses()

    assert answers[-1] == 429
    assert set(answers[:-1]) == {404}


def test_the_register_finds_a_name_without_its_accents(certificate, visit):
    found = visit().get("/register", query_string={"name": certificate.holder_name[:6].lower()})

    assert certificate.holder_name in words(found)


@pytest.mark.parametrize("name", ["%", "_", "' OR 1=1 --", "zzzz"])
def test_inputs_15_and_16_a_search_is_taken_literally(certificate, visit, name):
    found = visit().get("/register", query_string={"name": name})

    assert found.status_code == 200
    assert certificate.number not in words(found)


@pytest.mark.parametrize("address", ["/.well-known/did.json", "/status/revocation/1", "/log/checkpoint", "/trust.json"])
def test_what_verifiers_need_is_served(certificate, visit, address):
    assert visit().get(address).status_code == 200
