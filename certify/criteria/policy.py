"""Who may read the criteria: anyone."""

from __future__ import annotations

from certify.kernel.policy import Policy, anyone

POLICY: Policy = {
    "framework.read": anyone,
    "framework.eligibility": anyone,
}
