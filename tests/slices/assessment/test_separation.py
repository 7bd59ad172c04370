"""Whatever officers try, in whatever order: nobody assesses and reviews the same case, nothing recorded is lost."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from certify.accounts.queries import get_actor
from certify.applications.rules import Status
from certify.assessment import queries, service
from certify.assessment.rules import Side
from certify.assessment.service.recording import Found
from certify.kernel.db import transaction
from certify.kernel.errors import CertifyError
from tests.makers import assessment as make

OFFICERS = st.integers(0, 3)
SIDES = st.sampled_from(sorted(Side))


class Officers(RuleBasedStateMachine):
    """Four officers at one case, each trying whatever comes to mind; refusals are fine, broken rules are not."""

    @initialize()
    def begin(self) -> None:
        """A case that the first of four officers assessed; all of them declared no interest."""
        with transaction():
            self.officers = [make.make_officer() for _number in range(4)]
            self.case = make.make_assessed_application(officer=self.officers[0])
            for officer in self.officers:
                make.cleared(officer, self.case)
        self.recorded = len(queries.all_records(self.case))
        self.worked: dict[Side, set[object]] = {side: set() for side in Side}
        self.worked[Side.ASSESSOR].add(self.officers[0].id)

    @contextlib.contextmanager
    def attempt(self):
        """Try something in a transaction of its own; what is refused leaves nothing behind."""
        with contextlib.suppress(CertifyError), transaction():
            yield

    @rule(who=OFFICERS, side=SIDES)
    def take(self, who: int, side: Side) -> None:
        """Take a side."""
        with self.attempt():
            service.take_case(self.case, side=side, actor=get_actor(self.officers[who]))

    @rule(who=OFFICERS, further=st.integers(1, 3), side=SIDES)
    def give(self, who: int, further: int, side: Side) -> None:
        """Give a side on to another officer."""
        giver, taker = self.officers[who], self.officers[(who + further) % 4]
        with self.attempt():
            service.give_case(self.case, side=side, person=taker, reason="Leave.", actor=get_actor(giver))

    @rule(who=OFFICERS, grade=st.integers(0, 4))
    def record(self, who: int, grade: int) -> None:
        """Record an opinion on whichever side is open."""
        side = Side.REVIEWER if self.case.status is Status.ASSESSED else Side.ASSESSOR
        with self.attempt():
            found, actor = Found(grade, reason="Looked at it."), get_actor(self.officers[who])
            service.record_opinion(self.case, side=side, criterion="HRT-01", found=found, actor=actor)
            self.recorded += 1
            self.worked[side].add(actor.person_id)

    @rule(back=st.booleans())
    def move(self, back: bool) -> None:
        """Let the reviewer send the case back, or the assessor finish it again."""
        with self.attempt():
            if back and self.case.reviewer_id is not None:
                service.send_back(self.case, reason="Again.", actor=make.reviewer_of(self.case))
            elif self.case.assessor_id is not None:
                service.finish_assessment(self.case, actor=make.assessor_of(self.case))

    @invariant()
    def nobody_has_both_sides(self) -> None:
        """Not now, not one after the other, and not in what was recorded."""
        if not hasattr(self, "case"):
            return
        assert not queries.ever_on(self.case, Side.ASSESSOR) & queries.ever_on(self.case, Side.REVIEWER)
        assert not self.worked[Side.ASSESSOR] & self.worked[Side.REVIEWER]
        assert self.case.assessor_id is None or self.case.assessor_id != self.case.reviewer_id

    @invariant()
    def nothing_recorded_is_lost(self) -> None:
        """Records are only ever added."""
        if hasattr(self, "case"):
            assert len(queries.all_records(self.case)) == self.recorded


def test_nobody_ever_assesses_and_reviews_the_same_case(app):
    run_state_machine_as_test(
        Officers,
        settings=settings(
            max_examples=6,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
