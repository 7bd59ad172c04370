"""Who may open the start page and a home page."""

from __future__ import annotations

from certify.kernel.policy import Policy, anyone, signed_in

POLICY: Policy = {"desk.start": anyone, "desk.home": signed_in}
