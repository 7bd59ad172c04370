"""How an agreement moves from one state to the next: one door for every service of this slice."""

from __future__ import annotations

from certify.agreements.models import Agreement, Proposal
from certify.agreements.queries import live_proposal
from certify.agreements.rules import EDITABLE, Ending, Step, next_state
from certify.agreements.words import STATES
from certify.kernel import clock
from certify.kernel.db import db, lock
from certify.kernel.errors import RuleBroken
from certify.kernel.i18n import _


def hold(agreement: Agreement) -> Agreement:
    """Hold the agreement until the transaction ends, and read it and its parts afresh."""
    lock(agreement)
    db.session.expire(agreement, ["parties", "contributions", "versions", "proposals"])
    return agreement


def move(agreement: Agreement, step: Step) -> None:
    """Take one step of an agreement that is held; RuleBroken where the step is not possible."""
    after = next_state(agreement.state, step)
    if after is None:
        raise RuleBroken(not_now(agreement))
    agreement.state = after


def not_now(agreement: Agreement) -> str:
    """Say that the agreement's state stands against it."""
    return str(_("This is not possible now. The agreement's status is: %(status)s.", status=STATES[agreement.state][0]))


def hold_to_edit(agreement: Agreement, revision: int | None) -> None:
    """Hold the working text; refuse where it may not change now, or changed since `revision` was read."""
    hold(agreement)
    if agreement.state not in EDITABLE:
        raise RuleBroken(not_now(agreement))
    if revision is not None and revision != agreement.revision:
        raise RuleBroken(
            _("Someone else changed this agreement while you were writing. Open it again; nothing of theirs was lost.")
        )
    agreement.revision += 1


def before_the_parties(agreement: Agreement) -> Proposal:
    """Return the version that is before the parties of an agreement that is held; RuleBroken where none is."""
    proposal = live_proposal(agreement)
    if proposal is None:
        raise RuleBroken(not_now(agreement))
    return proposal


def end_proposal(proposal: Proposal, ending: Ending, *, because: str = "") -> None:
    """Take a version from the table; what was said, agreed and signed about it stays."""
    proposal.ended_at, proposal.ending, proposal.ended_because = clock.now(), ending, because
    db.session.flush()
