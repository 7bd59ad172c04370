"""Whoever plays may read the captured mail, let the other seats vote and let time pass."""

from __future__ import annotations

from certify.kernel.policy import Policy, anyone, signed_in

POLICY: Policy = {"demonstration.see": anyone, "demonstration.play": signed_in}
