"""Exclusions: found, seconded, told to the company, answered, decided by the chair; a national list confirms none."""

import pytest

from certify.accounts.queries import get_actor
from certify.applications.rules import Status
from certify.assessment import queries, service
from certify.assessment.rules import FindingSource, FindingStatus
from certify.board.queries import motions_on
from certify.board.rules import MotionStatus
from certify.criteria.rules import Band
from certify.kernel import jobs
from certify.kernel.db import db
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from certify.screening.models import HitRecord
from certify.screening.rules import Effect, HitStatus
from certify.screening.rules.verdicts import ReasonCode
from certify.screening.service import adjudicate, confirm_verdict, set_effect
from tests.makers import assessment as make
from tests.makers.applications import editor_of
from tests.makers.board import make_board
from tests.makers.organisations import make_organisation
from tests.makers.screening import SYSTEM, make_list, screen
from tests.pages import send, words


def found(case, actor, **other):
    """A finding on child labour, from the company's own declaration."""
    known = {
        "exclusion": "EXC-03",
        "source": FindingSource.DECLARATION,
        "reference": "Judgment 12/2024, page 3",
        "quotation": "Nine children worked at the site.",
    }
    return service.open_finding(case, **(known | other), actor=actor)


def letters(to):
    """The letters promised to an address, newest last."""
    rows = db.session.query(jobs.OutboxRow).filter_by(job="kernel.send_letter").order_by(jobs.OutboxRow.id)
    return [row.payload for row in rows if row.payload["to"] == to]


def notified():
    """A finding that was seconded, with its finder, its seconder and the Board's chair."""
    board = make_board()
    case = make.make_case()
    olga, rui = make.cleared(make.make_officer("Olga"), case), make.cleared(make.make_officer("Rui"), case)
    finding = found(case, olga)
    service.second_finding(finding, actor=rui)
    return finding, olga, rui, make.cleared(board.chair, case)


def test_a_finding_needs_a_second_officer_before_the_company_is_told(app, change, visit):
    with change():
        case = make.make_case()
        olga, rui = make.cleared(make.make_officer(), case), make.cleared(make.make_officer(), case)
        finding = found(case, olga)
    member = case.organisation.memberships[0].person
    page = f"/cases/findings/{finding.id}/answer"
    assert visit(member).get(page).status_code == 404
    with pytest.raises(RuleBroken), change():
        service.second_finding(finding, actor=olga)

    with change():
        service.second_finding(finding, actor=rui)

    assert finding.status is FindingStatus.NOTIFIED
    assert str(finding.answer_until) == "2026-03-16"
    assert "Nine children worked at the site." in words(visit(member).get(page))
    assert "March 16, 2026" in letters(member.email)[-1]["text"]
    with pytest.raises(RuleBroken), change():
        service.second_finding(finding, actor=rui)


def test_an_officer_who_has_not_declared_sees_and_seconds_nothing(app, change, visit):
    with change():
        case = make.make_case()
        finding = found(case, make.cleared(make.make_officer(), case))
        sam = make.make_officer()
        with pytest.raises(NotFound):
            service.second_finding(finding, actor=get_actor(sam))

    assert visit(sam).get(f"/cases/findings/{finding.id}").status_code == 404
    assert "/interests/" in visit(sam).get(f"/cases/findings/{finding.id}/open").location


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"exclusion": "EXC-99"}, "exclusion"),
        ({"exclusion": "EXC-01"}, "exclusion"),
        ({"source": FindingSource.LIST_HIT}, "source"),
        ({"reference": " "}, "reference"),
        ({"quotation": ""}, "quotation"),
    ],
    ids=["unknown", "not decided on a declaration", "a list hit by hand", "no source", "no quotation"],
)
def test_a_finding_without_exclusion_source_or_quotation_is_refused(app, change, other, field):
    with change():
        case = make.make_case()
        with pytest.raises(Invalid) as fault:
            found(case, make.cleared(make.make_officer(), case), **other)

    assert field in fault.value.fields


def test_the_chair_confirms_after_the_answer_and_the_case_ends_unscored(app, change, visit, work):
    with change():
        finding, _olga, _rui, chair = notified()
    case, member = finding.application, finding.application.organisation.memberships[0].person
    with pytest.raises(RuleBroken, match="may still answer"), change():
        service.confirm_finding(finding, reason="Clear.", actor=chair)

    assert "is with the chair" in words(
        send(visit(member), f"/cases/findings/{finding.id}/answer", text="It was closed.")
    )
    chair_person = make.get_person(chair.person_id)
    assert "waits for your decision" in letters(chair_person.email)[-1]["subject"]
    assert "Decide the finding" in words(visit(chair_person).get("/desk"))
    page = send(visit(chair_person), f"/cases/findings/{finding.id}/decision", decision="confirm", reason="It stands.")

    assert "Your decision is recorded" in words(page)
    assert (finding.status, case.status) == (FindingStatus.CONFIRMED, Status.INELIGIBLE)
    scorecard = queries.latest_scorecard(case)
    assert (scorecard.band, scorecard.result["total"], scorecard.result["criteria"]) == (Band.NOT_ELIGIBLE, None, [])
    told = letters(member.email)[-1]["text"]
    assert "Nine children worked at the site." in told
    assert app.config["CERTIFY"].appeal_address in told
    assert "April 1, 2026" in told


def test_without_an_answer_the_chair_decides_after_ten_working_days_and_is_told_once(app, change, time):
    with change():
        finding, _olga, _rui, chair = notified()
    time.advance(days=14)
    with pytest.raises(RuleBroken), change():
        service.confirm_finding(finding, reason="Clear.", actor=chair)
    with change():
        service.tell_chair_of_ripe_findings()
    assert finding.chair_told_at is None

    time.advance(days=1)
    with change():
        service.tell_chair_of_ripe_findings()
        service.tell_chair_of_ripe_findings()
    with pytest.raises(RuleBroken), change():
        service.answer_finding(finding, text="Late.", actor=editor_of(finding.application.organisation))
    with change():
        service.dismiss_finding(finding, reason="The judgment was overturned.", actor=chair)

    assert len(letters(make.get_person(chair.person_id).email)) == 1
    assert (finding.status, finding.application.status) == (FindingStatus.DISMISSED, Status.IN_REVIEW)
    assert "was dismissed" in letters(finding.application.organisation.memberships[0].person.email)[-1]["subject"]


def test_a_proposer_who_becomes_chair_does_not_confirm(app, change):
    with change():
        finding, _olga, _rui, chair = notified()
        finding.seconded_by_id = chair.person_id
        service.answer_finding(finding, text="It was closed.", actor=editor_of(finding.application.organisation))

    with pytest.raises(RuleBroken, match="proposed or seconded"), change():
        service.confirm_finding(finding, reason="Clear.", actor=chair)


def test_an_officer_drops_a_finding_that_nobody_seconded_and_the_company_never_knows(app, change, visit):
    with change():
        case = make.make_case()
        olga = make.cleared(make.make_officer(), case)
        finding = found(case, olga)
        service.drop_finding(finding, reason="Another company of this name.", actor=olga)

    assert finding.status is FindingStatus.DISMISSED
    assert visit(case.organisation.memberships[0].person).get(f"/cases/findings/{finding.id}").status_code == 404


def test_an_open_finding_keeps_a_case_from_the_board_and_a_confirmed_one_takes_its_motion_back(app, change):
    with change():
        board = make_board()
        case = make.make_reviewed_application()
        make.make_recommendation(case)
        finding = found(case, make.cleared(make.make_officer(), case))
        with pytest.raises(RuleBroken, match="exclusion is open"):
            service.table_case(case, actor=make.assessor_of(case))
        service.drop_finding(finding, reason="Not they.", actor=make.cleared(make.make_officer(), case))
        motion = service.table_case(case, actor=make.assessor_of(case))
        late = found(case, make.cleared(make.make_officer(), case))
        service.second_finding(late, actor=make.cleared(make.make_officer(), case))
        service.answer_finding(late, text="It was closed.", actor=editor_of(case.organisation))

        service.confirm_finding(late, reason="It stands.", actor=make.cleared(board.chair, case))

        assert case.status is Status.INELIGIBLE
        assert motion.status is MotionStatus.WITHDRAWN
        assert [one.status for one in motions_on(case.case_key)] == [MotionStatus.WITHDRAWN]


# -- list hits --------------------------------------------------------------------------------------------------------


def matched(effect):
    """A case whose company two officers found to be on a list of this effect."""
    company = make_organisation(legal_name="Minera Quebrada Honda S.A.")
    case = make.make_case(company)
    kept = make_list("7,company,Minera Quebrada Honda S.A.,,PE", effect=effect)
    screen(company)
    hit = db.session.query(HitRecord).filter_by(organisation_id=company.id).one()
    officers = [get_actor(make.make_officer()) for _number in range(2)]
    adjudicate(hit, verdict=HitStatus.TRUE_MATCH, reason_code=ReasonCode.SAME_IDENTITY, text="Same.", actor=officers[0])
    confirm_verdict(hit, actor=officers[1])
    return case, kept


def test_a_true_match_on_an_excluding_list_opens_one_draft_for_an_officer(app, change, visit):
    with change():
        case, kept = matched(Effect.EXCLUDING)
        olga, rui = make.make_officer("Olga"), make.cleared(make.make_officer("Rui"), case)
        make.cleared(olga, case)
    [draft] = queries.list_findings(case)
    assert (draft.status, draft.source, draft.found_by_id) == (FindingStatus.DRAFT, FindingSource.LIST_HIT, None)
    assert "Minera Quebrada Honda" in draft.quotation
    with pytest.raises(RuleBroken), change():
        service.second_finding(draft, actor=rui)

    page = send(visit(olga), f"/cases/findings/{draft.id}/complete", exclusion="EXC-02")
    assert "The finding is recorded" in words(page)
    assert (draft.status, draft.found_by_id) == (FindingStatus.FOUND, olga.id)

    with change():
        board = make_board()
        service.second_finding(draft, actor=rui)
        service.answer_finding(draft, text="Another mine.", actor=editor_of(case.organisation))
        set_effect(kept, effect=Effect.INFORMATIVE, resolution="MB/RES.9/26", actor=SYSTEM)
        with pytest.raises(RuleBroken, match="does not stand on an excluding list"):
            service.confirm_finding(draft, reason="Clear.", actor=make.cleared(board.chair, case))


def test_a_true_match_on_a_national_list_confirms_no_exclusion(app, change):
    with change():
        case, _kept = matched(Effect.INFORMATIVE)

    assert queries.list_findings(case) == []
    assert [match.listed_name for match in queries.matches_on(case)] == ["Minera Quebrada Honda S.A."]
    assert case.status is Status.IN_REVIEW
