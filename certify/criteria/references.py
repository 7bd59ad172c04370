"""The international norms that a criterion may cite by code: the 169 SDG targets and the 31 UN Guiding Principles."""

import re

# Goal: (targets numbered 1, 2, ..., targets lettered a, b, ...), General Assembly resolution 70/1 of 25 September 2015.
_TARGETS_OF_GOAL = {
    1: (5, 2), 2: (5, 3), 3: (9, 4), 4: (7, 3), 5: (6, 3), 6: (6, 2), 7: (3, 2), 8: (10, 2), 9: (5, 3),
    10: (7, 3), 11: (7, 3), 12: (8, 3), 13: (3, 2), 14: (7, 3), 15: (9, 3), 16: (10, 2), 17: (19, 0),
}  # fmt: skip


def _codes(goal: int, numbered: int, lettered: int) -> list[str]:
    return [f"{goal}.{n + 1}" for n in range(numbered)] + [f"{goal}.{'abcd'[n]}" for n in range(lettered)]


SDG_TARGETS = frozenset(code for goal, counts in _TARGETS_OF_GOAL.items() for code in _codes(goal, *counts))
"""The codes of the 169 targets of the Sustainable Development Goals, such as `8.7` and `16.b`."""

_PRINCIPLE = r"([1-9]|[12][0-9]|3[01])"
_PRINCIPLES = re.compile(rf"{_PRINCIPLE}(,{_PRINCIPLE})*")


def _cites(reference: str, norm: str) -> bool:
    """Whether a reference claims a code of the norm: its name, a space and a digit (`SDG Compass` claims none)."""
    return reference.startswith(norm + " ") and reference[len(norm) + 1 : len(norm) + 2].isdigit()


def wrong_code(reference: str) -> str | None:
    """Why a reference cites a code that does not exist, or None. References of other kinds are free."""
    code = reference[reference.find(" ") + 1 :]
    if _cites(reference, "SDG") and code not in SDG_TARGETS:
        return "is not one of the 169 SDG targets"
    if _cites(reference, "UNGP") and not _PRINCIPLES.fullmatch(code):
        return "must name UN Guiding Principles 1 to 31, separated by commas alone"
    return None
