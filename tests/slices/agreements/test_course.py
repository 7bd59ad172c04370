"""The course of an agreement, from draft to force."""

from __future__ import annotations

from certify.agreements.rules import State
from certify.agreements.words import TIMELINE
from certify.kernel import events
from tests.makers.agreements import make_concluded


def test_an_agreement_goes_from_draft_to_force(sides):
    agreement = make_concluded(sides)

    assert agreement.state is State.IN_FORCE
    kinds = [row.kind for row in events.list_events(agreement.case_key) if row.kind in TIMELINE]
    assert kinds == [
        "AgreementDrafted",
        "VersionProposed",
        "VersionPrinted",
        *["PartyAgreed"] * 4,
        "VersionAgreed",
        "ClearanceTabled",
        "AgreementCleared",
        "SigningOpened",
        *["AgreementSigned"] * 4,
        "AgreementConcluded",
    ]
