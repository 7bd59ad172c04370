"""The recommendation: never more than the band bears, complete, frozen once tabled; and what the vote makes of it."""

from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from certify.accounts.queries import get_actor
from certify.applications import service as applications
from certify.applications.rules import Status
from certify.assessment import queries, service
from certify.assessment.rules import Condition, Recommended
from certify.board import queries as board_queries
from certify.board import service as board
from certify.board.rules import MotionDecided, MotionKind, MotionStatus
from certify.consultations import queries as consultations
from certify.consultations import service as consultation_service
from certify.criteria.rules import Band
from certify.kernel import files
from certify.kernel.db import db
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.files import StoredFile
from certify.kernel.jobs import OutboxRow
from certify.kernel.policy import Actor
from tests.makers import assessment as make
from tests.makers.applications import signer_of
from tests.makers.board import adopt, make_board, reject
from tests.makers.consultations import make_focal_point, object_to
from tests.pages import fields, send, words
from tests.slices.assessment.test_findings import letters

PLAN = Condition("Publish a policy.", "General manager", date(2026, 7, 1))


def write(case, recommended=Recommended.CERTIFY, **parts):
    """A recommendation of the case's assessor."""
    known = {"text": "Certify.", "reasons": "Because.", "added_value": "Technicians.", "conditions": ()}
    return service.write_recommendation(case, recommended=recommended, **(known | parts), actor=make.assessor_of(case))


def test_nothing_more_is_recommended_than_the_band_bears(app, change, visit):
    with change():
        make_board()
        case = make.make_reviewed_application(band=Band.NOT_CERTIFIED)
        with pytest.raises(RuleBroken, match="band does not permit"):
            write(case)
    officer = visit(make.get_person(case.assessor_id))
    address = f"/cases/{case.id}/recommendation"
    page = officer.get(address)
    assert 'value="certify"' not in page.text
    answer = officer.post(address, data=fields(page) | {"recommended": "certify", "text": "x", "added_value": "x"})
    assert answer.status_code == 422

    with change():
        write(case, Recommended.REFUSE)
        motion = service.table_case(case, actor=make.assessor_of(case))

    assert motion.kind is MotionKind.REFUSE


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"text": " "}, "text"),
        ({"added_value": ""}, "added_value"),
        ({"recommended": Recommended.REFUSE, "reasons": ""}, "reasons"),
        ({}, "conditions-0-text"),
        ({"conditions": [replace(PLAN, owner="")]}, "conditions-0-owner"),
        ({"conditions": [PLAN, replace(PLAN, due_on=date(2026, 9, 3))]}, "conditions-1-due_on"),
    ],
    ids=["no text", "no added value", "no reasons", "no condition", "no owner", "later than six months"],
)
def test_a_recommendation_that_leaves_something_out_is_refused_at_its_field(app, change, parts, field):
    with change():
        case = make.make_reviewed_application(band=Band.CONDITIONAL)
        with pytest.raises(Invalid) as fault:
            write(case, **parts)

    assert set(fault.value.fields) == {field}


def test_the_form_keeps_what_was_typed_and_suggests_what_cures_the_gap(app, change, visit):
    with change():
        case = make.make_reviewed_application(band=Band.CONDITIONAL)
    officer, address = visit(make.get_person(case.assessor_id)), f"/cases/{case.id}/recommendation"
    assert fields(officer.get(address))["conditions-0-text"].startswith("Reach level 2 of HRT-01")

    page = send(officer, address, text="Certify.", added_value="Technicians.", **{"conditions-0-due_on": "soon"})

    assert page.status_code == 422
    assert "Certify." in page.text
    assert 'id="conditions-0-due_on-error"' in page.text
    assert queries.latest_recommendation(case) is None


def test_a_tabled_recommendation_is_frozen_and_evaluators_never_vote(app, change):
    with change():
        make_board()
        case, motion = make.make_tabled_application()
        with pytest.raises(RuleBroken):
            write(case, text="Something else.")
        with pytest.raises(RuleBroken):
            service.table_case(case, actor=make.assessor_of(case))
        with pytest.raises(RuleBroken):
            service.send_back(case, reason="Again.", actor=make.reviewer_of(case))

    recommendation = queries.latest_recommendation(case)
    assert recommendation.is_frozen
    assert recommendation.text == "The Secretariat recommends what the scorecard bears out."
    assert {str(case.assessor_id), str(case.reviewer_id)} <= set(motion.out)
    assert motion.countries == ["PE"]
    assert motion.link == f"/cases/{case.id}/dossier"


def test_an_officer_may_recommend_to_refuse_or_defer_what_could_be_certified(app, change):
    with change():
        make_board()
        case = make.make_reviewed_application(band=Band.DISTINCTION)
        write(case, Recommended.DEFER, reasons="A court rules next month.")
        motion = service.table_case(case, actor=make.assessor_of(case))
        adopt(motion)
        assert (motion.kind, case.status) == (MotionKind.REFUSE, Status.DEFERRED)

        write(case, Recommended.REFUSE, reasons="The court found against it.")
        again = service.table_case(case, actor=make.assessor_of(case))
        adopt(again)

    assert case.status is Status.REFUSED
    assert [one.number for one in queries.list_recommendations(case)] == [1, 2]
    assert "The court found against it." in case.decision_reasons


# -- objections -------------------------------------------------------------------------------------------------------


def test_an_objection_before_tabling_makes_it_a_motion_over_objection(app, change):
    with change():
        make_board()
        person = make_focal_point("CO")
        case = make.make_reviewed_application()
        object_to(consultations.find_latest(case.case_key, "CO"), person)
        case, motion = make.make_tabled_application(case)

    assert motion.kind is MotionKind.CERTIFY_OVER_OBJECTION


def test_an_objection_after_tabling_changes_the_motion_and_lifting_it_changes_it_back(app, change, work):
    with change():
        make_board()
        person = make_focal_point("CO")
        case, _motion = make.make_tabled_application()
    work()
    question = consultations.find_latest(case.case_key, "CO")

    with change():
        object_to(question, person)

    [first, over] = board_queries.motions_on(case.case_key)
    assert (first.status, over.kind) == (MotionStatus.WITHDRAWN, MotionKind.CERTIFY_OVER_OBJECTION)
    assert over.documents == first.documents != []
    assert case.status is Status.TABLED
    with change():
        consultation_service.lift_objection(question, reason="Answered.", actor=get_actor(person))
        live = [one for one in board_queries.motions_on(case.case_key) if one.is_live]
        adopt(live[0])
    assert (len(live), live[0].kind, case.status) == (1, MotionKind.CERTIFY, Status.APPROVED)


# -- decided ----------------------------------------------------------------------------------------------------------


def test_a_decision_told_twice_changes_nothing(app, change):
    with change():
        make_board()
        case, motion = make.make_tabled_application()
        adopt(motion)
        decided_at, before = case.decided_at, db.session.query(OutboxRow).count()
        event = MotionDecided(motion.id, motion.kind, motion.subject_key, "rejected", "MB/DEC.9/26", motion.detail)

        service.when_motion_decided(event)

    assert (case.status, case.decided_at) == (Status.APPROVED, decided_at)
    assert db.session.query(OutboxRow).count() == before


def test_a_refusal_names_the_criteria_the_appeal_address_and_the_last_day_in_the_companys_language(app, change):
    with change():
        make_board()
        case, motion = make.make_tabled_application(band=Band.NOT_CERTIFIED)
        adopt(motion)
    member = case.organisation.memberships[0].person

    told = letters(member.email)[-1]["text"]

    assert "HRT-01, Human-rights policy commitment: the required level is not reached." in told
    assert "Human rights: 25.00 is under the theme's minimum of 50.00." in told.replace("&#39;", "'")
    assert motion.resolution.symbol in told
    assert app.config["CERTIFY"].appeal_address in told
    assert "April 1, 2026" in told


def test_approval_with_conditions_carries_the_plan(app, change):
    with change():
        make_board()
        case, motion = make.make_tabled_application(band=Band.CONDITIONAL)
        adopt(motion)

    [condition] = case.conditions
    assert set(condition) == {"text", "owner", "due"}
    assert case.status is Status.APPROVED_WITH_CONDITIONS


def test_a_rejected_motion_to_certify_refuses_without_inventing_gaps(app, change):
    with change():
        make_board()
        case, motion = make.make_tabled_application()
        reject(motion)

    assert case.status is Status.REFUSED
    symbol = motion.resolution.symbol
    assert case.decision_reasons == f"By its decision {symbol} the Board did not adopt the motion to certify."


def test_a_motion_that_the_chair_takes_back_leaves_the_case_deferred_and_tabled_anew(app, change):
    with change():
        make_board()
        case, motion = make.make_tabled_application()
        board.withdraw_motion(motion, reason="Wrong session.", actor=Actor.system("test"))
        assert case.status is Status.DEFERRED

        make.make_recommendation(case)
        again = service.table_case(case, actor=make.assessor_of(case))

    assert (case.status, again.is_live) == (Status.TABLED, True)


def test_a_withdrawn_application_takes_its_motion_and_questions_with_it(app, change):
    with change():
        make_board()
        make_focal_point("CO")
        case, motion = make.make_tabled_application()
        applications.withdraw_application(case, actor=signer_of(case.organisation))

    assert (case.status, motion.status) == (Status.WITHDRAWN, MotionStatus.WITHDRAWN)
    assert consultations.unresolved(case.case_key) == []


# -- dossier ----------------------------------------------------------------------------------------------------------


def test_the_printed_dossier_is_attached_to_the_motion_once(app, change, work, tmp_path):
    with change():
        make_board()
        case, motion = make.make_tabled_application(band=Band.CONDITIONAL)
    work()
    recommendation = queries.latest_recommendation(case)

    with change():
        service.keep_dossier(recommendation, b"%PDF-other")

    [document] = board_queries.get_motion(motion.id).documents
    kept = db.session.get(StoredFile, recommendation.dossier_file_id)
    assert document["file_id"] == str(kept.id)
    path = tmp_path / "dossier.pdf"
    path.write_bytes(files.read(kept))
    reader = PdfReader(path)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Publish a human rights policy." in text
    assert set(reader.attachments) == {"answers.json", "adjustments.json", "result.json"}


def test_a_member_reads_the_dossier_after_declaring_and_a_barred_one_never(app, change, visit):
    with change():
        board_made = make_board(states=("AG", "BB", "BR", "PE", "CR", "JM", "MX", "PY", "UY"))
        case, _motion = make.make_tabled_application()
        reader, recused = board_made.representative("BR"), board_made.representative("PE")
    page = f"/cases/{case.id}/dossier"

    first = visit(reader).get(page)
    assert first.status_code == 302
    assert "/interests/" in first.location
    opened = send(visit(reader), first.location, interest="none")
    text = words(opened)
    for known in (
        "What you must know",
        "Recommendation",
        "Certified",
        "No finding",
        "Added value",
        "Previous decisions",
    ):
        assert known in text
    assert visit(recused).get(page).status_code == 404
    assert "/login" in visit().get(page).location


def test_the_dossier_opens_only_once_the_case_is_tabled(app, change, visit):
    with change():
        board_made = make_board()
        case = make.make_reviewed_application()
        reader = board_made.representative("BR")
        make.cleared(reader, case)
    page = f"/cases/{case.id}/dossier"
    assert visit(reader).get(page).status_code == 404

    with change():
        make.make_tabled_application(case)

    assert visit(reader).get(page).status_code == 200
