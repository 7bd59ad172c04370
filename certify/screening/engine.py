"""The screener that ships: exact comparison, in this process, of the candidates its index finds."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from certify.screening.index import Found, IndexedName, NameIndex, analysed
from certify.screening.lists.files import ParsedList
from certify.screening.matching import NameAnalysis, analyse, compare, readings
from certify.screening.matching.records import with_circumstances, with_quality
from certify.screening.rules import (
    CANDIDATE_LIMIT,
    Comparison,
    Hit,
    ListedEntry,
    ListVersion,
    ScreeningResult,
    ScreeningStatus,
    Subject,
    digest_of,
    not_screened,
)


class LocalScreener:
    """Searches an index that holds exactly these list versions."""

    def __init__(self, index: NameIndex, versions: Iterable[ListVersion]) -> None:
        """Keep the index with the versions it was built from."""
        self._index = index
        self._versions = tuple(versions)

    def screen(self, subject: Subject) -> ScreeningResult:
        """Compare one subject with every list, hits best first; without lists or a name nothing is screened."""
        names = _analyses(subject)
        if not self._versions:
            return not_screened(subject, "No list has been imported.")
        if not any(name.words for name in names):
            return not_screened(subject, "The name holds no letter that could be compared.")
        hits = [compare_entry(subject, found.names) for found in self._candidates(subject, names)]
        hits.sort(key=lambda hit: (-hit.comparison.score, hit.entry.uid))
        return ScreeningResult(
            status=ScreeningStatus.SCREENED,
            subject_digest=digest_of(subject),
            hits=tuple(hit for hit in hits if hit.comparison.is_shown),
            versions=self._versions,
            candidates=len(hits),
            top_score=hits[0].comparison.score if hits else 0.0,
        )

    def _candidates(self, subject: Subject, names: tuple[NameAnalysis, ...]) -> list[Found]:
        """What the index finds by name, and what bears one of the subject's numbers."""
        by_name = self._index.candidates(names, subject.schema, limit=CANDIDATE_LIMIT)
        by_number = self._index.with_identifiers(subject.identifiers)
        return list({found.candidate.entry.uid: found for found in (*by_name, *by_number)}.values())


def screener_of(lists: Iterable[ParsedList]) -> LocalScreener:
    """A screener for lists just read."""
    kept = tuple(lists)
    index = NameIndex(analysed(entry) for each in kept for entry in each.entries)
    return LocalScreener(index, (ListVersion(each.list_id, each.digest, len(each.entries)) for each in kept))


def compare_entry(subject: Subject, names: Sequence[IndexedName]) -> Hit:
    """Hold a subject against the names of one entry: the best of all pairs, then dates, countries and numbers."""
    best, entry = Comparison(0.0, 0.0), names[0].entry
    ours, theirs = subject.name, entry.primary_name
    for our_name in _analyses(subject):
        for name in names:
            found = with_quality(compare(our_name, name.analysis), name.listed.quality)
            if found.score > best.score:
                best, ours, theirs = found, our_name.text, name.listed.text
    return Hit(entry, theirs, ours, with_circumstances(best, subject, entry))


def against(subjects: Iterable[Subject], entries: Iterable[ListedEntry]) -> list[tuple[Subject, Hit]]:
    """Hold many subjects against the few entries a new list version adds or changes; what must be shown comes back."""
    held = [analysed(entry) for entry in entries]
    pairs = ((subject, names) for subject in subjects for names in held if names[0].entry.schema is subject.schema)
    found = ((subject, compare_entry(subject, names)) for subject, names in pairs)
    return [(subject, hit) for subject, hit in found if hit.comparison.is_shown]


@lru_cache(maxsize=1_000)
def _analyses(subject: Subject) -> tuple[NameAnalysis, ...]:
    """Every name of a subject in every reading."""
    texts = [text for name in (subject.name, *subject.other_names) for text in readings(name)]
    return tuple(analyse(text, subject.schema) for text in dict.fromkeys(texts))
