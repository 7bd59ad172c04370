"""What an agreement is about: its parties, what each brings, who bears the cost, and for how long."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PartyKind(StrEnum):
    """The three sides of an agreement."""

    COMPANY = "company"
    GOVERNMENT = "government"
    SECRETARIAT = "secretariat"


class ContributionKind(StrEnum):
    """What a party brings."""

    KNOWLEDGE = "knowledge"
    EXPERTISE = "expertise"
    TECHNOLOGY = "technology"
    FINANCE = "finance"


class CostBearer(StrEnum):
    """Who bears the cost of the activities."""

    COMPANY = "company"
    GOVERNMENTS = "governments"
    SECRETARIAT = "secretariat"
    EACH_PARTY = "each_party"


@dataclass(frozen=True, slots=True)
class Frame:
    """What an agreement is about, apart from its prose."""

    governments: tuple[str, ...]
    """ISO 3166 codes of member states, in signing order."""
    area: str
    sdg_targets: tuple[str, ...]
    starts_on: date
    ends_on: date
    languages: tuple[str, ...]
    """Equally authentic, in the order in which they are printed."""
    cost_bearer: CostBearer


class Fault(StrEnum):
    """What is wrong with a frame; each has its sentence in words.py."""

    NO_GOVERNMENT = "no_government"
    NOT_A_MEMBER = "not_a_member"
    UNKNOWN_AREA = "unknown_area"
    NO_TARGET = "no_target"
    UNKNOWN_TARGET = "unknown_target"
    NO_LANGUAGE = "no_language"
    TERM_BACKWARDS = "term_backwards"
    TERM_LONG = "term_long"
    STARTS_LATE = "starts_late"


LONGEST_TERM_DAYS = 10 * 366


def faults_in(
    frame: Frame,
    *,
    members: Collection[str],
    areas: Collection[str],
    targets: Collection[str],
    languages: Collection[str],
    certified_until: date,
) -> dict[str, Fault]:
    """Name what is wrong with a frame, by field; empty where nothing is.

    The term begins while the certificate is valid; it may outlast it, since a certificate is renewed.
    """
    found = {
        "governments": _fault_in_list(frame.governments, members, Fault.NO_GOVERNMENT, Fault.NOT_A_MEMBER),
        "area": None if frame.area in areas else Fault.UNKNOWN_AREA,
        "sdg_targets": _fault_in_list(frame.sdg_targets, targets, Fault.NO_TARGET, Fault.UNKNOWN_TARGET),
        "languages": _fault_in_list(frame.languages, languages, Fault.NO_LANGUAGE, Fault.NO_LANGUAGE),
        "ends_on": _fault_in_term(frame.starts_on, frame.ends_on),
        "starts_on": Fault.STARTS_LATE if frame.starts_on > certified_until else None,
    }
    return {name: fault for name, fault in found.items() if fault is not None}


def _fault_in_list(chosen: Sequence[str], known: Collection[str], none: Fault, unknown: Fault) -> Fault | None:
    if not chosen:
        return none
    return None if all(one in known for one in chosen) and len(set(chosen)) == len(chosen) else unknown


def _fault_in_term(starts_on: date, ends_on: date) -> Fault | None:
    if ends_on <= starts_on:
        return Fault.TERM_BACKWARDS
    return Fault.TERM_LONG if (ends_on - starts_on).days > LONGEST_TERM_DAYS else None


class Lack(StrEnum):
    """What a draft still lacks before it can be put before the parties."""

    TEXT = "text"
    """The prose of a language is not complete."""
    PARTICULAR = "particular"
    """Particular conditions stand in some languages and not in all."""
    CONTRIBUTION = "contribution"
    """A party brings nothing yet, or not in every language."""
    SPEAKER = "speaker"
    """Nobody could act for a party."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: what, and of which language or party."""

    lack: Lack
    of: str
