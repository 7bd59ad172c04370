"""Agreements as people use them in a browser."""

from __future__ import annotations

import pytest

from certify.accounts.rules import Role
from certify.agreements import queries, service
from certify.agreements.rules import State
from certify.kernel.db import db, transaction
from tests.makers import PASSWORD, make_person
from tests.makers.agreements import (
    TEXTS,
    acting,
    make_agreed,
    make_cleared,
    make_concluded,
    make_draft,
    make_proposed,
    make_signing,
    sign,
    sign_up_to,
)
from tests.pages import parsed, send, words
from tests.slices.agreements.conftest import known_sides

FRAME = {
    "governments": ["CO", "CL"],
    "area": "climate_resilience",
    "sdg_targets": "8.3, 4.4",
    "starts_on": "2026-04-01",
    "ends_on": "2028-03-31",
    "cost_bearer": "each_party",
    "languages": ["en", "es"],
    "no_interest": "y",
}


def party(agreement, key):
    """The party with a key."""
    found = queries.find_party(agreement, key)
    assert found is not None
    return found


def address_of(agreement, key, what):
    """The address at which a party acts."""
    return f"/agreements/parties/{party(agreement, key).id}/{what}"


def only_agreement():
    """The one agreement there is."""
    db.session.rollback()
    return next(iter(queries.list_agreements_for(acting_officer())))


def acting_officer():
    """Any officer."""
    from certify.accounts.queries import list_people_with_role

    return acting(next(person for person in list_people_with_role(Role.OFFICER) if person.name == "Olga Ruiz"))


def test_an_officer_drafts_step_by_step_and_is_told_what_is_missing(sides, visit, work):
    client = visit(sides.officer)

    page = send(client, f"/agreements/new/{sides.certificate.id}", **FRAME)
    agreement = only_agreement()
    address = f"/agreements/{agreement.id}"
    missing = client.get(f"{address}/propose")
    texts = {f"{part}_{code}": text for part, text in TEXTS.items() for code in ("en", "es")}
    send(client, f"{address}/texts", **texts)
    for key in ("company", "CO", "CL", "secretariat"):
        brought = {"text_en": "Trainers.", "text_es": "Instructores."}
        send(client, f"{address}/contributions", party=key, kind="expertise", **brought)
    proposed = send(client, f"{address}/propose")
    before = client.get(address)
    work()
    printed = client.get(address)

    assert "is begun" in words(page)
    assert "The texts in English are not complete." in words(missing)
    assert "Version 1 is before the parties" in words(proposed)
    assert "is being prepared" in words(before)
    assert "Read version 1 (PDF)" in words(printed)
    assert "English, Español (equally authentic)" in words(printed)


def test_nothing_typed_is_lost_on_an_error(sides, visit):
    page = send(visit(sides.officer), f"/agreements/new/{sides.certificate.id}", **(FRAME | {"sdg_targets": "8.99"}))

    assert page.status_code == 422
    assert "Write targets of the 2030 Agenda" in words(page)
    assert parsed(page).find(".//input[@id='sdg_targets']").get("value") == "8.99"
    assert parsed(page).find(".//input[@id='sdg_targets']").get("aria-invalid") == "true"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"governments": []}, "Choose at least one government."),
        ({"languages": []}, "Choose at least one language."),
        ({"ends_on": "2026-03-31"}, "The last day must come after the first."),
        ({"ends_on": "2046-03-31"}, "A term may last ten years at most."),
        ({"starts_on": "2029-04-01", "ends_on": "2030-01-01"}, "The term must begin while the certificate is valid."),
        ({"starts_on": "tomorrow"}, "Enter the date as year, month and day"),
        ({"no_interest": []}, "Whoever has an interest does not draft."),
        ({"governments": ["XX"]}, "not a valid choice"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_frame_with_a_fault_says_so_at_its_field(sides, visit, change, sentence):
    page = send(visit(sides.officer), f"/agreements/new/{sides.certificate.id}", **(FRAME | change))

    assert page.status_code == 422
    assert sentence in words(page)


def test_the_parties_agree_one_after_another_in_their_own_browsers(sides, visit):
    agreement = make_proposed(sides)

    for key in ("company", "CO", "CL", "secretariat"):
        person = sides.speaker(party(agreement, key))
        page = send(visit(person), address_of(agreement, key, "respond"), form=-2, agreed="y")
        assert "agrees to this document" in words(page)

    db.session.refresh(agreement)
    assert agreement.state is State.AGREED


def test_a_comment_reaches_the_room_and_the_secretariat(sides, visit):
    agreement = make_proposed(sides)

    page = send(
        visit(sides.focal_points["CO"]),
        address_of(agreement, "CO", "respond"),
        text="Article 4: say who pays <b>all</b>.",
    )

    assert "Article 4: say who pays <b>all</b>." in words(page)
    assert "<b>all</b>" not in page.text


def test_the_sign_page_shows_the_digest_the_order_and_whose_turn_it_is(signing, visit):
    sides, agreement = known_sides(), signing
    sha256 = queries.live_proposal(agreement).version.sha256

    mine = visit(sides.representative).get(address_of(agreement, "company", "sign"))
    theirs = visit(sides.focal_points["CO"]).get(address_of(agreement, "CO", "sign"))

    assert sha256[:8] in words(mine)
    assert parsed(mine).find(".//input[@type='password']") is not None
    assert "not this party's turn yet" in words(theirs)
    assert parsed(theirs).find(".//input[@type='password']") is None


def test_a_wrong_password_is_refused_at_its_field_and_nothing_is_signed(signing, visit):
    sides, agreement = known_sides(), signing

    page = send(
        visit(sides.representative), address_of(agreement, "company", "sign"), consent="y", password="wrong horse"
    )

    assert page.status_code == 422
    assert "This is not your password." in words(page)
    assert "wrong horse" not in page.text
    assert not queries.signed(queries.live_proposal(agreement))


def test_ten_wrong_passwords_make_the_signatory_wait(signing, visit, time):
    sides, agreement = known_sides(), signing
    client, address = visit(sides.representative), address_of(agreement, "company", "sign")

    for _try in range(10):
        send(client, address, consent="y", password="wrong horse")
    held = send(client, address, consent="y", password=PASSWORD)
    time.advance(seconds=16 * 60)
    page = send(client, address, consent="y", password=PASSWORD)

    assert held.status_code == 429
    assert "You signed the agreement" in words(page)


def test_a_signature_is_confirmed_with_what_happens_next(signing, visit):
    sides, agreement = known_sides(), signing

    page = send(visit(sides.representative), address_of(agreement, "company", "sign"), consent="y", password=PASSWORD)

    assert "You signed the agreement" in words(page)
    assert "Colombia (government) was asked by letter to sign next." in words(page)


def test_a_decline_shows_its_reason_to_every_party(signing, visit):
    sides, agreement = known_sides(), signing
    sign(sides, agreement, "company")

    reason = "Parliament has to vote first."
    send(visit(sides.focal_points["CO"]), address_of(agreement, "CO", "decline"), reason=reason)
    pages = [visit(person).get(f"/agreements/{agreement.id}") for person in (sides.representative, sides.officer)]

    for page in pages:
        assert "Colombia (government) declined to sign." in words(page)
        assert reason in words(page)


def test_the_sealed_documents_are_downloaded_by_the_parties_and_every_reading_is_recorded(concluded, visit):
    sides, agreement = known_sides(), concluded

    for kind in ("agreement", "record"):
        answer = visit(sides.representative).get(f"/agreements/{agreement.id}/sealed/{kind}.pdf")
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF-")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"

    assert visit(sides.representative).get(f"/agreements/{agreement.id}/sealed/other.pdf").status_code == 404


# -- who may see ------------------------------------------------------------------------------------------------------


def test_nobody_but_officers_sees_a_draft_before_it_is_put_before_the_parties(sides, visit):
    agreement = make_draft(sides)
    address = f"/agreements/{agreement.id}"

    assert visit(sides.officer).get(address).status_code == 200
    for person in (sides.representative, *sides.focal_points.values()):
        assert visit(person).get(address).status_code == 404


def test_input_01_an_agreement_of_others_is_not_there(sides, visit, change):
    agreement = make_proposed(sides)
    with change():
        outsiders = [
            make_person("Another company"),
            make_person("Focal of Peru", Role.FOCAL_POINT, country="PE"),
            make_person("Administrator", Role.ADMINISTRATOR),
        ]
    version = queries.live_proposal(agreement).version

    for person in outsiders:
        client = visit(person)
        assert client.get(f"/agreements/{agreement.id}").status_code == 404
        assert client.get(f"/agreements/versions/{version.id}/document.pdf").status_code == 404
        assert client.get(address_of(agreement, "company", "sign")).status_code == 404
        assert client.get(address_of(agreement, "CO", "respond")).status_code == 404


def test_parties_officers_and_the_auditor_open_the_room(sides, visit, change):
    agreement = make_proposed(sides)
    with change():
        auditor = make_person("Auditor", Role.AUDITOR)

    for person in (sides.officer, sides.representative, *sides.focal_points.values(), auditor):
        assert visit(person).get(f"/agreements/{agreement.id}").status_code == 200


def test_a_member_of_the_board_opens_it_once_interests_are_declared(sides, visit, change):
    from certify.board.queries import get_body, holders_of, list_seats
    from tests.makers.board import declare_none

    agreement = make_agreed(sides)
    with change():
        service.table_clearance(agreement, actor=acting(sides.officer))
    member = next(holders_of(seat)[0].person for seat in list_seats(get_body("board")) if seat.state == "UY")
    address = f"/agreements/{agreement.id}"

    before = visit(member).get(address)
    with change():
        declare_none(member, agreement.case_key)
    after = visit(member).get(address)

    assert before.status_code == 404
    assert after.status_code == 200


def test_a_colleague_of_the_company_reads_and_does_not_sign(sides, visit):
    from certify.organisations.queries import list_memberships

    agreement = make_signing(sides)
    people = [found.person for found in list_memberships(sides.certificate.organisation)]
    editor = next(person for person in people if person.name == "Eva Mamani")

    assert visit(editor).get(f"/agreements/{agreement.id}").status_code == 200
    assert visit(editor).get(address_of(agreement, "company", "sign")).status_code == 403


def test_one_party_does_not_act_for_another(sides, visit):
    agreement = make_proposed(sides)

    assert visit(sides.representative).get(address_of(agreement, "CO", "respond")).status_code == 403
    assert visit(sides.focal_points["CO"]).get(address_of(agreement, "CL", "respond")).status_code == 403


def test_an_officer_who_did_not_declare_reads_and_does_not_act(sides, visit, change):
    agreement = make_agreed(sides)
    with change():
        other = make_person("Oscar", Role.OFFICER)

    room = visit(other).get(f"/agreements/{agreement.id}")

    assert room.status_code == 200
    assert "Declare interests" in words(room)
    assert visit(other).get(f"/agreements/{agreement.id}/table").status_code == 403


def test_an_officer_with_an_interest_is_out(sides, visit, change):
    from certify.interests import service as interests
    from certify.interests.rules import Interest, Nature

    agreement = make_agreed(sides)
    with change():
        other = make_person("Oscar", Role.OFFICER)
        interests.declare(
            agreement.case_key,
            interest=Interest.ACTUAL,
            nature=Nature.PERSONAL,
            text="My sister directs the company.",
            actor=acting(other),
        )

    assert visit(other).get(f"/agreements/{agreement.id}").status_code == 404


# -- every page, in every state and language ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_each_page_opens_in_each_language(signing, visit, language):
    sides, agreement = known_sides(), signing
    pages = ["/agreements/", f"/agreements/{agreement.id}"]

    for address in [*pages, "/agreements/new", f"/agreements/new/{sides.certificate.id}"]:
        assert visit(sides.officer).get(f"{address}?lang={language}").status_code == 200
    for address in [*pages, address_of(agreement, "company", "sign"), address_of(agreement, "company", "decline")]:
        assert visit(sides.representative).get(f"{address}?lang={language}").status_code == 200


@pytest.mark.parametrize("make", [make_draft, make_proposed, make_agreed, make_cleared, make_signing, make_concluded])
def test_the_room_opens_in_each_state(sides, visit, make):
    agreement = make(sides)
    client = visit(sides.officer)

    for part in ("", "/frame", "/texts", "/contributions", "/propose", "/table", "/open-signing"):
        page = client.get(f"/agreements/{agreement.id}{part}")
        assert page.status_code == 200, part


def test_an_empty_list_says_what_will_appear(sides, visit):
    assert "Draft one from an active certificate" in words(visit(sides.officer).get("/agreements/"))
    assert "once the Secretariat has put a draft" in words(visit(sides.representative).get("/agreements/"))


def test_a_visitor_without_account_is_asked_to_sign_in(sides, visit):
    answer = visit().get("/agreements/")

    assert answer.status_code == 302
    assert "/login" in answer.location


def test_what_waits_is_said_to_whom_it_waits_for(signing, visit):
    sides, agreement = known_sides(), signing
    sign_up_to(sides, agreement, "company")

    waiting = {
        person.name: [thing.endpoint for thing in queries.waiting_for(acting(person))]
        for person in (sides.representative, *sides.focal_points.values(), sides.officer)
    }

    assert waiting["Focal of CO"] == ["agreements.sign"]
    assert waiting["Focal of CL"] == []
    assert waiting[sides.representative.name] == []


def test_waiting_follows_the_agreement_through_its_states(sides):
    agreement = make_draft(sides)
    drafting = [thing.what for thing in queries.waiting_for(acting(sides.officer))]
    with transaction():
        service.propose_version(agreement, actor=acting(sides.officer))

    unprinted = queries.waiting_for(acting(sides.representative))

    assert any("Finish the draft" in str(what) for what in drafting)
    assert unprinted == []
