"""Importing lists: strict parse, difference to the live version, new version in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from certify.board.rules import MotionDecided, MotionKind
from certify.kernel import audit, clock
from certify.kernel.db import db, new_id
from certify.kernel.errors import RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require
from certify.screening.differences import drops_too_much
from certify.screening.lists import ParsedList
from certify.screening.models import ListEntry, ListImport, SanctionsList
from certify.screening.queries import find_list, live_entries
from certify.screening.rules import Effect, ListedEntry, digest_of, plain
from certify.screening.rules.verdicts import ListImported

BATCH = 1_000
"""Rows written at once."""
SOURCE_LENGTH = 300
"""Letters that are kept of where a version came from."""


Told = Callable[[int], object]
"""Hears how many more entries are done; a progress bar's `update`."""


def unheard(entries: int) -> None:
    """Tell nobody how far an import is."""


def import_list(
    parsed: ParsedList, *, title: str, source: str, actor: Actor, accept_drop: str = "", told: Told = unheard
) -> ListImport | None:
    """Make a parsed list the live version; None where the files are the same as before ("no change", logged).

    Raises RuleBroken where over a fifth of the entries would go, unless `accept_drop` gives the officer's reason.
    """
    require(actor, "list.import")
    kept = find_list(parsed.list_id) or new_list(parsed, title)
    before = kept.live
    if before and before.digest == parsed.digest:
        kept.checked_at = clock.now()
        audit.record("list.import", actor=actor, case_key=kept.case_key, change="none", digest=parsed.digest)
        told(len(parsed.entries))
        return None
    check_succession(kept, parsed, accept_drop=accept_drop)
    kept.checked_at = clock.now()
    version = new_version(kept, parsed, source[:SOURCE_LENGTH], told)
    audit.record("list.import", actor=actor, case_key=kept.case_key, digest=parsed.digest, accepted=accept_drop)
    publish(ListImported(kept.id, version.number), case_key=kept.case_key, actor=actor)
    return version


def check_succession(kept: SanctionsList, parsed: ParsedList, *, accept_drop: str) -> None:
    """Refuse what is not the next version of this list, by its kind or by how much of it is gone."""
    if kept.kind is not parsed.kind:
        sentence = _("The list %(title)s is of another kind. Choose another short name.", title=kept.title)
        raise RuleBroken(sentence, fields={"list_id": sentence})
    before = kept.live
    if before and drops_too_much(before.entries, len(parsed.entries)) and not accept_drop:
        sentence = _(
            "The list would fall from %(before)d to %(after)d entries. If that is right, import it with a reason.",
            before=before.entries,
            after=len(parsed.entries),
        )
        raise RuleBroken(sentence, fields={"accept_drop": sentence})


def new_list(parsed: ParsedList, title: str) -> SanctionsList:
    """Write a list down with its shipped default effect."""
    kept = SanctionsList(
        id=parsed.list_id, title=title, kind=parsed.kind, effect=parsed.kind.default_effect, checked_at=clock.now()
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def new_version(kept: SanctionsList, parsed: ParsedList, source: str, told: Told) -> ListImport:
    """End what is gone or changed, add what is new, and name the version."""
    number = kept.live.number + 1 if kept.live else 1
    before = {row.uid: row for row in live_entries(kept.id)}
    after = {entry.uid: entry for entry in parsed.entries}
    digests = {uid: digest_of(entry) for uid, entry in after.items()}
    gone = [row for uid, row in before.items() if uid not in after]
    changed = [row for uid, row in before.items() if uid in after and row.digest != digests[uid]]
    added = [entry for uid, entry in after.items() if uid not in before]
    for row in gone + changed:
        row.until_number = number
    db.session.flush()
    told(len(after) - len(added) - len(changed))
    insert_entries([*added, *(after[row.uid] for row in changed)], digests, kept.id, number, told)
    version = ListImport(
        id=new_id(), sanctions_list=kept, number=number, digest=parsed.digest, source=source, imported_at=clock.now(),
        entries=len(after), added=len(added), removed=len(gone), changed=len(changed),
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def insert_entries(
    entries: Iterable[ListedEntry], digests: dict[str, str], list_id: str, number: int, told: Told
) -> None:
    """Write entries in batches."""
    rows = [
        {
            "id": new_id(), "list_id": list_id, "uid": entry.uid, "digest": digests[entry.uid],
            "record": plain(entry), "since_number": number,
        }
        for entry in entries
    ]  # fmt: skip
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        db.session.execute(sa.insert(ListEntry), batch)
        told(len(batch))


def set_effect(kept: SanctionsList, *, effect: Effect, resolution: str, actor: Actor) -> None:
    """Set what a true match on this list leads to, as a resolution of the Board says."""
    require(actor, "list.set_effect", kept)
    kept.effect, kept.effect_resolution = effect, resolution
    audit.record("list.set_effect", actor=actor, case_key=kept.case_key, effect=effect.value, resolution=resolution)


def when_effect_decided(event: MotionDecided) -> None:
    """Carry out the Board's decision on a list's effect."""
    if event.motion_kind is not MotionKind.SET_LIST_EFFECT or event.outcome != "adopted":
        return
    kept = db.session.get_one(SanctionsList, event.detail["list_id"])
    effect = Effect(event.detail["effect"])
    set_effect(kept, effect=effect, resolution=event.resolution, actor=Actor.system("motion decided"))
