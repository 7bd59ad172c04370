"""How roles read to people."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.kernel.i18n import _l

ROLES: dict[Role, Any] = {
    Role.OFFICER: _l("Officer of the Secretariat"),
    Role.EXPERT: _l("Outside technical reviewer"),
    Role.BOARD: _l("Board member"),
    Role.FOCAL_POINT: _l("Government focal point"),
    Role.ASSOCIATED: _l("Associated entity"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
TIMELINE: dict[str, Any] = {}
