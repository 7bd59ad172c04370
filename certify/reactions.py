"""What follows from what: the one table to read when something happened "by itself"."""

from __future__ import annotations

from certify.agreements import service as agreements
from certify.applications.rules import (
    ApplicationDecided,
    ApplicationIneligible,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ClarificationAnswered,
)
from certify.assessment import service as assessment
from certify.board import service as board
from certify.board.rules import MotionDecided, MotionLapsed, MotionWithdrawn
from certify.certificates import service as certificates
from certify.certificates.rules import (
    CertificateReinstated,
    CertificateSuspended,
    CertificateWithdrawn,
    SuspensionLapsed,
)
from certify.consultations.rules import ConsultationAnswered, ObjectionLifted
from certify.interests.rules import InterestDeclared, InterestRuled
from certify.kernel.events import Reactions
from certify.organisations.rules import OwnersChanged
from certify.screening import service as screening
from certify.screening.rules.verdicts import ListImported, TrueMatchFound

REACTIONS: Reactions = {
    ApplicationSubmitted: (assessment.open_case, assessment.screen_company, assessment.ask_governments),
    ClarificationAnswered: (assessment.screen_company_again, assessment.ask_governments_again),
    ApplicationDecided: (assessment.close_case,),
    ApplicationIneligible: (assessment.close_case,),
    ApplicationWithdrawn: (assessment.close_case,),
    OwnersChanged: (screening.when_company_changed,),
    ListImported: (screening.when_list_imported,),
    TrueMatchFound: (assessment.when_true_match_found,),
    ConsultationAnswered: (assessment.when_objection_raised,),
    ObjectionLifted: (assessment.when_objection_lifted,),
    InterestDeclared: (board.when_interest_declared,),
    InterestRuled: (board.when_interest_ruled,),
    MotionDecided: (
        assessment.when_motion_decided,
        certificates.when_ratification_decided,
        certificates.when_withdrawal_decided,
        screening.when_effect_decided,
        agreements.when_motion_decided,
    ),
    CertificateSuspended: (agreements.when_certificate_stopped,),
    CertificateWithdrawn: (agreements.when_certificate_stopped,),
    CertificateReinstated: (agreements.when_certificate_restored,),
    SuspensionLapsed: (agreements.when_certificate_restored,),
    MotionLapsed: (assessment.when_motion_lapsed,),
    MotionWithdrawn: (assessment.when_motion_withdrawn,),
}
"""Event > what follows, in this order and in the same transaction."""
