"""Whatever people type is shown as text, stored exactly, or refused in words; never run and never a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest

from certify.accounts.queries import get_actor
from certify.applications import queries, service
from certify.applications.rules import Given
from tests.makers.applications import make_application, make_submitted_application
from tests.pages import fields, parsed, send, words
from tests.slices.applications.conftest import Company, clear, make_assessor

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
TEMPLATES = "{{7*7}} {{1234567*9}} {% raw %} ${1234567*9} #{1234567*9}"


def test_inputs_14_and_17_text_is_escaped_on_every_page(company: Company, change: Any, visit: Any, work: Any) -> None:
    hostile = f"{SCRIPT} {TEMPLATES}"
    with change():
        company.organisation.legal_name = hostile
        application = make_submitted_application(
            company.organisation, proposed_cooperation=hostile, answers={"HRT-01": Given(level=3, note=hostile)}
        )
        officer = make_assessor(application)
    work()
    base = f"/applications/{application.id}"

    for person, path in [
        (company.reader, "/applications/"),
        (company.reader, base),
        (company.reader, f"{base}/answers"),
        (company.reader, f"{base}/snapshots/1"),
        (officer, f"{base}/snapshots/1"),
        (company.representative, f"{base}/withdraw"),
    ]:
        page = visit(person).get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text and "<img src=x" not in page.text
        assert str(1234567 * 9) not in words(page)
    assert TEMPLATES in words(visit(company.reader).get(f"{base}/snapshots/1"))


@pytest.mark.parametrize("text", ["'; DROP TABLE answer;--", "' UNION SELECT * FROM person--", "100%_\\"])
def test_input_16_quotes_and_wildcards_are_literal(company: Company, change: Any, visit: Any, text: str) -> None:
    with change():
        application = make_application(company.organisation)
    address = f"/applications/{application.id}/questions/HRT-01"

    send(visit(company.editor), address, level="1", note=text, go="back")

    stored = queries.find_answer(application, "HRT-01")
    assert stored is not None and stored.note == text


@pytest.mark.parametrize(
    "note",
    ["a\u202eb", "\U0001f600" * 2_000, "línea\r\notra", "﷽ Ĳ ﬁ"],
    ids=["direction", "astral", "lines", "ligatures"],
)
def test_input_38_odd_text_is_stored_exactly(company: Company, change: Any, visit: Any, note: str) -> None:
    with change():
        application = make_application(company.organisation)
    client, address = visit(company.editor), f"/applications/{application.id}/questions/HRT-01"

    page = send(client, address, level="1", note=note, go="back")

    stored = queries.find_answer(application, "HRT-01")
    assert page.status_code == 200
    assert stored is not None and stored.note == note


@pytest.mark.parametrize(
    "note",
    ["x" * 200_000, "\U0001f600" * 5_000, "a\x00b", "a\x07b"],
    ids=["200 kB", "5 000 astral", "nul", "bell"],
)
def test_input_38_impossible_text_is_refused(company: Company, change: Any, visit: Any, note: str) -> None:
    with change():
        application = make_application(company.organisation)
    client, address = visit(company.editor), f"/applications/{application.id}/questions/HRT-01"
    page = client.post(address, data=fields(client.get(address), form=1) | {"level": "1", "note": note, "go": "back"})

    assert page.status_code in {400, 422}
    assert queries.find_answer(application, "HRT-01") is None


def test_input_38_half_a_surrogate_pair_is_refused(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client, address = visit(company.editor), f"/applications/{application.id}/questions/HRT-01"
    known = fields(client.get(address), form=1) | {"level": "1", "note": "a\ud800b", "go": "back"}
    part = '--edge\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "".join(part.format(name, value) for name, value in known.items()) + "--edge--\r\n"

    page = client.post(
        address, data=body.encode("utf-8", "surrogatepass"), content_type="multipart/form-data; boundary=edge"
    )

    assert page.status_code == 422
    assert queries.find_answer(application, "HRT-01") is None


def test_input_39_a_form_of_1500_parts_and_wrong_methods_are_refused(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client, address = visit(company.editor), f"/applications/{application.id}/questions/HRT-01"
    many = {f"part{number}": "x" for number in range(1_500)}

    assert client.post(address, data=many, content_type="multipart/form-data").status_code in {400, 413}
    assert client.put(address).status_code == 405
    assert client.delete(f"/applications/{application.id}").status_code == 405


def test_input_23_a_form_without_its_token_changes_nothing(company: Company, change: Any, visit: Any) -> None:
    with change():
        application = make_application(company.organisation)
    client, address = visit(company.editor), f"/applications/{application.id}/questions/HRT-01"

    without = client.post(address, data={"level": "1", "revision": "0", "go": "back"})
    foreign = client.post(
        address,
        data=fields(client.get(address), form=1) | {"level": "1"},
        headers={"Origin": "https://evil.example"},
    )

    assert (without.status_code, foreign.status_code) == (400, 403)
    assert queries.answers_of(application) == {}


def test_input_21_a_line_break_in_a_name_reaches_no_header(company: Company, change: Any) -> None:
    with change():
        application = make_application(company.organisation)
        company.editor.name = "Eva\r\nBcc: all@example.org"
        service.save_answer(
            application, criterion="HRT-01", given=Given(level=1), revision=0, actor=get_actor(company.editor)
        )

    stored = queries.find_answer(application, "HRT-01")
    assert stored is not None and stored.saved_by_id == company.editor.id


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_the_questions_are_asked_in_four_languages(company: Company, change: Any, visit: Any, language: str) -> None:
    with change():
        application = make_application(company.organisation)
    framework = queries.pinned_framework(application)

    page = visit(company.editor).get(f"/applications/{application.id}/questions/HRT-01?lang={language}")

    assert parsed(page).get("lang") == language
    for key in ("HRT-01.question", "HRT-01.level.3"):
        assert " ".join(framework.text(language, key).split()) in words(page)


def test_a_barred_assessor_is_told_nothing_by_a_page_of_refusal(company: Company, change: Any, visit: Any) -> None:
    from certify.interests.rules import Interest

    with change():
        application = make_submitted_application(company.organisation)
        officer = make_assessor(application)
        clear(officer, application, Interest.ACTUAL)

    page = visit(officer).get(f"/applications/{application.id}")

    assert page.status_code == 404
    assert company.organisation.legal_name not in page.text
