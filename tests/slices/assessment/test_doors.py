"""Who may open and do what: the table of the security design, tried over HTTP and by direct call of the services."""

import pytest

from certify.accounts import service as accounts
from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.applications.rules import Status
from certify.assessment import queries, service
from certify.assessment.rules import Recommended, Side
from certify.assessment.service.recording import Found
from certify.criteria.rules import Band
from certify.interests import service as interests
from certify.interests.rules import Interest, Nature
from certify.kernel.audit import AuditEntry, Outcome
from certify.kernel.db import db
from certify.kernel.errors import NotAllowed, NotFound, RuleBroken
from certify.kernel.policy import may
from tests.makers import assessment as make
from tests.makers import make_person
from tests.makers.board import adopt, make_board
from tests.makers.consultations import make_focal_point
from tests.makers.organisations import make_organisation
from tests.pages import csrf_token, fields, send, words

PAGES = ("", "/criteria", "/criteria/HRT-01", "/scorecard", "/dossier", "/recommendation", "/finish-review")


def people(case, board):
    """One person of each kind, by what they are."""
    made = {
        "other officer": make.make_officer(),
        "undeclared Board": board.representative("CR"),
        "Board": board.representative("BR"),
        "focal point": make_focal_point("PE"),
        "associated": make_person("", Role.ASSOCIATED),
        "administrator": make_person("", Role.ADMINISTRATOR),
        "auditor": make_person("", Role.AUDITOR),
        "company": case.organisation.memberships[0].person,
        "other company": make_organisation().memberships[0].person,
        "assessor": make.get_person(case.assessor_id),
        "reviewer": make.get_person(case.reviewer_id),
    }
    make.cleared(made["Board"], case)
    return made


def statuses(client, case):
    """What each page of a case answers."""
    return [client.get(f"/cases/{case.id}{page}").status_code for page in PAGES]


def test_each_page_of_a_case_under_review_opens_to_whom_the_table_says(app, change, visit):
    with change():
        case = make.make_under_review()
        everybody = people(case, make_board())
    known = {who: statuses(visit(person), case) for who, person in everybody.items()}

    none = [404] * 7
    assert known == {
        "other officer": [200, *[404] * 6],
        "undeclared Board": none,
        "Board": none,
        "focal point": none,
        "associated": none,
        "administrator": none,
        "auditor": [200, 200, 200, 200, 200, 403, 403],
        "company": none,
        "other company": none,
        "assessor": [200, 200, 200, 200, 200, 409, 403],
        "reviewer": [200, 200, 200, 200, 200, 409, 200],
    }
    assert visit().get(f"/cases/{case.id}").status_code == 302


def test_the_auditors_reading_is_recorded(app, change, visit):
    with change():
        case = make.make_taken()
        auditor = make_person("Ann", Role.AUDITOR)

    visit(auditor).get(f"/cases/{case.id}/criteria/HRT-01")

    read = db.session.query(AuditEntry).filter_by(case_key=case.case_key, outcome=Outcome.READ).all()
    assert [entry.detail.person_name for entry in read] == ["Ann"]


def test_in_the_wrong_state_the_right_person_gets_409_and_nothing_changes(app, change, visit):
    with change():
        case = make.make_under_review()
    officer, reviewer = visit(make.get_person(case.assessor_id)), visit(make.get_person(case.reviewer_id))
    token = csrf_token(officer, f"/cases/{case.id}/finish")
    for client, address in (
        (officer, f"/cases/{case.id}/finish"),
        (officer, f"/cases/{case.id}/table"),
        (reviewer, f"/cases/{case.id}/table"),
    ):
        assert client.post(address, data={"csrf_token": token}).status_code in {400, 409}
    with change():
        with pytest.raises(RuleBroken):
            service.finish_assessment(case, actor=make.assessor_of(case))
        with pytest.raises(RuleBroken):
            service.confirm_profile(case, size=case.size, sectors=case.sectors, actor=make.assessor_of(case))
        with pytest.raises(RuleBroken):
            service.table_case(case, actor=make.assessor_of(case))
    assert case.status is Status.ASSESSED


def test_the_services_ask_the_same_door(app, change):
    with change():
        case = make.make_under_review()
        strangers = [make.make_officer(), make_person("", Role.AUDITOR), case.organisation.memberships[0].person]
        for person in strangers:
            actor = get_actor(person)
            for attempt in (
                lambda actor=actor: service.record_opinion(
                    case, side=Side.REVIEWER, criterion="HRT-01", found=Found(3), actor=actor
                ),
                lambda actor=actor: service.finish_review(case, actor=actor),
                lambda actor=actor: service.agree_with_assessor(case, criteria=["HRT-01"], actor=actor),
                lambda actor=actor: service.write_recommendation(
                    case, recommended=Recommended.CERTIFY, text="x", added_value="x", actor=actor
                ),
                lambda actor=actor: service.table_case(case, actor=actor),
            ):
                with pytest.raises((NotAllowed, NotFound)):
                    attempt()
        with pytest.raises(NotAllowed):
            service.finish_review(case, actor=make.assessor_of(case))
        with pytest.raises(NotAllowed):
            service.record_opinion(
                case, side=Side.REVIEWER, criterion="HRT-01", found=Found(3), actor=make.assessor_of(case)
            )


def test_input_4_extra_fields_change_nothing(app, change, visit):
    with change():
        case = make.make_taken()
    officer = visit(make.get_person(case.assessor_id))
    address = f"/cases/{case.id}/criteria/HRT-01"
    extra = {"status": "approved", "score": "100", "side": "reviewer", "value": "10000", "application_id": "x"}

    answer = officer.post(address, data=fields(officer.get(address)) | {"grade": "3"} | extra)

    assert answer.status_code == 302
    [record] = queries.all_records(case)
    assert (record.side, record.value, record.grade) == (Side.ASSESSOR, 7_500, 3)
    assert case.status is Status.IN_REVIEW


def test_input_5_an_assessor_has_no_vote(app, change):
    with change():
        board = make_board()
        case, motion = make.make_tabled_application()
        assessor = make.assessor_of(case)
        late = make.get_person(case.reviewer_id)
        accounts.grant_role(late, role=Role.BOARD, reason="test")

        assert not may(assessor, "ballot.vote", motion)
        assert str(late.id) in motion.out
    assert board.body is not None


def test_input_9_a_recused_member_opens_no_evidence_and_no_dossier(app, change, visit):
    with change():
        board = make_board()
        case, _motion = make.make_tabled_application()
        member = board.representative("BR")
        make.cleared(member, case)
    evidence = queries.bench_of(case).evidence("HRT-01")[0]
    pages = (
        f"/cases/{case.id}/dossier",
        f"/cases/{case.id}/scorecard",
        f"/applications/evidence/{evidence.id}",
        f"/cases/recommendations/{queries.latest_recommendation(case).id}/dossier.pdf",
    )
    assert visit(member).get(pages[2]).status_code == 200
    with change():
        interests.declare(
            case.case_key, interest=Interest.ACTUAL, nature=Nature.PERSONAL, text="Shares.", actor=get_actor(member)
        )

    assert [visit(member).get(page).status_code for page in pages] == [404] * 4


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "{{7*7}} ${7*7} {% if %}"], ids=["14", "17"])
def test_input_14_and_17_what_was_typed_is_printed_as_text(app, change, visit, typed):
    with change():
        case = make.make_taken()
    officer = visit(make.get_person(case.assessor_id))
    address = f"/cases/{case.id}/criteria/HRT-01"

    send(officer, address, grade="2", reason=typed, then="stop")

    page = officer.get(address)
    assert typed in words(page)
    assert "<script>alert" not in page.text
    assert typed.split()[0] not in officer.get(f"/cases/?q={typed}").text or "<script" not in typed


# -- queue ------------------------------------------------------------------------------------------------------------


def test_the_queue_is_ordered_by_due_date_and_its_filters_stay_in_the_address(app, change, visit, time):
    with change():
        old = make.make_taken(make.make_case(make_organisation(legal_name="Vieja Andina S.A.", country="PE")))
    time.advance(days=7)
    with change():
        new = make.make_case(make_organisation(legal_name="Nueva Caribeña S.A.", country="CO", countries=["PE"]))
        officer = make.make_officer()
    client = visit(officer)

    page = words(client.get("/cases/"))
    assert page.index(new.reference) < page.index(old.reference)
    assert old.reference not in words(client.get("/cases/?waiting=assessor"))
    assert new.reference not in words(client.get("/cases/?country=PE"))
    assert new.reference in words(client.get("/cases/?q=caribeña"))
    assert new.reference not in words(client.get("/cases/?q=%25"))
    assert "No case waits here" in words(client.get("/cases/?mine=1"))
    assert old.reference in words(visit(make.get_person(old.assessor_id)).get("/cases/?mine=1"))
    filtered = client.get("/cases/?waiting=assessor")
    assert "/cases/queue.csv?waiting=assessor" in filtered.text
    rows = client.get("/cases/queue.csv?waiting=assessor").text.splitlines()
    assert len(rows) == 2
    assert new.reference in rows[1]


def test_input_18_a_cell_that_would_be_computed_is_prefixed(app, change, visit):
    with change():
        make.make_case(make_organisation(legal_name="=SUM(A1:A9) Minas S.A."))
        officer = make.make_officer()

    assert "'=SUM(A1:A9)" in visit(officer).get("/cases/queue.csv").text


def test_what_waits_for_whom_is_on_their_home_page(app, change, visit):
    with change():
        case = make.make_taken(band=Band.CERTIFIED)
        free = make.make_case()
        sam = make.make_officer()
    name = case.organisation.legal_name

    assert f"Assess the case of {name}" in words(visit(make.get_person(case.assessor_id)).get("/desk"))
    assert "Cases that wait for an assessor: 1" in words(visit(sam).get("/desk"))
    assert free.reference in words(visit(sam).get("/cases/?waiting=assessor"))


def test_a_decided_case_leaves_the_queue(app, change, visit):
    with change():
        make_board()
        case, motion = make.make_tabled_application()
        adopt(motion)
        officer = make.make_officer()

    assert case.reference not in words(visit(officer).get("/cases/"))
    assert visit(officer).get(f"/cases/{case.id}").status_code == 200
