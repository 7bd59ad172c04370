"""A case walked through its pages by everybody who touches it."""

from certify.applications.rules import Status
from certify.assessment import queries
from certify.criteria.rules import Band
from tests.makers import assessment as make
from tests.makers.board import make_board
from tests.pages import csrf_token, send, words


def declared(client, case, then):
    """Declare no interest on the way to a page, as a person does."""
    address = f"/interests/{case.case_key}?next={then}"
    return send(client, address, interest="none")


def test_a_case_goes_from_the_queue_to_the_board_through_its_pages(app, change, visit, work):
    with change():
        board = make_board()
        olga, rui = make.make_officer("Olga Ortiz"), make.make_officer("Rui Reis")
        case = make.make_case(band=Band.CONDITIONAL)
        make.make_screened(case)
    here = f"/cases/{case.id}"

    officer = visit(olga)
    assert case.organisation.legal_name in words(officer.get("/cases/"))
    assert "Take this case" in words(officer.get(here))
    assert "interests" in officer.get(f"{here}/take/assessor").location
    declared(officer, case, f"{here}/take/assessor")
    send(officer, f"{here}/take/assessor")
    send(officer, f"{here}/profile")
    for criterion in ("INT-01", "INT-02", "HRT-01"):
        assert "is recorded" in words(send(officer, f"{here}/criteria/{criterion}", grade="3"))
    with change():
        make.record_all(case)
    page = send(officer, f"{here}/finish")
    assert "The assessment is finished" in words(page)

    reviewer = visit(rui)
    declared(reviewer, case, f"{here}/take/reviewer")
    send(reviewer, f"{here}/take/reviewer")
    send(reviewer, f"{here}/criteria/INT-03", level="2", reason="The register names owners of 25 percent only.")
    token = csrf_token(reviewer, f"{here}/criteria")
    for theme in queries.bench_of(case).framework.themes:
        reviewer.post(f"{here}/themes/{theme.id}/agree", data={"csrf_token": token})
    assert "The review is finished" in words(send(reviewer, f"{here}/finish-review"))

    send(
        officer,
        f"{here}/recommendation",
        text="Certify with one condition.",
        added_value="Forty technicians.",
        **{
            "conditions-0-text": "Publish a policy.",
            "conditions-0-owner": "General manager",
            "conditions-0-due_on": "2026-06-30",
        },
    )
    assert "before the Board" in words(send(officer, f"{here}/table"))
    work()

    member = visit(board.representative("BR"))
    declared(member, case, f"{here}/dossier")
    dossier = member.get(f"{here}/dossier")
    assert "What you must know" in words(dossier)
    assert "Where assessor and reviewer differ" in words(dossier)
    assert case.status is Status.TABLED
    recommendation = queries.latest_recommendation(case)
    assert member.get(f"/cases/recommendations/{recommendation.id}/dossier.pdf").data.startswith(b"%PDF")
