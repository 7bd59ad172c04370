"""What changed between two versions of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from certify.screening.rules import ListedEntry, digest_of

LARGEST_DROP_PERCENT: Final = 20
"""A list that loses more than this is more likely cut than mended; importing it needs an officer's word."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Entries that a new version adds, drops and alters, in the order of the version that has them."""

    added: tuple[ListedEntry, ...] = ()
    removed: tuple[ListedEntry, ...] = ()
    changed: tuple[ListedEntry, ...] = ()

    @property
    def to_rescreen(self) -> tuple[ListedEntry, ...]:
        """The entries that have to be held against every live subject."""
        return self.added + self.changed


def differences(old: Iterable[ListedEntry], new: Iterable[ListedEntry]) -> Differences:
    """Compare two versions entry by entry; an entry is changed when its digest is."""
    before = {entry.uid: entry for entry in old}
    after = {entry.uid: entry for entry in new}
    return Differences(
        added=tuple(entry for uid, entry in after.items() if uid not in before),
        removed=tuple(entry for uid, entry in before.items() if uid not in after),
        changed=tuple(
            entry for uid, entry in after.items() if uid in before and digest_of(before[uid]) != digest_of(entry)
        ),
    )


def drops_too_much(before: int, after: int) -> bool:
    """True when a new version has over a fifth fewer entries than the live one."""
    return (before - after) * 100 > before * LARGEST_DROP_PERCENT
