"""Whatever officers try, in whatever order: nobody assesses and reviews the same case, nothing recorded is lost."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, settings
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
CRITERIA = ("INT-01", "HRT-01", "LAB-07")


class Officers(RuleBasedStateMachine):
    """Four officers at one case, each trying whatever comes to mind; refusals are fine, broken rules are not."""

    @initialize()
    def begin(self) -> None:
        """A case whose screening is done, and four officers who declared no interest."""
        with transaction():
            self.case = make.make_case()
            make.make_screened(self.case)
            self.officers = [make.make_officer() for _number in range(4)]
            for officer in self.officers:
                make.cleared(officer, self.case)
        self.recorded = 0
        self.worked: dict[Side, set[object]] = {side: set() for side in Side}

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

    @rule(who=OFFICERS, whom=OFFICERS, side=SIDES)
    def give(self, who: int, whom: int, side: Side) -> None:
        """Give a side on."""
        with self.attempt():
            service.give_case(
                self.case, side=side, person=self.officers[whom], reason="Leave.", actor=get_actor(self.officers[who])
            )

    @rule(who=OFFICERS, side=SIDES, criterion=st.sampled_from(CRITERIA), grade=st.integers(0, 4))
    def record(self, who: int, side: Side, criterion: str, grade: int) -> None:
        """Record an opinion."""
        with self.attempt():
            found = Found(grade, reason="Looked at it.")
            actor = get_actor(self.officers[who])
            service.record_opinion(self.case, side=side, criterion=criterion, found=found, actor=actor)
            self.recorded += 1
            self.worked[side].add(actor.person_id)

    @rule()
    def finish(self) -> None:
        """Let the assessor do what is left and finish."""
        if self.case.assessor_id is None or self.case.status is not Status.IN_REVIEW:
            return
        with self.attempt():
            before = len(queries.all_records(self.case))
            make.finish_assessed(self.case)
            self.recorded += len(queries.all_records(self.case)) - before
            self.worked[Side.ASSESSOR].add(self.case.assessor_id)

    @rule(who=OFFICERS)
    def send_back(self, who: int) -> None:
        """Send the case back."""
        with self.attempt():
            service.send_back(self.case, reason="Again.", actor=get_actor(self.officers[who]))

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
            max_examples=4,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
