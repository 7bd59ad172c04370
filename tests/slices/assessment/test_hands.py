"""Who has a case: declared first, never both sides, never of the Board, given on only by another and with a reason."""

import pytest

from certify.accounts import service as accounts
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.applications.rules import Status
from certify.assessment import queries, service
from certify.assessment.rules import Side
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel.errors import Invalid, NotAllowed, NotFound, RuleBroken
from tests.makers import assessment as make
from tests.makers import make_person
from tests.makers.board import make_board
from tests.pages import send, words


def test_an_officer_takes_a_case_after_declaring_and_another_cannot_take_it_again(app, change):
    with change():
        olga, rui, case = make.make_officer(), make.make_officer(), make.make_case()
        with pytest.raises(NotAllowed):
            service.take_case(case, side=Side.ASSESSOR, actor=get_actor(olga))

        service.take_case(case, side=Side.ASSESSOR, actor=make.cleared(olga, case))
        service.take_case(case, side=Side.ASSESSOR, actor=make.cleared(olga, case))

        assert case.assessor_id == olga.id
        assert len(queries.assignments_of(case)) == 1
        with pytest.raises(RuleBroken):
            service.take_case(case, side=Side.ASSESSOR, actor=make.cleared(rui, case))


def test_whoever_ever_assessed_a_case_never_reviews_it(app, change):
    with change():
        olga, rui, sam = make.make_officer(), make.make_officer(), make.make_officer()
        case = make.make_taken(officer=olga)
        make.cleared(rui, case)
        service.give_case(case, side=Side.ASSESSOR, person=rui, reason="Leave.", actor=get_actor(sam))
        make.finish_assessed(case)

        with pytest.raises(RuleBroken):
            service.take_case(case, side=Side.REVIEWER, actor=make.cleared(olga, case))
        with pytest.raises(RuleBroken):
            service.give_case(case, side=Side.REVIEWER, person=olga, reason="Knows it.", actor=get_actor(sam))

        service.take_case(case, side=Side.REVIEWER, actor=make.cleared(sam, case))
        assert (case.assessor_id, case.reviewer_id) == (rui.id, sam.id)


def test_an_officer_with_a_board_seat_takes_no_case(app, change):
    with change():
        board = make_board()
        accounts.grant_role(board.chair, role=Role.OFFICER, reason="test")
        case = make.make_case()

        with pytest.raises(NotAllowed):
            service.take_case(case, side=Side.ASSESSOR, actor=make.cleared(board.chair, case))


def test_the_review_cannot_be_taken_before_the_assessment_is_finished(app, change):
    with change():
        case = make.make_taken()

        with pytest.raises(RuleBroken):
            service.take_case(case, side=Side.REVIEWER, actor=make.cleared(make.make_officer(), case))


def test_another_officer_gives_a_case_on_with_a_reason_and_it_opens_after_the_declaration(app, change, visit):
    with change():
        olga, rui, sam = make.make_officer("Olga"), make.make_officer("Rui"), make.make_officer("Sam")
        case = make.make_taken(officer=olga)
        with pytest.raises(RuleBroken):
            service.give_case(case, side=Side.ASSESSOR, person=rui, reason="Leave.", actor=get_actor(olga))
        with pytest.raises(Invalid) as fault:
            service.give_case(case, side=Side.ASSESSOR, person=rui, reason=" ", actor=get_actor(sam))
        assert set(fault.value.fields) == {"reason"}

    page = send(visit(sam), f"/cases/{case.id}/give/assessor", person=str(rui.id), reason="Olga is on leave.")
    assert "was given on" in words(page)
    assert case.assessor_id == rui.id

    mine = visit(rui).get(f"/cases/{case.id}")
    assert "This case was given to you" in words(mine)
    assert visit(rui).get(f"/cases/{case.id}/criteria").status_code == 404
    with change():
        make.cleared(rui, case)
    assert visit(rui).get(f"/cases/{case.id}/criteria").status_code == 200
    assert visit(olga).get(f"/cases/{case.id}/criteria").status_code == 404


def test_an_outside_expert_reviews_what_an_officer_gives_and_sees_no_other_case(app, change, visit):
    with change():
        expert = make_person("Elena", Role.EXPERT)
        case, other = make.make_assessed_application(), make.make_case()
        giver = get_actor(make.make_officer())
        with pytest.raises(Invalid):
            service.give_case(other, side=Side.ASSESSOR, person=expert, reason="Free.", actor=giver)
        service.give_case(case, side=Side.REVIEWER, person=expert, reason="Knows mining.", actor=giver)
        make.cleared(expert, case)

    page = visit(expert).get("/cases/")
    assert case.reference in words(page)
    assert other.reference not in words(page)
    assert visit(expert).get(f"/cases/{case.id}").status_code == 200
    assert visit(expert).get(f"/cases/{other.id}").status_code == 404


def test_an_interest_closes_a_case_to_an_officer_wherever_it_is_listed(app, change, visit):
    with change():
        olga, case = make.make_officer(), make.make_case()
        interests.declare(
            case.case_key, interest=Interest.ACTUAL, nature=Nature.PERSONAL, text="My brother.", actor=get_actor(olga)
        )
        with pytest.raises(NotFound):
            service.take_case(case, side=Side.ASSESSOR, actor=get_actor(olga))
        with pytest.raises(RuleBroken):
            service.give_case(
                case, side=Side.ASSESSOR, person=olga, reason="Free.", actor=get_actor(make.make_officer())
            )

    assert case.reference not in words(visit(olga).get("/cases/"))
    for page in ("", "/take/assessor", "/criteria", "/scorecard", "/dossier"):
        assert visit(olga).get(f"/cases/{case.id}{page}").status_code == 404


def test_a_reviewer_sends_a_case_back_and_what_was_recorded_stays(app, change):
    with change():
        case = make.make_under_review()
        before = len(queries.all_records(case))
        with pytest.raises(Invalid):
            service.send_back(case, reason="", actor=make.reviewer_of(case))

        service.send_back(case, reason="The accounts are of another company.", actor=make.reviewer_of(case))

        assert case.status is Status.IN_REVIEW
        assert len(queries.all_records(case)) == before
        service.finish_assessment(case, actor=make.assessor_of(case))
        assert [one.number for one in queries.list_scorecards(case)] == [1, 2]
