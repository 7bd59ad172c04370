"""The course of a case: taken, assessed, reviewed, tabled, decided."""

import pytest

from certify.applications.rules import Status
from certify.assessment import queries
from certify.board.rules import MotionKind
from certify.criteria.rules import Band
from tests.makers import assessment as make
from tests.makers.board import adopt, make_board, reject


@pytest.mark.parametrize(
    ("band", "kind", "adopted", "rejected"),
    [
        (Band.NOT_CERTIFIED, MotionKind.REFUSE, Status.REFUSED, Status.DEFERRED),
        (Band.CONDITIONAL, MotionKind.CERTIFY, Status.APPROVED_WITH_CONDITIONS, Status.REFUSED),
        (Band.CERTIFIED, MotionKind.CERTIFY, Status.APPROVED, Status.REFUSED),
        (Band.DISTINCTION, MotionKind.CERTIFY, Status.APPROVED, Status.REFUSED),
    ],
    ids=lambda value: str(value),
)
@pytest.mark.parametrize("votes", [adopt, reject], ids=["adopted", "rejected"])
def test_the_band_names_the_motion_and_the_vote_decides_the_case(app, change, votes, band, kind, adopted, rejected):
    with change():
        make_board()
        case, motion = make.make_tabled_application(band=band)

    with change():
        votes(motion)

    assert queries.latest_scorecard(case).band is band
    assert motion.kind is kind
    assert case.status is (adopted if votes is adopt else rejected)
