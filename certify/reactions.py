"""What follows from what: the one table to read when something happened "by itself"."""

from __future__ import annotations

from certify.kernel.events import Reactions

REACTIONS: Reactions = {}
