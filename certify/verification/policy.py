"""Verification is open to everyone."""

from __future__ import annotations

from certify.kernel.policy import Policy, anyone

POLICY: Policy = {"verification.see": anyone, "verification.check": anyone}
