"""Signing: in order, once, in time, on exactly one file, by whoever may; by direct call and in the browser."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from certify.accounts import service as accounts
from certify.accounts.models import Grant
from certify.accounts.queries import get_actor, get_person
from certify.accounts.rules import Role
from certify.agreements import queries, service
from certify.agreements.models import SealedFile, Signature
from certify.agreements.rules import Ending, Method, SealedKind, State, chain_faults
from certify.board.queries import chair_of, get_body
from certify.certificates import service as certificates
from certify.certificates.rules import Ground
from certify.kernel import clock, jobs
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db, transaction
from certify.kernel.errors import CertifyError, Invalid, NotAllowed, NotFound, RuleBroken
from certify.organisations import service as organisations
from certify.screening.queries import screening_state
from certify.screening.rules.verdicts import StateWord
from tests.makers import PASSWORD, make_person
from tests.makers.agreements import acting, digest_of, make_cleared, propose, sign, sign_up_to
from tests.makers.organisations import make_colleague
from tests.makers.screening import make_list, screen
from tests.pages import csrf_token, send, words
from tests.slices.agreements.conftest import known_sides
from tests.slices.agreements.test_course import letters_to, rewrite, suspend


def party(agreement, key):
    """The party with a key."""
    found = queries.find_party(agreement, key)
    assert found is not None
    return found


def try_to_sign(agreement, key, *, person=None, sha256=None, password=PASSWORD):
    """Sign by direct call, as its person or another."""
    who = person or known_sides().speaker(party(agreement, key))
    with transaction():
        service.sign(party(agreement, key), sha256=sha256 or digest_of(agreement), password=password, actor=acting(who))


def post_signature(visit, agreement, key, *, person=None, **values):
    """Sign in the browser without what the page would keep from a person: the raw form is sent."""
    who = person or known_sides().speaker(party(agreement, key))
    client = visit(who)
    address = f"/agreements/parties/{party(agreement, key).id}/sign"
    token = csrf_token(client, f"/agreements/parties/{party(agreement, key).id}/decline")
    form = {"csrf_token": token, "sha256": digest_of(agreement), "consent": "y", "password": PASSWORD} | values
    return client.post(address, data=form)


def signed(agreement):
    """The keys of the parties that signed in the round at hand."""
    db.session.rollback()
    return queries.signed(agreement.proposal)


# -- the way it should go ---------------------------------------------------------------------------------------------


def test_each_party_signs_in_its_turn_and_the_agreement_is_in_force(signing):
    sides = known_sides()

    sign_up_to(sides, signing, "secretariat")
    before = signing.state
    jobs.run_due()

    db.session.refresh(signing)
    assert before is State.SIGNING
    assert signing.state is State.IN_FORCE
    assert signing.proposal.ending is Ending.CONCLUDED
    assert set(queries.sealed_files(signing)) == {SealedKind.AGREEMENT, SealedKind.RECORD}


def test_the_entries_of_the_record_form_a_chain_from_the_document(signing):
    sign_up_to(known_sides(), signing, "secretariat")

    entries = [signature.entry for signature in queries.signatures_of(signing.proposal)]

    assert chain_faults(entries, document=digest_of(signing)) == []
    assert [entry["party"] for entry in entries] == ["company", "CO", "CL", "secretariat"]
    assert [entry["capacity"] for entry in entries] == [
        "legal_representative",
        "focal_point",
        "focal_point",
        "officer",
    ]
    assert entries[0]["for"] == known_sides().certificate.holder_name
    assert {entry["method"] for entry in entries} == {Method.ONE_FACTOR.value}


def test_whose_turn_it_is_is_asked_by_letter(signing):
    sides = known_sides()

    sign(sides, signing, "company")

    assert letters_to(sides.representative, about="your turn") == 1
    assert letters_to(sides.focal_points["CO"], about="your turn") == 1
    assert letters_to(sides.focal_points["CL"], about="your turn") == 0


def test_all_are_told_that_it_is_in_force(signing):
    sides = known_sides()
    sign_up_to(sides, signing, "secretariat")

    jobs.run_due()

    for person in (sides.representative, sides.officer, *sides.focal_points.values()):
        assert letters_to(person, about="in force") == 1


# -- refused, by direct call and in the browser -----------------------------------------------------------------------


@pytest.mark.parametrize("key", ["CO", "CL", "secretariat"])
def test_out_of_order(signing, visit, key):
    with pytest.raises(RuleBroken):
        try_to_sign(signing, key)

    answer = post_signature(visit, signing, key)

    assert answer.status_code == 409
    assert "turn" in words(answer)
    assert signed(signing) == frozenset()


def test_twice(signing, visit):
    try_to_sign(signing, "company")

    with pytest.raises(RuleBroken):
        try_to_sign(signing, "company")
    answer = post_signature(visit, signing, "company")

    assert answer.status_code == 409
    assert "signed already" in words(answer)
    assert signed(signing) == {"company"}


def test_an_outdated_version(signing, visit):
    with pytest.raises(RuleBroken):
        try_to_sign(signing, "company", sha256="b" * 64)
    answer = post_signature(visit, signing, "company", sha256="b" * 64)

    assert answer.status_code == 409
    assert "has changed since you opened this page" in words(answer)
    assert signed(signing) == frozenset()


def test_a_version_that_was_replaced(signing, visit, change):
    sides, old = known_sides(), digest_of(signing)
    with change():
        service.decline(party(signing, "company"), reason="Too short.", actor=acting(sides.representative))
    rewrite(sides, signing, title="A longer agreement")
    propose(sides, signing)

    with pytest.raises(RuleBroken):
        try_to_sign(signing, "company", sha256=old)
    answer = post_signature(visit, signing, "company", sha256=old)

    assert answer.status_code == 409


def test_after_the_certificate_was_suspended(signing, visit, change):
    suspend(known_sides(), change)

    with pytest.raises(RuleBroken):
        try_to_sign(signing, "company")
    answer = post_signature(visit, signing, "company")

    assert answer.status_code == 409
    assert "certificate is not active" in words(answer)
    assert signed(signing) == frozenset()


def test_after_the_time_for_signing(signing, visit, time):
    time.advance(days=61)

    with pytest.raises(RuleBroken):
        try_to_sign(signing, "company")
    answer = post_signature(visit, signing, "company")

    assert answer.status_code == 409
    assert "time for signing has passed" in words(answer)
    assert signed(signing) == frozenset()


def test_by_a_legal_representative_who_handed_over(signing, visit, change):
    sides = known_sides()
    company = sides.certificate.organisation
    with change():
        successor = make_colleague(company, name="Nina Soto")
        organisations.hand_over(company, person_id=successor.id, actor=acting(sides.representative))

    with pytest.raises(NotAllowed):
        try_to_sign(signing, "company", person=sides.representative)
    answer = post_signature(visit, signing, "company", person=sides.representative)

    assert answer.status_code == 403
    assert signed(signing) == frozenset()
    try_to_sign(signing, "company", person=get_person(successor.id))
    assert signed(signing) == {"company"}


def test_by_a_focal_point_whose_role_was_taken_away(signing, visit, change):
    sides = known_sides()
    sign(sides, signing, "company")
    client = visit(sides.focal_points["CO"])
    open_before = client.get(f"/agreements/parties/{party(signing, 'CO').id}/sign")
    with change():
        grant = db.session.scalar(sa.select(Grant).where(Grant.person_id == sides.focal_points["CO"].id))
        grant.withdrawn_at = clock.now()

    with pytest.raises(NotFound):
        try_to_sign(signing, "CO")
    answer = send(client, f"/agreements/parties/{party(signing, 'CO').id}/sign", consent="y", password=PASSWORD)

    assert open_before.status_code == 200
    assert answer.status_code == 404
    assert signed(signing) == {"company"}


def test_by_the_focal_point_of_another_country(signing, visit, change):
    sign(known_sides(), signing, "company")
    with change():
        other = make_person("Focal of UY", Role.FOCAL_POINT, country="UY")

    with pytest.raises(NotFound):
        try_to_sign(signing, "CO", person=other)
    with pytest.raises(NotAllowed):
        try_to_sign(signing, "CO", person=known_sides().focal_points["CL"])

    assert post_signature(visit, signing, "CO", person=other).status_code == 404
    assert signed(signing) == {"company"}


def test_by_an_officer_who_did_not_declare(signing, change):
    sign_up_to(known_sides(), signing, "CL")
    with change():
        other = make_person("Oscar", Role.OFFICER)

    with pytest.raises(NotAllowed):
        try_to_sign(signing, "secretariat", person=other)


def test_with_a_wrong_password(signing):
    with pytest.raises(Invalid) as refusal:
        try_to_sign(signing, "company", password="wrong horse")

    assert set(refusal.value.fields) == {"password"}
    assert signed(signing) == frozenset()


def test_with_the_password_of_somebody_else(signing, change):
    with change():
        accounts.add_person(email="other@example.org", name="Other", password="another long secret phrase")

    with pytest.raises(Invalid):
        try_to_sign(signing, "company", password="another long secret phrase")


def test_a_wrong_password_is_recorded(signing, visit):
    post_signature(visit, signing, "company", password="wrong horse")

    refused = sa.select(AuditEntry).where(AuditEntry.action == "party.sign", AuditEntry.outcome == Outcome.REFUSED)
    assert len(db.session.scalars(refused).all()) == 1


def test_a_form_without_consent_signs_nothing(signing, visit):
    answer = post_signature(visit, signing, "company", consent="")

    assert answer.status_code == 422
    assert signed(signing) == frozenset()


def test_input_04_extra_fields_are_ignored(signing, visit):
    answer = post_signature(visit, signing, "company", state="in_force", party="secretariat", role="officer")

    assert answer.status_code == 302
    assert signed(signing) == {"company"}
    assert signing.state is State.SIGNING


def test_before_signing_is_open(sides, change):
    agreement = make_cleared(sides)

    with pytest.raises(RuleBroken):
        try_to_sign(agreement, "company")


# -- races ------------------------------------------------------------------------------------------------------------


def race(app, attempt, *, times=20):
    """Let many try at once; each in its own context, as requests are."""
    outcomes = []

    def try_once():
        with app.app_context():
            try:
                attempt()
                outcomes.append("done")
            except CertifyError as refusal:
                outcomes.append(str(refusal.status))
            finally:
                db.session.remove()

    tries = [threading.Thread(target=try_once) for _ in range(times)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    return outcomes


def test_twenty_parallel_signatures_of_one_party_are_one(app, signing):
    sides = known_sides()
    ids = (party(signing, "company").id, sides.representative.id, digest_of(signing))
    db.session.rollback()

    def attempt():
        with transaction():
            actor = get_actor(get_person(ids[1]))
            service.sign(queries.get_party(ids[0]), sha256=ids[2], password=PASSWORD, actor=actor)

    outcomes = race(app, attempt)

    assert outcomes.count("done") == 1
    assert set(outcomes) <= {"done", "409", "503"}
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 1


def test_parallel_signatures_of_all_parties_keep_the_order(app, signing):
    sides = known_sides()
    people = {key: sides.speaker(party(signing, key)).id for key in signing.proposal.order}
    parties = {key: party(signing, key).id for key in people}
    sha256 = digest_of(signing)
    turns = iter([*people] * 5)
    turn = threading.Lock()
    db.session.rollback()

    def attempt():
        with turn:
            key = next(turns)
        with transaction():
            actor = get_actor(get_person(people[key]))
            service.sign(queries.get_party(parties[key]), sha256=sha256, password=PASSWORD, actor=actor)

    race(app, attempt)

    db.session.rollback()
    entries = [signature.entry for signature in queries.signatures_of(signing.proposal)]
    order = [entry["party"] for entry in entries]
    assert order == list(signing.proposal.order)[: len(order)]
    assert order
    assert chain_faults(entries, document=sha256) == []


# -- screening before the last signature ------------------------------------------------------------------------------


def test_an_old_screening_blocks_only_the_last_signature(signing, time, change, visit):
    sides = known_sides()
    time.advance(days=8)
    sign_up_to(sides, signing, "CL")

    with pytest.raises(RuleBroken) as refusal:
        try_to_sign(signing, "secretariat")
    answer = post_signature(visit, signing, "secretariat")

    assert "older than 7 days" in str(refusal.value)
    assert answer.status_code == 409
    assert signed(signing) == {"company", "CO", "CL"}


def test_the_screening_is_started_when_only_one_signature_is_missing(signing, time):
    sides = known_sides()
    time.advance(days=8)

    sign_up_to(sides, signing, "CL")
    jobs.run_due()

    state = screening_state(signing.organisation_id, on=clock.now())
    assert state.fresh
    assert state.status is StateWord.CLEAR
    sign(sides, signing, "secretariat")
    assert signed(signing) == {"company", "CO", "CL", "secretariat"}


def test_changed_owners_are_not_screened_and_a_blocked_attempt_starts_the_screening(signing, change, visit, time):
    sides = known_sides()
    sign_up_to(sides, signing, "CL")
    time.advance(seconds=60)
    with change():
        company, actor = sides.certificate.organisation, acting(sides.representative)
        organisations.add_director(company, actor=actor, name="Marta Nova", role_title="", country="PE")

    first = post_signature(visit, signing, "secretariat")
    jobs.run_due()
    second = post_signature(visit, signing, "secretariat")

    assert first.status_code == 409
    assert second.status_code == 302
    assert signed(signing) == {"company", "CO", "CL", "secretariat"}


def test_an_open_hit_blocks_the_last_signature(signing, change):
    sides = known_sides()
    sign_up_to(sides, signing, "CL")
    with change():
        make_list(f"9,company,{sides.certificate.holder_name},,PE", list_id="another")
        screen(sides.certificate.organisation)

    with pytest.raises(RuleBroken) as refusal:
        try_to_sign(signing, "secretariat")

    assert "hits that an officer has still to decide" in str(refusal.value)


def test_an_officer_starts_the_screening_by_hand(signing, visit, time):
    sides = known_sides()
    sign_up_to(sides, signing, "CL")
    time.advance(days=9)

    page = send(visit(sides.officer), f"/agreements/{signing.id}")

    assert "The screening was started" in words(page)
    jobs.run_due()
    sign(sides, signing, "secretariat")


# -- declined, lapsed -------------------------------------------------------------------------------------------------


def test_a_decline_reaches_every_party_with_its_reason(signing, change):
    sides = known_sides()
    sign(sides, signing, "company")

    with change():
        reason = "Our parliament has to vote first."
        service.decline(party(signing, "CO"), reason=reason, actor=acting(sides.focal_points["CO"]))

    assert signing.state is State.DRAFTING
    assert signing.proposal.ending is Ending.DECLINED
    for person in (sides.representative, sides.officer, *sides.focal_points.values()):
        assert letters_to(person, about="declined to sign") == 1
    assert signing.proposal.ended_because == reason


def test_a_decline_needs_its_reason(signing, visit):
    page = send(
        visit(known_sides().representative), f"/agreements/parties/{party(signing, 'company').id}/decline", reason=" "
    )

    assert page.status_code == 422
    with pytest.raises(Invalid), transaction():
        actor = acting(known_sides().representative)
        service.decline(party(signing, "company"), reason=" ", actor=actor)


def test_whoever_signed_does_not_decline_and_nothing_is_declined_twice(signing, change):
    sides = known_sides()
    sign(sides, signing, "company")
    with pytest.raises(RuleBroken), change():
        service.decline(party(signing, "company"), reason="No.", actor=acting(sides.representative))
    with change():
        service.decline(party(signing, "CL"), reason="No.", actor=acting(sides.focal_points["CL"]))

    with pytest.raises(RuleBroken), change():
        service.decline(party(signing, "CO"), reason="No.", actor=acting(sides.focal_points["CO"]))


def test_after_a_decline_nobody_signs(signing, change):
    sides = known_sides()
    with change():
        service.decline(party(signing, "CL"), reason="No.", actor=acting(sides.focal_points["CL"]))

    proposal = signing.proposal
    with pytest.raises(RuleBroken), change():
        actor = acting(sides.representative)
        sha256 = proposal.version.sha256
        service.sign(party(signing, "company"), sha256=sha256, password=PASSWORD, actor=actor)


def test_signing_that_is_not_finished_in_time_lapses_once_and_all_are_told(signing, change, time):
    sides = known_sides()
    sign(sides, signing, "company")
    time.advance(days=61)

    for _again in range(2):
        with change():
            service.lapse_signings()

    assert signing.state is State.DRAFTING
    assert signing.proposal.ending is Ending.LAPSED
    assert letters_to(sides.focal_points["CL"], about="time for signing has passed") == 1


def test_what_all_have_signed_does_not_lapse(signing, change, time):
    sign_up_to(known_sides(), signing, "secretariat")
    time.advance(days=61)

    with change():
        service.lapse_signings()
        service.settle_sealing()
    jobs.run_due()

    db.session.refresh(signing)
    assert signing.state is State.IN_FORCE


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_the_last_day_of_signing_lies_ahead_and_within_a_year(sides, change, days):
    agreement = make_cleared(sides)

    with pytest.raises(Invalid) as refusal, change():
        until = clock.today() + timedelta(days=days)
        service.open_signing(agreement, until=until, actor=acting(sides.officer))

    assert set(refusal.value.fields) == {"until"}


def test_the_whole_last_day_counts(sides, change, time):
    agreement = make_cleared(sides)
    with change():
        until = clock.today() + timedelta(days=5)
        service.open_signing(agreement, until=until, actor=acting(sides.officer))
    time.advance(days=5, seconds=14 * 3600)

    sign(sides, agreement, "company")

    assert agreement.proposal.last_day == until
    time.advance(seconds=3600)
    with pytest.raises(RuleBroken):
        try_to_sign(agreement, "CO")


# -- sealing ----------------------------------------------------------------------------------------------------------


def test_a_sealing_that_was_cut_off_is_finished_by_the_next_attempt(signing):
    sign_up_to(known_sides(), signing, "secretariat")
    service.make_sealed(signing.id)

    jobs.run_due()
    jobs.run_due()

    db.session.refresh(signing)
    assert signing.state is State.IN_FORCE
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SealedFile)) == 2


def test_a_second_conclusion_changes_nothing(signing, change):
    sign_up_to(known_sides(), signing, "secretariat")
    sealed = service.make_sealed(signing.id)
    with change():
        service.conclude(signing.id, sealed)
    kept = queries.find_sealed_file(signing, SealedKind.AGREEMENT).sha256

    with change():
        service.conclude(signing.id, sealed)

    assert queries.find_sealed_file(signing, SealedKind.AGREEMENT).sha256 == kept
    assert service.make_sealed(signing.id) is None


def test_nothing_is_sealed_before_the_last_signature(signing):
    sign_up_to(known_sides(), signing, "CL")

    assert service.make_sealed(signing.id) is None


def test_f13_without_keys_the_sealing_waits_and_is_done_later(app, signing, time):
    folder = app.config["CERTIFY"].keys
    hidden = folder.with_name("hidden-keys")
    sign_up_to(known_sides(), signing, "secretariat")
    folder.rename(hidden)
    try:
        jobs.run_due()
    finally:
        hidden.rename(folder)
    db.session.refresh(signing)
    waited = signing.state

    time.advance(seconds=3600)
    jobs.run_due()

    db.session.refresh(signing)
    assert waited is State.SIGNING
    assert signing.state is State.IN_FORCE


def test_a_certificate_suspended_between_signature_and_seal_suspends_the_agreement(signing, change):
    sides = known_sides()
    sign_up_to(sides, signing, "secretariat")
    with change():
        chair = chair_of(get_body("board"))
        certificates.suspend_urgently(
            sides.certificate, ground=Ground.RIGHTS, public_reason="Examined.", actor=acting(chair)
        )

    jobs.run_due()

    db.session.refresh(signing)
    assert signing.state is State.SUSPENDED
