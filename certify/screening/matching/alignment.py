"""Which word of one name answers to which of the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from certify.screening.matching.analysis import Word
from certify.screening.rules import FeatureKind
from certify.screening.spelling import likeness

PAIRED: Final = 0.70
"""Words less alike than this do not answer to each other."""

WORTH_OF_A_DIFFERENCE: Final = 1.75
"""How much faster the worth of a pair falls than its likeness."""

JOINED: Final = 0.90
"""How alike a word must be to two or three neighbours of the other name written together."""

_SHORTEST_JOINED: Final = 5

Alike = Callable[[Word, Word], tuple[float, FeatureKind]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of both names that answer to each other, how alike they are, and the weight of what they share."""

    ours: tuple[Word, ...]
    theirs: tuple[Word, ...]
    likeness: float
    kind: FeatureKind
    weight: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words that answer to each other and those of each side that are left over."""

    pairs: tuple[Pair, ...]
    ours: tuple[Word, ...]
    theirs: tuple[Word, ...]


def worth(alike: float) -> float:
    """What a pair of words adds to a score per weight: 1 when the same, 0.48 at a likeness of 0.70.

    One wrong letter in eight (0.88) is worth 0.78, in five (0.80) 0.65: in short names a letter tells people apart.
    """
    return 1.0 - WORTH_OF_A_DIFFERENCE * (1.0 - alike)


def align(ours: Sequence[Word], theirs: Sequence[Word], alike: Alike) -> Alignment:
    """Pair the words of two names: joined spellings first, then the same words, then the most alike, each word once."""
    our_left, their_left = list(ours), list(theirs)
    pairs = [*_joined(our_left, their_left), *_same(our_left, their_left), *_nearest(our_left, their_left, alike)]
    return Alignment(tuple(pairs), tuple(our_left), tuple(their_left))


def _same(ours: list[Word], theirs: list[Word]) -> list[Pair]:
    """Take out the words that both names hold."""
    pairs = []
    for our in tuple(ours):
        their = next((word for word in theirs if word.text == our.text), None)
        if their is not None:
            ours.remove(our)
            theirs.remove(their)
            pairs.append(Pair((our,), (their,), 1.0, FeatureKind.SAME_WORD, min(our.weight, their.weight)))
    return pairs


def _nearest(ours: list[Word], theirs: list[Word], alike: Alike) -> list[Pair]:
    """Take out the words that look, sound or mean the same, the most alike first."""
    ranked = [
        (score, -abs(i - j), i, j, kind)
        for i, our in enumerate(ours)
        for j, their in enumerate(theirs)
        for score, kind in (alike(our, their),)
        if score >= PAIRED
    ]
    pairs, used_ours, used_theirs = [], set[int](), set[int]()
    for score, _, i, j, kind in sorted(ranked, reverse=True):
        if i not in used_ours and j not in used_theirs:
            used_ours.add(i)
            used_theirs.add(j)
            pairs.append(Pair((ours[i],), (theirs[j],), score, kind, min(ours[i].weight, theirs[j].weight)))
    ours[:] = [word for i, word in enumerate(ours) if i not in used_ours]
    theirs[:] = [word for j, word in enumerate(theirs) if j not in used_theirs]
    return pairs


def _joined(ours: list[Word], theirs: list[Word]) -> list[Pair]:
    """Take out the words that the other side writes in two or three parts (van der bilt, vanderbilt)."""
    written_apart = [
        Pair((whole,), parts, alike, FeatureKind.JOINED, weight) for whole, parts, alike, weight in _apart(ours, theirs)
    ]
    written_together = [
        Pair(parts, (whole,), alike, FeatureKind.JOINED, weight) for whole, parts, alike, weight in _apart(theirs, ours)
    ]
    return written_apart + written_together


def _apart(wholes: list[Word], parts: list[Word]) -> Iterator[tuple[Word, tuple[Word, ...], float, float]]:
    """Take out words with the neighbours on the other side that spell them; how alike they are, and their weight."""
    known = {part.text for part in parts}
    for whole in tuple(wholes):
        if len(whole.text) >= _SHORTEST_JOINED and whole.text not in known and (found := _parts_of(whole.text, parts)):
            wholes.remove(whole)
            start = parts.index(found[0])
            del parts[start : start + len(found)]
            alike = likeness(whole.text, "".join(part.text for part in found))
            yield whole, found, alike * 0.97, max(whole.weight, min(1.0, sum(part.weight for part in found)))


def _parts_of(whole: str, parts: Sequence[Word]) -> tuple[Word, ...]:
    """Neighbouring words that together spell a word; empty when none do."""
    for start, first in enumerate(parts[:-1]):
        if first.text[0] == whole[0] and len(first.text) < len(whole):
            for size in (2, 3):
                window = tuple(parts[start : start + size])
                together = "".join(part.text for part in window)
                if abs(len(together) - len(whole)) <= 2 and likeness(whole, together) >= JOINED > likeness(
                    whole, first.text
                ):
                    return window
    return ()
