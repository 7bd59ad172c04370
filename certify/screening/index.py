"""Finding the few entries worth an exact comparison among all names of all lists.

An inverted index from the sound of a word to the names that hold it. A word one letter off is rescued through its
one-letter deletions, one further off through its first or last letter. Built once from analysed entries and never
changed: a new list version means a new index in the old one's place.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from certify.screening.matching import NameAnalysis, analyse, readings
from certify.screening.matching.analysis import Word
from certify.screening.matching.records import identifier_key
from certify.screening.rules import CANDIDATE_LIMIT, Candidate, Identifier, ListedEntry, ListedName, Schema
from certify.screening.spelling import skeleton, sound
from certify.screening.vocabulary import name_groups

OWN_SHARE: Final = 0.6
"""How much more the subject's own words count than those the listed name has beyond them; people leave names out."""

ONE_LETTER_OFF: Final = 0.8
TWO_LETTERS_OFF: Final = 0.6
"""What a rescued word is worth against the word itself."""

LEAST_SHARE: Final = 0.15
"""Names that hold less are not worth an exact comparison."""

_SHORTEST_RESCUED: Final = 3
_SHORTEST_TWICE_WRONG: Final = 6
_MOST_RESCUED: Final = 20


@dataclass(frozen=True, slots=True)
class IndexedName:
    """One name of an entry with its analysis, which may come from storage."""

    entry: ListedEntry
    listed: ListedName
    analysis: NameAnalysis


@dataclass(slots=True)
class Found:
    """An entry that the index found, and those of its names that hold enough of the subject's, best first."""

    candidate: Candidate
    names: list[IndexedName] = field(default_factory=list)


def analysed(entry: ListedEntry) -> tuple[IndexedName, ...]:
    """Work out every name of an entry, in each reading it allows."""
    texts = ((name, text) for name in entry.names for text in readings(name.text))
    return tuple(IndexedName(entry, name, analyse(text, entry.schema)) for name, text in texts)


class NameIndex:
    """All names of the lists, by the words they hold, apart for people, companies, vessels and aircraft."""

    def __init__(self, entries: Iterable[tuple[IndexedName, ...]]) -> None:
        """Take in the entries, each as its names; this is the only change the index ever sees."""
        self._shelves = {schema: _Shelf() for schema in Schema}
        self._numbers: defaultdict[tuple[str, str, str], list[tuple[IndexedName, ...]]] = defaultdict(list)
        self._entries = 0
        for names in entries:
            self._entries += 1
            for name in names:
                self._shelves[name.entry.schema].add(name)
            for identifier in names[0].entry.identifiers:
                if key := identifier_key(identifier):
                    self._numbers[key].append(names)
        for shelf in self._shelves.values():
            shelf.close()

    def __len__(self) -> int:
        """How many entries can be found."""
        return self._entries

    def candidates(self, names: Sequence[NameAnalysis], schema: Schema, *, limit: int = CANDIDATE_LIMIT) -> list[Found]:
        """The entries whose names hold most of the weight of any of these names, best first."""
        found: dict[str, Found] = {}
        nearest = [near for name in names for near in self._shelves[schema].nearest(name, limit)]
        for likeness, near in sorted(nearest, key=lambda each: -each[0]):
            uid = near.entry.uid
            if uid not in found and len(found) < limit:
                found[uid] = Found(Candidate(near.entry, likeness))
            if uid in found:
                found[uid].names.append(near)
        return list(found.values())

    def with_identifiers(self, identifiers: Iterable[Identifier]) -> list[Found]:
        """The entries that bear one of these numbers, whatever their names."""
        keys = [key for identifier in identifiers if (key := identifier_key(identifier))]
        bearers = [names for key in keys for names in self._numbers.get(key, ())]
        return [Found(Candidate(names[0].entry, 1.0), list(names)) for names in bearers]


class _Shelf:
    """The names of one schema."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._names: list[IndexedName] = []
        self._weights: list[float] = []
        self._keys: list[tuple[str, ...]] = []
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        self._deletions: defaultdict[str, list[str]] = defaultdict(list)
        self._ends: defaultdict[str, list[str]] = defaultdict(list)
        self._rarity: dict[str, float] = {}

    def add(self, name: IndexedName) -> None:
        """Take in a name."""
        keys = {key: None for word in name.analysis.words for key in _keys(word)}
        for key in (*keys, *_side_keys(name.analysis)):
            self._postings[key].append(len(self._names))
        self._names.append(name)
        self._keys.append(tuple(keys))

    def close(self) -> None:
        """Work out how rare every word is, what each name weighs, and the one-letter deletions of every word."""
        total = max(1, len(self._names))
        self._rarity = {key: math.log(1 + total / len(names)) for key, names in self._postings.items()}
        self._weights = [sum(self._rarity[key] for key in keys) for keys in self._keys]
        self._keys = []
        for key in self._postings:
            if key.isalnum() and len(key) >= _SHORTEST_RESCUED:
                for shorter in _shorter(key):
                    self._deletions[shorter].append(key)
                self._ends[f"{key[0]}-"].append(key)
                self._ends[f"-{key[-1]}"].append(key)

    def nearest(self, name: NameAnalysis, limit: int) -> list[tuple[float, IndexedName]]:
        """The names that share most with a name, each with the share of weight they hold."""
        found: defaultdict[int, float] = defaultdict(float)
        weight = 0.0
        commonest = math.log(1 + max(1, len(self._names)))
        for word in name.words:
            own = max((self._rarity.get(key, commonest) for key in _keys(word)), default=0.0)
            weight += own
            for place, share in self._holders(word).items():
                found[place] += share * own
        for place in self._postings.get(_whole_key(name), ()):
            found[place] = max(found[place], weight)
        ranked = heapq.nlargest(4 * limit, found, key=lambda place: self._share(found[place], weight, place))
        shares = [(min(1.0, self._share(found[place], weight, place)), self._names[place]) for place in ranked]
        return [(share, near) for share, near in shares if share >= LEAST_SHARE]

    def _share(self, held: float, weight: float, place: int) -> float:
        """The part of both names' weight that they share."""
        whole = OWN_SHARE * weight + (1 - OWN_SHARE) * self._weights[place]
        return held / whole if whole else 0.0

    def _holders(self, word: Word) -> dict[int, float]:
        """The names that hold a word or one a letter off, with what the find is worth."""
        found: dict[int, float] = {}
        for key, worth in self._near_keys(word):
            for place in self._postings[key]:
                if found.get(place, 0.0) < worth:
                    found[place] = worth
        return found

    def _near_keys(self, word: Word) -> Iterator[tuple[str, float]]:
        """The keys under which a word may stand."""
        for key in _keys(word):
            if key in self._postings:
                yield key, 1.0
        if word.abjad and (bones := _skeleton_key(word)) in self._postings:
            yield bones, ONE_LETTER_OFF
        heard = sound(word.text)
        if len(heard) >= _SHORTEST_RESCUED:
            near = self._one_letter_off(heard)
            yield from ((key, ONE_LETTER_OFF) for key in near)
            if not near and heard not in self._postings:
                yield from ((key, TWO_LETTERS_OFF) for key in self._two_letters_off(heard))

    def _one_letter_off(self, heard: str) -> set[str]:
        """The indexed words that one added, lost, changed or swapped letter turns into this one."""
        shorter = _shorter(heard)
        near = {key for key in shorter if key in self._postings}
        near.update(self._deletions.get(heard, ()))
        near.update(key for part in shorter for key in self._deletions.get(part, ()))
        return {key for key in near if key != heard and OSA.distance(key, heard, score_cutoff=1) <= 1}

    def _two_letters_off(self, heard: str) -> list[str]:
        """The indexed words with the same first or last letter that two wrong letters turn into this one."""
        if len(heard) < _SHORTEST_TWICE_WRONG:
            return []
        alike = self._ends.get(f"{heard[0]}-", []) + self._ends.get(f"-{heard[-1]}", [])
        found = process.extract(heard, alike, scorer=OSA.distance, score_cutoff=2, limit=_MOST_RESCUED)
        return [key for key, _, _ in found]


def _shorter(word: str) -> set[str]:
    """A word with each of its letters left out in turn."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _keys(word: Word) -> tuple[str, ...]:
    """What a word is filed under: its sound, and its meaning or the known names it is a spelling of."""
    meaning = (f"={word.meaning}",) if word.meaning else ()
    groups = tuple(f"={group}" for group in sorted(name_groups().get(word.text, ())))
    return (sound(word.text), *meaning, *groups)


def _side_keys(name: NameAnalysis) -> Iterator[str]:
    """What a name is filed under besides its words: all of it without gaps, and the consonants of each word."""
    yield _whole_key(name)
    yield from {_skeleton_key(word) for word in name.words if not word.abjad and len(word.text) > 3}


def _whole_key(name: NameAnalysis) -> str:
    """The sound of a name without gaps."""
    return f"#{sound(name.whole)}"


def _skeleton_key(word: Word) -> str:
    """The consonants of a word."""
    return f"~{skeleton(word.text)}"
