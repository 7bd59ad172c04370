"""The rules of procedure: versioned data files with an id and a digest, pinned to each ballot when it opens. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from certify.board.rules import BallotMode, BodyKind, MotionKind
from certify.board.tally import BallotRules, Condition

FIRST = 1
"""The version a new body begins with."""


@dataclass(frozen=True, slots=True)
class BodyRules:
    """How a body is composed."""

    seats: int
    least_seats: int
    """Fewest seats of the base that may decide; with fewer, the motion is deferred."""
    symbol: str
    """Series of its documents: MB/RES.1/26."""


@dataclass(frozen=True, slots=True)
class MotionRules:
    """How one kind of motion is decided."""

    body: BodyKind
    majority_name: str
    modes: frozenset[BallotMode]
    ballot: BallotRules


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of the rules of procedure."""

    name: str
    version: int
    origin: str
    digest: str
    """SHA-256 of the file's content as canonical JSON."""
    bodies: Mapping[BodyKind, BodyRules]
    motions: Mapping[MotionKind, MotionRules]
    reopenings: int
    """How often a motion without quorum may be reopened."""
    session_notice_days: int
    """Working days between the convocation of an ordinary session and its opening."""
    electronic_days: int
    """Least days an electronic consultation lasts."""
    reminder_days: int
    """Days before closing on which seats that have not voted are reminded."""

    @property
    def id(self) -> str:
        """Name and version, as ballots and documents cite it."""
        return f"{self.name}@{self.version}"


@cache
def load_procedure(version: int) -> Procedure:
    """Return a version of the rules; raises LookupError where there is none, ValueError where its file is faulty."""
    source = files("certify.board.procedure") / f"{version}.yml"
    if not source.is_file():
        raise LookupError(f"There is no version {version} of the rules of procedure.")
    return read_procedure(yaml.safe_load(source.read_text(encoding="utf-8")))


def read_procedure(content: Mapping[str, Any]) -> Procedure:
    """Read the rules from the content of their file."""
    bodies = {BodyKind(kind): BodyRules(**body) for kind, body in content["bodies"].items()}
    motions = {kind: read_motion(content, kind, bodies) for kind in MotionKind}
    if set(content["motions"]) != {kind.value for kind in motions}:
        raise ValueError("The rules name a kind of motion that does not exist.")
    return Procedure(
        name=content["name"],
        version=content["version"],
        origin=content["origin"],
        digest=digest(content),
        bodies=MappingProxyType(bodies),
        motions=MappingProxyType(motions),
        reopenings=content["reopenings"],
        session_notice_days=content["session"]["notice_days"],
        electronic_days=content["electronic"]["days"],
        reminder_days=content["electronic"]["reminder_days"],
    )


def read_motion(content: Mapping[str, Any], kind: MotionKind, bodies: Mapping[BodyKind, BodyRules]) -> MotionRules:
    """Read how one kind of motion is decided."""
    entry = content["motions"][kind.value]
    body = BodyKind(entry["body"])
    conditions = tuple(Condition.from_record(record) for record in content["majorities"][entry["majority"]])
    ballot = BallotRules(Condition.from_record(content["quorum"]), conditions, bodies[body].least_seats)
    return MotionRules(body, entry["majority"], frozenset(BallotMode(mode) for mode in entry["modes"]), ballot)


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the content as canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
