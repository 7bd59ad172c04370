"""The course of an agreement: versions, negotiation, clearance of exactly one file, the certificate behind it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from certify.accounts.rules import Role
from certify.agreements import queries, service
from certify.agreements.models import Agreement, Clearance, Version
from certify.agreements.rules import ContributionKind, Ending, State
from certify.agreements.words import TIMELINE
from certify.board.queries import get_motion
from certify.board.rules import MotionDecided, MotionKind, MotionStatus
from certify.certificates import service as certificates
from certify.certificates.rules import Ground
from certify.interests.queries import find_subject, state_conflicts
from certify.kernel import events
from certify.kernel.db import db, transaction
from certify.kernel.errors import Invalid, NotAllowed, NotFound, RuleBroken
from certify.kernel.jobs import OutboxRow
from tests.makers import make_person
from tests.makers.agreements import (
    FRAME,
    acting,
    agree_all,
    clear,
    digest_of,
    make_agreed,
    make_cleared,
    make_concluded,
    make_draft,
    make_proposed,
    propose,
    sign_up_to,
)
from tests.makers.board import reject
from tests.slices.agreements.conftest import known_sides


def letters_to(person, *, about):
    """How many letters with these words in the subject a person was promised."""
    rows = db.session.scalars(sa.select(OutboxRow).where(OutboxRow.job == "kernel.send_letter"))
    return sum(row.payload["to"] == person.email and about in row.payload["subject"] for row in rows)


def rewrite(sides, agreement, **parts):
    """The officer changes the working text."""
    with transaction():
        texts = dict.fromkeys(agreement.languages, parts)
        service.write_texts(agreement, texts=texts, actor=acting(sides.officer))


# -- drafting ---------------------------------------------------------------------------------------------------------


def test_an_agreement_goes_from_draft_to_force(sides):
    agreement = make_concluded(sides)

    assert agreement.state is State.IN_FORCE
    kinds = [row.kind for row in events.list_events(agreement.case_key) if row.kind in TIMELINE]
    assert kinds == [
        "AgreementDrafted",
        "VersionProposed",
        "VersionPrinted",
        *["PartyAgreed"] * 4,
        "VersionAgreed",
        "ClearanceTabled",
        "AgreementCleared",
        "SigningOpened",
        *["AgreementSigned"] * 4,
        "AgreementConcluded",
    ]


def test_parties_stand_in_the_order_of_signing(sides):
    agreement = make_draft(sides)

    assert [party.key for party in agreement.present_parties] == ["company", "CO", "CL", "secretariat"]


def test_the_states_of_the_parties_are_in_conflict_by_rule(sides):
    agreement = make_draft(sides)

    assert state_conflicts(agreement.case_key) == {"PE", "CO", "CL"}
    assert find_subject(agreement.case_key).organisations == [sides.certificate.holder_name]


def test_only_an_officer_drafts(sides, change):
    for person in (sides.representative, *sides.focal_points.values()):
        with pytest.raises((NotAllowed, NotFound)), change():
            service.draft_agreement(sides.certificate, frame=FRAME, actor=acting(person))


def test_a_suspended_certificate_leads_to_no_agreement(sides, change):
    suspend(sides, change)

    with pytest.raises(RuleBroken), change():
        service.draft_agreement(sides.certificate, frame=FRAME, actor=acting(sides.officer))


def test_a_frame_is_refused_with_its_field_by_the_service_too(sides, change):
    with pytest.raises(Invalid) as refusal, change():
        frame = replace(FRAME, governments=("FR",))
        service.draft_agreement(sides.certificate, frame=frame, actor=acting(sides.officer))

    assert set(refusal.value.fields) == {"governments"}


def test_an_incomplete_draft_is_not_put_before_the_parties(sides, change):
    with change():
        agreement = service.draft_agreement(sides.certificate, frame=FRAME, actor=acting(sides.officer))

    with pytest.raises(RuleBroken), change():
        service.propose_version(agreement, actor=acting(sides.officer))

    assert {gap.lack.value for gap in queries.gaps_in(agreement)} == {"text", "contribution"}


def test_a_government_without_focal_point_is_a_gap(sides, change):
    agreement = make_draft(sides)

    with change():
        frame = replace(FRAME, governments=("CO", "UY"))
        service.save_frame(agreement, frame=frame, actor=acting(sides.officer))

    lacks = {(gap.lack.value, gap.of) for gap in queries.gaps_in(agreement)}
    assert ("speaker", "UY") in lacks


def test_particular_conditions_stand_in_all_languages_or_in_none(sides, change):
    agreement = make_draft(sides, frame=replace(FRAME, languages=("en", "es")))

    with change():
        service.write_texts(agreement, texts={"en": {"particular": "Only in May."}}, actor=acting(sides.officer))

    assert [(gap.lack.value, gap.of) for gap in queries.gaps_in(agreement)] == [("particular", "es")]


def test_two_officers_do_not_overwrite_one_another(sides, change):
    agreement = make_draft(sides)
    seen = agreement.revision
    rewrite(sides, agreement, title="Another title")

    with pytest.raises(RuleBroken), change():
        texts = {"en": {"title": "Mine"}}
        service.write_texts(agreement, texts=texts, revision=seen, actor=acting(sides.officer))

    assert agreement.texts["en"]["title"] == "Another title"


def test_a_contribution_is_said_in_every_language(sides, change):
    agreement = make_draft(sides, frame=replace(FRAME, languages=("en", "es")))

    with pytest.raises(Invalid) as refusal, change():
        service.add_contribution(
            agreement,
            party="company",
            kind=ContributionKind.FINANCE,
            texts={"en": "Money."},
            actor=acting(sides.officer),
        )

    assert set(refusal.value.fields) == {"text_es"}


# -- versions and negotiation -----------------------------------------------------------------------------------------


def test_a_version_names_everything_it_says(sides):
    agreement = make_proposed(sides)

    terms = agreement.proposal.version.content["terms"]

    assert [party["key"] for party in terms["parties"]] == ["company", "CO", "CL", "secretariat"]
    assert len(terms["clauses"]["en"]) == 21
    assert terms["texts"]["en"]["added_value"] in str(terms["clauses"]["en"])
    assert len(terms["contributions"]) == 4


def test_nobody_agrees_before_the_document_is_printed(sides, change):
    agreement = make_draft(sides)
    with change():
        service.propose_version(agreement, actor=acting(sides.officer))
    party = queries.find_party(agreement, "company")

    with pytest.raises(RuleBroken), change():
        service.agree(party, sha256="", actor=acting(sides.representative))


def test_agreeing_to_another_file_is_refused(sides, change):
    agreement = make_proposed(sides)
    party = queries.find_party(agreement, "company")

    with pytest.raises(RuleBroken), change():
        service.agree(party, sha256="b" * 64, actor=acting(sides.representative))


def test_agreeing_twice_is_refused(sides, change):
    agreement = make_proposed(sides)
    party = queries.find_party(agreement, "company")
    with change():
        service.agree(party, sha256=digest_of(agreement), actor=acting(sides.representative))

    with pytest.raises(RuleBroken), change():
        service.agree(party, sha256=digest_of(agreement), actor=acting(sides.representative))

    assert queries.assented(queries.live_proposal(agreement)) == {"company"}


def test_the_same_words_are_not_put_before_the_parties_twice(sides, change):
    agreement = make_proposed(sides)

    with pytest.raises(RuleBroken), change():
        service.propose_version(agreement, actor=acting(sides.officer))


@pytest.mark.parametrize("make", [make_proposed, make_agreed, make_cleared])
def test_a_changed_word_makes_a_new_version_and_returns_to_negotiation(sides, make):
    agreement = make(sides)
    first = agreement.proposal

    rewrite(sides, agreement, title="Technicians for cleaner energy")
    propose(sides, agreement)

    assert agreement.state is State.NEGOTIATION
    assert first.ending is Ending.SUPERSEDED
    assert [version.number for version in agreement.versions] == [1, 2]
    assert agreement.versions[0].sha256 != agreement.versions[1].sha256
    assert queries.assented(queries.live_proposal(agreement)) == frozenset()


def test_what_was_agreed_to_an_earlier_version_does_not_count_for_the_next(sides, change):
    agreement = make_proposed(sides)
    old = digest_of(agreement)
    party = queries.find_party(agreement, "company")
    rewrite(sides, agreement, title="Technicians for cleaner energy")
    propose(sides, agreement)

    with pytest.raises(RuleBroken), change():
        service.agree(party, sha256=old, actor=acting(sides.representative))


def test_a_version_is_never_changed(sides):
    agreement = make_proposed(sides)
    before = dict(agreement.versions[0].content)

    rewrite(sides, agreement, title="Something else")
    propose(sides, agreement)

    assert agreement.versions[0].content == before


def test_a_government_that_leaves_and_one_that_joins_are_told_apart(sides, change):
    agreement = make_proposed(sides)
    with change():
        make_person("Focal of UY", Role.FOCAL_POINT, country="UY")
        frame = replace(FRAME, governments=("CO", "UY"))
        service.save_frame(agreement, frame=frame, actor=acting(sides.officer))
        service.add_contribution(
            agreement,
            party="UY",
            kind=ContributionKind.EXPERTISE,
            texts={"en": "Trainers."},
            actor=acting(sides.officer),
        )

    before = agreement.keys_of_sight
    propose(sides, agreement)

    assert {"CL", "UY"} <= before
    assert agreement.proposal.order == ("company", "CO", "UY", "secretariat")
    assert "CL" not in agreement.keys_of_sight


def test_a_comment_is_a_letter_to_who_drafted(sides, change):
    agreement = make_proposed(sides)

    with change():
        party = queries.find_party(agreement, "CL")
        service.comment(party, text="Please add Article 22.", actor=acting(sides.focal_points["CL"]))

    assert letters_to(sides.officer, about="commented") == 1
    assert [said.text for said in queries.comments_on(agreement)] == ["Please add Article 22."]


# -- clearance --------------------------------------------------------------------------------------------------------


def test_the_motion_names_exactly_the_file_that_all_agreed_to(sides, change):
    agreement = make_agreed(sides)

    with change():
        motion = service.table_clearance(agreement, actor=acting(sides.officer))

    assert motion.kind is MotionKind.CLEAR_AGREEMENT
    assert motion.detail["sha256"] == digest_of(agreement)
    assert set(motion.countries) == {"PE", "CO", "CL"}
    assert str(sides.officer.id) in motion.out
    assert digest_of(agreement) in motion.text


def test_nothing_is_tabled_before_all_agree_or_twice(sides, change):
    agreement = make_proposed(sides)
    with pytest.raises(RuleBroken), change():
        service.table_clearance(agreement, actor=acting(sides.officer))
    agree_all(sides, agreement)
    with change():
        service.table_clearance(agreement, actor=acting(sides.officer))

    with pytest.raises(RuleBroken), change():
        service.table_clearance(agreement, actor=acting(sides.officer))


def test_a_word_changed_while_the_board_has_it_withdraws_the_motion(sides, change):
    agreement = make_agreed(sides)
    with change():
        motion_id = service.table_clearance(agreement, actor=acting(sides.officer)).id

    rewrite(sides, agreement, title="Something else")
    propose(sides, agreement)

    assert get_motion(motion_id).status is MotionStatus.WITHDRAWN
    assert agreement.state is State.NEGOTIATION


def test_a_decision_on_another_file_clears_nothing(sides, change):
    agreement = make_agreed(sides)
    with change():
        motion = service.table_clearance(agreement, actor=acting(sides.officer))
        detail = motion.detail | {"sha256": "b" * 64}

    with change():
        decided = MotionDecided(motion.id, motion.kind, motion.subject_key, "adopted", "MB/RES.99/26", detail)
        service.when_motion_decided(decided)

    assert agreement.state is State.AGREED
    assert queries.clearance_of(agreement, digest_of(agreement)) is None


def test_a_rejected_motion_returns_the_agreement_to_drafting_and_all_are_told(sides, change):
    agreement = make_agreed(sides)
    with change():
        motion = service.table_clearance(agreement, actor=acting(sides.officer))

    with change():
        reject(motion)

    assert agreement.state is State.DRAFTING
    assert agreement.proposal.ending is Ending.REJECTED
    for person in (sides.representative, sides.officer, *sides.focal_points.values()):
        assert letters_to(person, about="did not clear") == 1


def test_another_kind_of_motion_on_the_same_case_changes_nothing(sides, change):
    agreement = make_agreed(sides)

    with change():
        event = MotionDecided(agreement.id, MotionKind.CERTIFY, agreement.case_key, "adopted", "MB/RES.9/26", {})
        service.when_motion_decided(event)

    assert agreement.state is State.AGREED


def test_the_same_file_agreed_again_keeps_its_clearance(signing, change):
    sides, agreement = known_sides(), signing
    sign_up_to(sides, agreement, "company")
    with change():
        party = queries.find_party(agreement, "CO")
        service.decline(party, reason="Our minister is away.", actor=acting(sides.focal_points["CO"]))
    first = agreement.versions[0].sha256

    propose(sides, agreement)
    again = digest_of(agreement)
    agree_all(sides, agreement)

    assert again == first
    assert agreement.state is State.CLEARED
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Version)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Clearance)) == 1
    assert queries.signed(queries.live_proposal(agreement)) == frozenset()


def test_another_text_after_a_decline_needs_a_new_clearance(signing, change):
    sides, agreement = known_sides(), signing
    with change():
        party = queries.find_party(agreement, "company")
        service.decline(party, reason="The term is too short.", actor=acting(sides.representative))

    rewrite(sides, agreement, particular="The term may be extended once.")
    propose(sides, agreement)
    agree_all(sides, agreement)

    assert agreement.state is State.AGREED
    clear(sides, agreement)
    assert agreement.state is State.CLEARED


# -- one chain --------------------------------------------------------------------------------------------------------


def suspend(sides, change):
    """The chair suspends the certificate at once."""
    from certify.board.queries import chair_of, get_body

    with change():
        chair = chair_of(get_body("board"))
        certificates.suspend_urgently(
            sides.certificate,
            ground=Ground.RIGHTS,
            public_reason="A serious concern is being examined.",
            actor=acting(chair),
        )


def reinstate(sides, change):
    """The chair lifts the suspension."""
    from certify.board.queries import chair_of, get_body

    with change():
        chair = chair_of(get_body("board"))
        certificates.reinstate(sides.certificate, public_reason="The concern was answered.", actor=acting(chair))


def test_a_suspended_certificate_suspends_the_agreement_and_tells_every_party(concluded, change):
    sides, agreement = known_sides(), concluded

    suspend(sides, change)

    assert agreement.state is State.SUSPENDED
    assert agreement.alert == "A serious concern is being examined."
    for person in (sides.representative, sides.officer, *sides.focal_points.values()):
        assert letters_to(person, about="is not active") == 1


def test_the_agreement_goes_on_when_the_suspension_is_lifted(concluded, change):
    sides, agreement = known_sides(), concluded
    suspend(sides, change)

    reinstate(sides, change)

    assert agreement.state is State.IN_FORCE
    assert agreement.alerted_at is None
    assert letters_to(sides.representative, about="active again") >= 1


def test_an_agreement_under_way_is_alerted_and_keeps_its_state(sides, change):
    agreement = make_agreed(sides)

    suspend(sides, change)

    assert agreement.state is State.AGREED
    assert agreement.alerted_at is not None


def test_a_withdrawn_certificate_suspends_the_agreement(concluded, change):
    sides, agreement = known_sides(), concluded
    with change():
        withdrawal = certificates.give_back(
            sides.certificate, public_reason="We stop our activity.", actor=acting(sides.representative)
        )

    with change():
        certificates.confirm_given_back(withdrawal, actor=acting(sides.officer))

    assert agreement.state is State.SUSPENDED
    assert agreement.alert == "We stop our activity."


def test_the_term_ends_by_date_and_once(concluded, change, time):
    agreement = concluded
    time.advance(days=(FRAME.ends_on - time.at.date()).days)
    with change():
        service.expire_agreements()
    still = agreement.state

    time.advance(days=1)
    for _again in range(2):
        with change():
            service.expire_agreements()

    assert still is State.IN_FORCE
    assert agreement.state is State.EXPIRED
    kinds = [row.kind for row in events.list_events(agreement.case_key)]
    assert kinds.count("AgreementExpired") == 1


def test_daily_work_runs_on_an_empty_house(app, change):
    from certify.agreements.jobs import DAILY

    with change():
        for task in DAILY:
            task()

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Agreement)) == 0
