"""Suspension and withdrawal: who proposes never confirms, notice is given, and the public sees it at once."""

import pytest

from certify.accounts.queries import get_actor
from certify.accounts.rules import Role
from certify.board import queries as board
from certify.board.rules import BodyKind, MotionKind
from certify.certificates import service
from certify.certificates.models import Certificate, LogLeaf
from certify.certificates.rules import Ground, Standing
from certify.kernel import clock
from certify.kernel.db import db
from certify.kernel.errors import CertifyError, RuleBroken
from certify.verification.queries import look_up
from certify.verification.rules import Answer
from tests.makers import make_person
from tests.makers.applications import signer_of
from tests.makers.board import adopt, reject
from tests.makers.certificates import make_certificate

REASON = "The company did not answer the Secretariat."


@pytest.fixture
def certificate(app, kept):
    kept("certificate", make_certificate)
    return db.session.query(Certificate).one()


@pytest.fixture
def officer(certificate, change):
    with change():
        return get_actor(make_person("Orfeo", Role.OFFICER))


def chair():
    return get_actor(board.chair_of(board.get_body(BodyKind.BOARD)))


def kinds() -> list[str]:
    return [leaf.record["event"] for leaf in db.session.query(LogLeaf).order_by(LogLeaf.index)]


def answer(certificate) -> Answer:
    db.session.expire_all()
    return look_up(certificate.code).answer


def test_a_confirmed_suspension_takes_effect_ten_days_after_notice(certificate, officer, change, work, time):
    with change():
        suspension = service.propose_suspension(
            certificate, ground=Ground.REPORTING, public_reason=REASON, actor=officer
        )
    with change():
        service.confirm_suspension(suspension, actor=chair())
    assert answer(certificate) is Answer.ACTIVE

    time.advance(days=10, seconds=1)
    work()

    assert answer(certificate) is Answer.SUSPENDED
    assert kinds() == ["issued", "suspended"]


def test_input_11_whoever_proposed_a_suspension_does_not_confirm_it(certificate, change):
    with change():
        suspension = service.propose_suspension(
            certificate, ground=Ground.REPORTING, public_reason=REASON, actor=chair()
        )

    with pytest.raises(RuleBroken), change():
        service.confirm_suspension(suspension, actor=chair())


def test_an_officer_does_not_confirm_a_suspension(certificate, officer, change):
    with change():
        suspension = service.propose_suspension(
            certificate, ground=Ground.REPORTING, public_reason=REASON, actor=officer
        )

    with pytest.raises(CertifyError) as refusal, change():
        service.confirm_suspension(suspension, actor=officer)

    assert refusal.value.status == 403


def test_an_urgent_suspension_holds_at_once_and_lapses_after_thirty_days(certificate, change, work, time):
    with change():
        service.suspend_urgently(certificate, ground=Ground.SANCTIONS, public_reason=REASON, actor=chair())
    assert answer(certificate) is Answer.SUSPENDED

    time.advance(days=30)
    work()

    assert answer(certificate) is Answer.ACTIVE
    assert kinds() == ["issued", "suspended", "reinstated"]


@pytest.mark.parametrize(("vote", "expected"), [(adopt, Answer.SUSPENDED), (reject, Answer.ACTIVE)])
def test_the_board_ratifies_an_urgent_suspension_or_ends_it(certificate, change, work, time, vote, expected):
    with change():
        service.suspend_urgently(certificate, ground=Ground.SANCTIONS, public_reason=REASON, actor=chair())
    with change():
        vote(board.find_motion(certificate.case_key, kind=MotionKind.RATIFY_SUSPENSION))

    time.advance(days=31)
    work()

    assert answer(certificate) is expected


def test_a_lifted_suspension_leaves_the_certificate_active(certificate, change):
    with change():
        service.suspend_urgently(certificate, ground=Ground.SANCTIONS, public_reason=REASON, actor=chair())

    with change():
        service.reinstate(certificate, public_reason="Resolved.", actor=chair())

    assert answer(certificate) is Answer.ACTIVE


def test_a_withdrawal_reaches_the_board_only_after_the_company_was_heard(certificate, officer, change, time):
    with change():
        withdrawal = service.propose_withdrawal(
            certificate, ground=Ground.FALSE_INFORMATION, public_reason=REASON, actor=officer
        )
    with pytest.raises(RuleBroken), change():
        service.table_withdrawal(withdrawal, actor=officer)

    with change():
        service.answer_withdrawal(withdrawal, text="We disagree.", actor=signer_of(certificate.organisation))
        service.table_withdrawal(withdrawal, actor=officer)
    with change():
        adopt(board.find_motion(certificate.case_key, kind=MotionKind.WITHDRAW_CERTIFICATE))

    assert answer(certificate) is Answer.WITHDRAWN
    assert certificate.public_reason == REASON
    assert kinds() == ["issued", "withdrawn"]


def test_the_holder_gives_back_and_an_officer_confirms(certificate, officer, change):
    with change():
        withdrawal = service.give_back(
            certificate, public_reason="We closed.", actor=signer_of(certificate.organisation)
        )

    with change():
        service.confirm_given_back(withdrawal, actor=officer)

    assert certificate.standing_at(clock.now()) is Standing.WITHDRAWN_BY_HOLDER
    assert answer(certificate) is Answer.WITHDRAWN


def test_expiry_is_computed_from_the_date_and_published_once(certificate, change, time):
    time.advance(days=(certificate.valid_until - clock.today()).days)
    assert answer(certificate) is Answer.ACTIVE

    time.advance(days=1)
    with change():
        service.expire_certificates()
        service.expire_certificates()

    from certify.kernel.events import list_events

    assert answer(certificate) is Answer.EXPIRED
    assert [row.kind for row in list_events(certificate.case_key)].count("CertificateExpired") == 1
