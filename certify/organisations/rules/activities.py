"""What a company does and how large it is, in the words of a framework: its sectors and its class of size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from certify.organisations.rules.reference import data_file


class Size(StrEnum):
    """The class of size; a larger one is asked more."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The numbers from which a class of size begins; either is enough."""

    size: Size
    employees: int
    turnover_usd: int
    """Whole US dollars a year."""

    def is_reached(self, employees: int | None, turnover_usd: int | None) -> bool:
        """Whether either number reaches this class."""
        return (employees or 0) >= self.employees or (turnover_usd or 0) >= self.turnover_usd


_SIZES: dict[str, Any] = data_file("sectors_and_sizes.yml")["sizes"]
_SECTORS: dict[str, Any] = data_file("sectors_and_sizes.yml")["sectors"]
THRESHOLDS = tuple(Threshold(Size(row["size"]), row["employees"], row["turnover_usd"]) for row in _SIZES["classes"])
"""Where each class above micro begins, smallest first. Default, to be set by the Board."""
SECTORS: dict[str, frozenset[str]] = {name: frozenset(codes) for name, codes in _SECTORS["divisions"].items()}
"""Sector of the framework > ISIC Rev. 4 divisions. Default, to be set by the Board."""
DIVISIONS = frozenset(code for codes in SECTORS.values() for code in codes)
"""The 88 divisions of ISIC Rev. 4."""
OTHER_SECTOR = "other"
SIZE_SOURCE, SECTOR_SOURCE = str(_SIZES["source"]), str(_SECTORS["source"])


def size_of(employees: int | None, turnover_usd: int | None) -> Size:
    """Return the class of size from employees and yearly turnover (whole US dollars); the larger class wins.

    A company that states neither number is asked everything, as a large one; the assessor confirms the class.
    """
    if employees is None and turnover_usd is None:
        return Size.LARGE
    reached = [threshold.size for threshold in THRESHOLDS if threshold.is_reached(employees, turnover_usd)]
    return reached[-1] if reached else Size.MICRO


def sectors_of(isic_divisions: Iterable[str]) -> list[str]:
    """Return the framework's sectors of these divisions, in the alphabet's order; 'other' where none is stated."""
    stated = frozenset(isic_divisions)
    found = sorted(sector for sector, divisions in SECTORS.items() if divisions & stated)
    return found or [OTHER_SECTOR]
