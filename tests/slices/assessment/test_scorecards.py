"""Scorecards: exact, computed again by anyone to the same digest, bounded by evidence and by human rights."""

import json

import pytest
from click.testing import CliRunner

from certify.assessment import queries, service
from certify.assessment.cli import score_command
from certify.assessment.rules import Side
from certify.assessment.service.recording import Found
from certify.criteria.canonical import digest
from certify.criteria.rules import Band
from certify.kernel.errors import Unavailable
from tests.makers import assessment as make
from tests.makers.board import adopt, make_board
from tests.pages import words


def recomputed(folder, client, scorecard):
    """Save a scorecard's files as a reader does, and score them by the command."""
    for part in ("answers", "adjustments", "weights"):
        answer = client.get(f"/cases/scorecards/{scorecard.id}/{part}.json")
        assert answer.status_code == 200
        (folder / f"{part}.json").write_bytes(answer.data)
    arguments = ["--framework", scorecard.framework, "--json"]
    for part in ("answers", "adjustments", "weights"):
        arguments += [f"--{part}", str(folder / f"{part}.json")]
    printed = CliRunner().invoke(score_command, arguments)
    assert printed.exit_code == 0, printed.output
    return json.loads(printed.stdout_bytes)


def test_anyone_who_holds_the_files_computes_the_same_digest(app, change, visit, tmp_path):
    with change():
        levels = {"HRT-01": 2, "ENV-02": 1}
        case = make.make_under_review(make.make_assessed_application(levels=levels, grades={"INT-03": 2}))
        reviewer = make.reviewer_of(case)
        for criterion, found in (
            ("HRT-01", Found(4, level=3, reason="The second file shows more.")),
            ("INT-03", Found(1, level=1, reason="The chart is not signed.")),
            ("LAB-07", Found(3, number="60", reason="The payroll shows 60 percent.")),
        ):
            service.record_opinion(case, side=Side.REVIEWER, criterion=criterion, found=found, actor=reviewer)
        service.agree_with_assessor(case, criteria=queries.bench_of(case).unopined(Side.REVIEWER), actor=reviewer)
        scorecard = service.finish_review(case, actor=reviewer)

    result = recomputed(tmp_path, visit(make.get_person(case.assessor_id)), scorecard)

    assert result == scorecard.result
    assert result["digests"]["result"] == scorecard.digests["result"]
    counted = {row["id"]: (row["value"], row["grade"], row["counted"]) for row in result["criteria"] if "value" in row}
    assert counted["HRT-01"] == (5_000, 3, 5_000)
    assert counted["INT-03"] == (2_500, 1, 2_500)
    assert counted["LAB-07"] == (2_000, 3, 2_000)
    assert counted["ENV-02"] == (2_500, 3, 2_500)
    own = {name: value for name, value in scorecard.digests.items() if name != "scorecard"}
    assert digest(own) == scorecard.digests["scorecard"]
    people = {case.assessor_id, case.reviewer_id}
    assert not any(make.get_person(one).name in json.dumps(scorecard.adjustments) for one in people)


@pytest.mark.parametrize("grade", [0, 1])
def test_claims_without_evidence_never_certify(app, change, grade):
    with change():
        case = make.make_assessed_application(band=Band.DISTINCTION, grades=grade)

    sheet = queries.sheet_of_scorecard(queries.latest_scorecard(case), "en")
    assert sheet.band is Band.NOT_CERTIFIED
    assert not next(theme for theme in sheet.themes if theme.id == "HRT").is_met


def test_a_strong_total_does_not_buy_back_human_rights(app, change):
    with change():
        case = make.make_assessed_application(band=Band.NOT_CERTIFIED)

    sheet = queries.sheet_of_scorecard(queries.latest_scorecard(case), "en")
    rights = next(theme for theme in sheet.themes if theme.id == "HRT")
    assert float(sheet.display) > 80
    assert (rights.display, rights.is_met) == ("25.00", False)
    assert sheet.band is Band.NOT_CERTIFIED
    assert "Human rights: 25.00 is under the theme's minimum of 50.00." in sheet.reasons


def test_a_scorecard_that_does_not_come_out_as_it_was_kept_is_not_shown(app, change):
    with change():
        scorecard = queries.latest_scorecard(make.make_assessed_application())
        scorecard.answers = scorecard.answers | {"profile": {"size": "large", "sectors": ["services"]}}

    with pytest.raises(Unavailable):
        queries.sheet_of_scorecard(scorecard, "en")


def test_the_board_sees_both_opinions_and_the_company_its_scores_only_once_decided(app, change, visit):
    with change():
        board = make_board()
        case = make.make_under_review()
        reviewer = make.reviewer_of(case)
        found = Found(2, level=2, reason="Only owners of 25 percent.")
        service.record_opinion(case, side=Side.REVIEWER, criterion="INT-03", found=found, actor=reviewer)
        service.agree_with_assessor(case, criteria=queries.bench_of(case).unopined(Side.REVIEWER), actor=reviewer)
        service.finish_review(case, actor=reviewer)
        case, motion = make.make_tabled_application(case)
        member = board.representative("BR")
        make.cleared(member, case)
    company = visit(case.organisation.memberships[0].person)
    page = f"/cases/{case.id}/scorecard"

    assert "value 75.00, grade 3" in words(visit(member).get(page))
    assert "value 50.00, grade 2" in words(visit(member).get(page))
    assert company.get(page).status_code == 404

    with change():
        adopt(motion)

    assert "See the scorecard" in words(company.get(f"/applications/{case.id}"))
    told = words(company.get(page))
    assert "Certified" in told
    assert "value 50.00, grade 2" not in told
    answers = company.get(f"/cases/scorecards/{queries.latest_scorecard(case).id}/answers.json")
    assert answers.status_code == 200


def test_every_language_words_the_reasons(app, change):
    with change():
        case = make.make_assessed_application(band=Band.NOT_CERTIFIED)

    for language in ("en", "es", "fr", "pt"):
        sheet = queries.sheet_of_scorecard(queries.latest_scorecard(case), language)
        assert all("%(" not in reason for reason in sheet.reasons)
