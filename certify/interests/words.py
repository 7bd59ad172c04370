"""How interests read to people."""

from __future__ import annotations

from typing import Any

from certify.interests.rules import Interest, Nature, Ruling
from certify.kernel.i18n import _l

INTERESTS: dict[Interest, Any] = {
    Interest.NONE: _l("No interest"),
    Interest.POTENTIAL: _l("A potential interest"),
    Interest.ACTUAL: _l("An actual conflict of interest"),
}
INTEREST_MEANINGS: dict[Interest, Any] = {
    Interest.NONE: _l(
        "Nothing of mine, of people close to me or of my state could influence me. The file opens at once."
    ),
    Interest.POTENTIAL: _l(
        "Something could look like an influence, or I am not sure. The chair decides; the file stays closed until then."
    ),
    Interest.ACTUAL: _l("Something could influence me. The file stays closed to me and I take no part in the case."),
}
INTEREST_TONES: dict[Interest, str] = {
    Interest.NONE: "active",
    Interest.POTENTIAL: "attention",
    Interest.ACTUAL: "refused",
}
NATURES: dict[Nature, Any] = {
    Nature.PERSONAL: _l("Mine, or of people close to me"),
    Nature.STATE: _l("Of the state I speak for"),
}
NATURE_MEANINGS: dict[Nature, Any] = {
    Nature.PERSONAL: _l(
        "You are out of the case. On the Board, an alternate of your seat without an interest may act."
    ),
    Nature.STATE: _l("The seat of your state is out of the case: it counts neither for the quorum nor for the result."),
}
RULINGS: dict[Ruling, Any] = {
    Ruling.CONFLICT: _l("Ruled a conflict"),
    Ruling.NO_CONFLICT: _l("Ruled no conflict"),
}
RULING_CHOICES: dict[Ruling, Any] = {
    Ruling.NO_CONFLICT: _l("No. The person may open the file and take part."),
    Ruling.CONFLICT: _l("Yes. The person stays out of the case."),
}
TIMELINE: dict[str, Any] = {}
"""Interests are never told to a company: no event of this slice has a public sentence."""


def standing(interest: Interest, ruling: Ruling | None) -> tuple[str, Any, str]:
    """Return what a declaration comes to now, as a status tag shows it: value, words, tone."""
    if interest is not Interest.POTENTIAL:
        return interest.value, INTERESTS[interest], INTEREST_TONES[interest]
    if ruling is None:
        return "unruled", _l("Waits for the chair’s ruling"), "attention"
    return ruling.value, RULINGS[ruling], "active" if ruling is Ruling.NO_CONFLICT else "refused"
