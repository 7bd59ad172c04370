"""Running a screening: asked for in a transaction, done by a job, stored so that it can be replayed."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from certify.kernel import audit, clock, jobs
from certify.kernel.db import db, lock, new_id
from certify.kernel.events import publish
from certify.kernel.policy import Actor, require
from certify.organisations.models import Organisation
from certify.organisations.rules import OwnersChanged
from certify.screening.engine import LocalScreener
from certify.screening.index import NameIndex, analysed
from certify.screening.models import HitRecord, SanctionsList, ScreeningRun
from certify.screening.queries import (
    ENTRY,
    list_hits,
    list_lists,
    live_entries,
    screened_organisations,
    subjects_digest,
    subjects_of,
    waiting_screening,
)
from certify.screening.rules import (
    MATCH_THRESHOLD,
    Hit,
    HitStatus,
    ListVersion,
    Screener,
    ScreeningResult,
    ScreeningStatus,
    Subject,
    digest_of,
    plain,
)
from certify.screening.rules.verdicts import ListImported, Role, ScreeningDone

WHOLE_BP = 10_000
_built: dict[tuple[ListVersion, ...], LocalScreener] = {}
_building = threading.Lock()


@dataclass(frozen=True, slots=True)
class Screened:
    """What a run found for one subject."""

    role: Role
    subject: Subject
    result: ScreeningResult


def request_screening(organisation_id: uuid.UUID) -> None:
    """Promise a screening of the company, its owners and directors."""
    payload = {"organisation_id": str(organisation_id)}
    jobs.enqueue("screening.screen", payload, once=f"screen:{organisation_id}:{new_id()}")


def screen_again(organisation: Organisation, *, actor: Actor) -> bool:
    """Have a company screened because an officer asks; False where a screening is promised already."""
    require(actor, "screening.request", organisation)
    lock(organisation)
    promised = waiting_screening(organisation.id)
    if promised and promised.attempts < jobs.ATTEMPTS:
        return False
    audit.record("screening.request", actor=actor, case_key=organisation.case_key)
    request_screening(organisation.id)
    return True


def when_list_imported(event: ListImported) -> None:
    """Reaction: have every company that was ever screened compared with the new version of a list."""
    payload = {"list_id": event.list_id, "number": event.number}
    jobs.enqueue("screening.rescreen_all", payload, once=f"rescreen:{event.list_id}:{event.number}")


def when_company_changed(event: OwnersChanged) -> None:
    """Reaction: screen a company again whose owners or directors changed, if it was ever screened."""
    if event.organisation_id in screened_organisations():
        request_screening(event.organisation_id)


def request_all_screenings() -> int:
    """Promise a screening of every company that was ever screened; return how many they are."""
    organisations = screened_organisations()
    for organisation_id in organisations:
        request_screening(organisation_id)
    return len(organisations)


def screen_now(organisation: Organisation) -> list[Screened]:
    """Compare everybody with every live list; changes nothing in the database."""
    screener = current_screener()
    return [Screened(role, subject, screener.screen(subject)) for role, subject in subjects_of(organisation)]


def current_screener() -> Screener:
    """Return a screener of the live versions, built anew only when a version changed; lives in the worker."""
    lists = [kept for kept in list_lists() if kept.live]
    versions = tuple(version_of(kept) for kept in lists)
    with _building:
        if versions not in _built:
            fresh = LocalScreener(NameIndex(names for kept in lists for names in names_of(kept)), versions)
            _built.clear()
            _built[versions] = fresh
        return _built[versions]


def version_of(kept: SanctionsList) -> ListVersion:
    """Name the live version of a list."""
    live = kept.live
    return ListVersion(kept.id, live.digest if live else "", live.entries if live else 0)


def names_of(kept: SanctionsList) -> Iterable[Any]:
    """Analyse every live entry of a list."""
    return (analysed(ENTRY.validate_python(row.record)) for row in live_entries(kept.id))


def store_run(organisation_id: uuid.UUID, screened: Sequence[Screened], *, actor: Actor) -> ScreeningRun:
    """Write the run and its new hits down; a hit decided before on the same two records stays decided."""
    require(actor, "screening.run")
    organisation = lock(db.session.get_one(Organisation, organisation_id))
    run = new_run(organisation, screened)
    known = {
        (hit.subject_digest, hit.entry_uid, hit.entry_digest): hit for hit in list_hits(organisation_id=organisation_id)
    }
    found = [(part, hit) for part in screened for hit in part.result.hits]
    for part, hit in found:
        key = (digest_of(part.subject), hit.entry.uid, digest_of(hit.entry))
        if key not in known:
            known[key] = new_hit(run, part, hit)
        elif known[key].status is HitStatus.DELISTED:
            reopen(known[key], run)
    fall_away(known.values(), screened)
    audit.record("screening.run", actor=actor, case_key=organisation.case_key, hits=len(found), status=run.status.value)
    if run.status is ScreeningStatus.SCREENED:
        publish(ScreeningDone(organisation.id, len(found)), case_key=organisation.case_key, actor=actor)
    return run


def new_run(organisation: Organisation, screened: Sequence[Screened]) -> ScreeningRun:
    """Write a run down; one subject that was not screened makes it a run that did not screen."""
    missed = [part.result for part in screened if part.result.status is not ScreeningStatus.SCREENED]
    results = [part.result for part in screened]
    run = ScreeningRun(
        id=new_id(), organisation=organisation, at=clock.now(),
        status=ScreeningStatus.NOT_SCREENED if missed else ScreeningStatus.SCREENED,
        reason=missed[0].reason if missed else "",
        subjects_digest=subjects_digest(organisation),
        subjects=[{"role": part.role.value, "digest": part.result.subject_digest} for part in screened],
        versions=[plain(version) for version in results[0].versions],
        engine=results[0].engine,
        threshold_bp=round(MATCH_THRESHOLD * WHOLE_BP),
        candidates=sum(result.candidates for result in results),
        top_score_bp=round(max(result.top_score for result in results) * WHOLE_BP),
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    return run


def new_hit(run: ScreeningRun, part: Screened, hit: Hit) -> HitRecord:
    """Write a hit down for an officer."""
    row = HitRecord(
        id=new_id(), organisation_id=run.organisation_id, run_id=run.id, list_id=hit.entry.list_id, role=part.role,
        subject=plain(part.subject), subject_digest=digest_of(part.subject),
        entry_uid=hit.entry.uid, entry=plain(hit.entry), entry_digest=digest_of(hit.entry),
        our_name=hit.our_name[:300], listed_name=hit.listed_name[:300],
        score_bp=round(hit.comparison.score * WHOLE_BP), name_score_bp=round(hit.comparison.name_score * WHOLE_BP),
        features=[plain(feature) for feature in hit.comparison.features],
        status=HitStatus.OPEN, found_at=run.at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def reopen(hit: HitRecord, run: ScreeningRun) -> None:
    """Open a hit again whose entry came back to its list; what was thought of it before stays beside it."""
    hit.status, hit.decided_at, hit.run = HitStatus.OPEN, None, run


def fall_away(hits: Iterable[HitRecord], screened: Sequence[Screened]) -> None:
    """Close open hits whose subject or entry is no longer as it was; the history stays."""
    if any(part.result.status is not ScreeningStatus.SCREENED for part in screened):
        return
    standing = {
        (digest_of(part.subject), hit.entry.uid, digest_of(hit.entry)) for part in screened for hit in part.result.hits
    }
    for hit in hits:
        live = (hit.subject_digest, hit.entry_uid, hit.entry_digest) in standing
        if not live and hit.status in {HitStatus.OPEN, HitStatus.UNDETERMINED}:
            hit.status, hit.decided_at = HitStatus.DELISTED, clock.now()
