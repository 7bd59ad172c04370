"""What is recorded about answers: with reasons, never overwritten, and only of the answer as it was signed."""

from datetime import timedelta

import pytest

from certify.applications import service as applications
from certify.applications.rules import Given
from certify.assessment import queries, service
from certify.assessment.rules import Grant, Opinion, Side
from certify.assessment.service.recording import Found
from certify.criteria.rules import Band
from certify.kernel import clock
from certify.kernel.errors import Invalid, NotFound, RuleBroken
from tests.makers import assessment as make
from tests.makers.applications import editor_of, signer_of
from tests.makers.organisations import make_organisation
from tests.pages import fields, send, words


def record(case, criterion, found, side=Side.ASSESSOR):
    """Record an opinion of the case's assessor or reviewer."""
    actor = make.assessor_of(case) if side is Side.ASSESSOR else make.reviewer_of(case)
    return service.record_opinion(case, side=side, criterion=criterion, found=found, actor=actor)


@pytest.fixture
def taken(app, change):
    """A case that an officer assesses."""
    with change():
        return make.make_taken()


def test_a_grade_alone_confirms_the_answer_and_a_departure_needs_a_reason(change, taken):
    with change():
        assert record(taken, "HRT-01", Found(3)).value == 7_500
        with pytest.raises(Invalid) as fault:
            record(taken, "HRT-01", Found(3, level=1))
        assert set(fault.value.fields) == {"reason"}

        adjusted = record(taken, "HRT-01", Found(2, level=1, reason="The policy names no workers."))

        assert (adjusted.value, adjusted.grade) == (2_500, 2)
        assert [one.value for one in queries.all_records(taken)] == [7_500, 2_500]
        assert queries.bench_of(taken).opinion(Side.ASSESSOR, "HRT-01") == Opinion(2_500, 2)


@pytest.mark.parametrize(
    ("criterion", "found", "field"),
    [
        ("HRT-01", Found(5), "grade"),
        ("HRT-01", Found(-1), "grade"),
        ("INT-01", Found(3, level=3, reason="Between two."), "level"),
        ("HRT-01", Found(3, level=7, reason="More."), "level"),
        ("LAB-07", Found(3, number="1e309", reason="Counted."), "number"),
        ("LAB-07", Found(3, number="NaN", reason="Counted."), "number"),
        ("LAB-07", Found(3, number="٣", reason="Counted."), "number"),
    ],
)
def test_a_grade_level_or_number_that_there_is_none_of_is_refused_at_its_field(change, taken, criterion, found, field):
    with pytest.raises(Invalid) as fault, change():
        record(taken, criterion, found)

    assert set(fault.value.fields) == {field}


@pytest.mark.parametrize("typed", ["5", "-1", "101", "NaN", "1e309", "٣", "2.5", ""], ids=lambda text: ascii(text))
def test_input_13_a_grade_or_level_that_is_none_is_422_at_the_field(visit, change, taken, typed):
    officer = visit(make.get_person(taken.assessor_id))
    address = f"/cases/{taken.id}/criteria/HRT-01"
    for field in ("grade", "level"):
        known = fields(officer.get(address)) | {"grade": "3", field: typed}

        answer = officer.post(address, data=known)

        if field == "level" and typed == "":
            continue
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
    assert queries.bench_of(taken).opinion(Side.ASSESSOR, "HRT-01") is None or typed == ""


def test_a_corrected_number_is_scored_by_its_goalposts(change, taken):
    with change():
        record(taken, "LAB-07", Found(3, number="75", reason="The payroll shows 75 percent."))

        assert queries.bench_of(taken).opinion(Side.ASSESSOR, "LAB-07") == Opinion(5_000, 3)


def test_a_criterion_that_is_not_asked_is_not_found(change, taken):
    with pytest.raises(NotFound), change():
        record(taken, "HRT-08", Found(3))


def test_a_changed_answer_needs_a_new_record_and_the_old_one_stays(app, change, time):
    with change():
        case = make.make_taken()
        record(case, "HRT-01", Found(3))
        record(case, "HRT-02", Found(3))
        until = clock.today() + timedelta(days=10)
        applications.ask_clarification(
            case, criteria=["HRT-01"], until=until, text="Which year?", actor=make.assessor_of(case)
        )
    with change():
        company = case.organisation
        stored = next(one for one in case.answers if one.criterion == "HRT-01")
        applications.save_answer(
            case, criterion="HRT-01", given=Given(level=4), revision=stored.revision, actor=editor_of(company)
        )
        applications.request_sign_off(case, actor=editor_of(company))
        applications.submit_application(case, actor=signer_of(company))

    bench = queries.bench_of(case)
    assert bench.opinion(Side.ASSESSOR, "HRT-01") is None
    assert bench.opinion(Side.ASSESSOR, "HRT-02") == Opinion(7_500, 3)
    assert len(queries.all_records(case)) == 2


def test_a_request_not_to_count_is_ruled_on_by_the_reviewer_with_a_reason(app, change, visit):
    with change():
        company = make_organisation(isic_divisions=["55"])
        given = {"HRT-08": Given(not_applicable=True, reason="No community lives near our site.")}
        case = make.make_under_review(make.make_assessed_application(make.make_case(company, answers=given)))
        reviewer = make.reviewer_of(case)
        assert queries.bench_of(case).unruled == ["HRT-08"]
        with pytest.raises(Invalid):
            service.rule_on_request(case, criterion="HRT-08", ruling=Grant.GRANTED, reason="", actor=reviewer)
        with pytest.raises(RuleBroken):
            service.rule_on_request(case, criterion="HRT-01", ruling=Grant.GRANTED, reason="No.", actor=reviewer)
        with pytest.raises(RuleBroken):
            service.finish_review(case, actor=reviewer)

    page = send(
        visit(make.get_person(case.reviewer_id)),
        f"/cases/{case.id}/criteria/HRT-08",
        ruling="granted",
        reason="Satellite pictures show no settlement.",
    )

    assert "is recorded" in words(page)
    answers, _adjustments = queries.inputs_of(queries.bench_of(case), up_to=Side.REVIEWER, at=clock.now())
    assert answers["answers"]["HRT-08"] == {
        "not_applicable": "granted",
        "reason": "Satellite pictures show no settlement.",
    }


def test_a_refused_request_counts_as_not_answered(app, change):
    with change():
        company = make_organisation(isic_divisions=["55"], employees=4, turnover_usd=50_000)
        request = Given(not_applicable=True, reason="Not us.")
        case = make.make_under_review(
            make.make_assessed_application(make.make_case(company, answers={"HRT-08": request}))
        )

        service.rule_on_request(
            case, criterion="HRT-08", ruling=Grant.REFUSED, reason="It works there.", actor=make.reviewer_of(case)
        )

        card, _result = queries.live_result(queries.bench_of(case), up_to=Side.REVIEWER)
        row = next(one for one in card.criteria if one.criterion.id == "HRT-08")
        assert (row.status, row.result.counted) == ("missing", 0)


def test_half_of_a_theme_may_go_and_no_point_more(app, change):
    with change():
        case = make.make_taken()
    bench = queries.bench_of(case)
    theme = next(one for one in bench.framework.themes if one.id == "HRT")
    asked = [one for one in bench.asked if one.theme == "HRT"]
    gone = theme.weight - sum(one.weight for one in asked)
    granted = []
    for rule in asked:
        if 2 * (gone + rule.weight) <= theme.weight:
            granted.append(rule.id)
            gone += rule.weight

    assert queries.thinned_theme(bench.framework, bench.profile, granted) is None
    more = next(one.id for one in asked if one.id not in granted)
    assert queries.thinned_theme(bench.framework, bench.profile, [*granted, more]) == "HRT"


def test_size_and_sectors_are_confirmed_and_a_change_needs_a_reason(app, change, visit):
    with change():
        case = make.make_taken()
    officer = visit(make.get_person(case.assessor_id))
    address = f"/cases/{case.id}/profile"

    silent = send(officer, address, size="medium")
    assert silent.status_code == 422
    assert 'id="reason-error"' in silent.text
    assert send(officer, address, size="enormous").status_code == 422
    assert send(officer, address, sectors=[]).status_code == 422

    assert "are confirmed" in words(send(officer, address, size="medium", reason="The accounts name 70 people."))
    assert queries.bench_of(case).profile.size == "medium"
    assert case.size == "small"


def test_the_assessment_is_not_finished_while_something_is_left(app, change):
    with change():
        case = make.make_taken()
        actor = make.assessor_of(case)
        with pytest.raises(RuleBroken, match="size and sectors"):
            service.finish_assessment(case, actor=actor)
        service.confirm_profile(case, size=case.size, sectors=case.sectors, actor=actor)
        with pytest.raises(RuleBroken, match="55 answers are left"):
            service.finish_assessment(case, actor=actor)
        make.record_all(case)
        with pytest.raises(RuleBroken, match="not been screened"):
            service.finish_assessment(case, actor=actor)
        make.make_screened(case)

        scorecard = service.finish_assessment(case, actor=actor)

        assert (scorecard.side, scorecard.band) == (Side.ASSESSOR, Band.CERTIFIED)
        with pytest.raises(RuleBroken):
            record(case, "HRT-01", Found(1, reason="Too late."))


def test_the_scorecard_grows_beside_the_answers(app, change, visit):
    with change():
        case = make.make_taken()
    officer = visit(make.get_person(case.assessor_id))
    assert "0.00 of 100" in words(officer.get(f"/cases/{case.id}/criteria"))

    page = send(officer, f"/cases/{case.id}/criteria/INT-01", grade="3", then="stop")

    assert "2.25 of 100" in words(page)
    assert "1 of 55 criteria looked at" in words(page)
