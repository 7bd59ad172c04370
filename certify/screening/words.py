"""How lists, hits and verdicts read to people."""

from __future__ import annotations

from typing import Any

from certify.kernel.i18n import _l
from certify.screening.rules import Effect, HitStatus
from certify.screening.verdicts import ReasonCode, Role, StateWord

EFFECTS: dict[Effect, Any] = {
    Effect.EXCLUDING: _l("Excluding: a confirmed match ends the case"),
    Effect.INFORMATIVE: _l("Informative: a confirmed match goes to the dossier"),
}
HITS: dict[HitStatus, Any] = {
    HitStatus.OPEN: _l("Open"),
    HitStatus.TRUE_MATCH: _l("True match"),
    HitStatus.FALSE_POSITIVE: _l("False positive"),
    HitStatus.UNDETERMINED: _l("Undetermined"),
    HitStatus.DELISTED: _l("No longer on the list"),
}
HIT_TONES: dict[HitStatus, str] = {
    HitStatus.OPEN: "attention",
    HitStatus.TRUE_MATCH: "refused",
    HitStatus.FALSE_POSITIVE: "active",
    HitStatus.UNDETERMINED: "attention",
    HitStatus.DELISTED: "neutral",
}
ROLES: dict[Role, Any] = {
    Role.COMPANY: _l("The company itself"),
    Role.OWNER: _l("Owner of 10 percent or more"),
    Role.DIRECTOR: _l("Director"),
}
REASONS: dict[ReasonCode, Any] = {
    ReasonCode.SAME_IDENTITY: _l("Name and further facts are the same"),
    ReasonCode.OTHER_BIRTH_DATE: _l("Another birth date"),
    ReasonCode.OTHER_COUNTRY: _l("Another country"),
    ReasonCode.OTHER_ACTIVITY: _l("Another activity or kind of entity"),
    ReasonCode.NAME_ONLY: _l("Only the name is alike"),
    ReasonCode.NOT_ENOUGH: _l("Not enough is known to decide"),
}
STATES: dict[StateWord, Any] = {
    StateWord.NOT_SCREENED: _l("Not screened"),
    StateWord.OPEN_HITS: _l("Hits wait for an officer"),
    StateWord.UNDETERMINED: _l("A hit is undetermined"),
    StateWord.TRUE_MATCH: _l("True match on an excluding list"),
    StateWord.CLEAR: _l("Screened, no open hit"),
}
STATE_TONES: dict[StateWord, str] = {
    StateWord.NOT_SCREENED: "attention",
    StateWord.OPEN_HITS: "attention",
    StateWord.UNDETERMINED: "attention",
    StateWord.TRUE_MATCH: "refused",
    StateWord.CLEAR: "active",
}
TIMELINE: dict[str, Any] = {
    "ScreeningDone": _l("The company, its owners and directors were screened: %(hits)s hits to look at."),
    "HitsSettled": _l("Every hit of the screening was decided by an officer."),
}
