"""How interests read to people."""

from __future__ import annotations

from typing import Any

from certify.interests.rules import Interest, Nature, Ruling
from certify.kernel.i18n import _l

INTERESTS: dict[Interest, Any] = {
    Interest.NONE: _l("No interest"),
    Interest.POTENTIAL: _l("Potential interest"),
    Interest.ACTUAL: _l("Actual conflict of interest"),
}
INTEREST_TONES: dict[Interest, str] = {
    Interest.NONE: "active",
    Interest.POTENTIAL: "attention",
    Interest.ACTUAL: "refused",
}
NATURES: dict[Nature, Any] = {
    Nature.PERSONAL: _l("Personal"),
    Nature.STATE: _l("Of the state"),
}
RULINGS: dict[Ruling, Any] = {
    Ruling.CONFLICT: _l("The chair ruled that it is a conflict"),
    Ruling.NO_CONFLICT: _l("The chair ruled that it is no conflict"),
}
TIMELINE: dict[str, Any] = {}
"""Interests are never told to a company: no event of this slice has a public sentence."""
