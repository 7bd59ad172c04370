"""What changes certificates: issuing, suspending, withdrawing, and the log of it all."""

from certify.certificates.service.issuing import accept_terms, activate, make_documents, settle_claims
from certify.certificates.service.suspending import (
    confirm_suspension,
    decline_suspension,
    propose_suspension,
    reinstate,
    suspend_urgently,
    take_effect,
    when_ratification_decided,
)
from certify.certificates.service.withdrawing import (
    answer_withdrawal,
    confirm_given_back,
    expire_certificates,
    give_back,
    propose_withdrawal,
    table_withdrawal,
    when_withdrawal_decided,
)

__all__ = [
    "accept_terms",
    "activate",
    "answer_withdrawal",
    "confirm_given_back",
    "confirm_suspension",
    "decline_suspension",
    "expire_certificates",
    "give_back",
    "make_documents",
    "propose_suspension",
    "propose_withdrawal",
    "reinstate",
    "settle_claims",
    "suspend_urgently",
    "table_withdrawal",
    "take_effect",
    "when_ratification_decided",
    "when_withdrawal_decided",
]
