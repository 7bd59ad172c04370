"""How alike two names of people are.

Leaving out a name is usual and costs little; having another name in its place tells two people apart. So a word without
an answer counts for a part of its weight only where the other side has no word left, and against the likeness where it
has one. Common names count for less. The order does not matter, and neither do particles, titles or the script.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from certify.screening.matching.alignment import Alignment, Pair, align, worth
from certify.screening.matching.analysis import NameAnalysis, Word, WordKind
from certify.screening.rules import Comparison, Feature, FeatureKind
from certify.screening.spelling import across_abjad, likeness
from certify.screening.vocabulary import name_groups

VARIANT: Final = 0.93
"""How alike two forms of one given name are (Sergei, Sergey; Juan, John)."""

TWO_NAMES: Final = 0.40
"""The most that two known names of different people are alike, however near their letters (Mario, Maria)."""

SERVANT_LEFT_OUT: Final = 0.80
"""From this likeness on a name is the other one without its "Abd al-", which makes it another name."""

INITIAL: Final = 0.80
"""How alike an initial is to a name that begins with it."""

CONTRADICTION: Final = 0.60
OMITTED: Final = 0.35
OMITTED_WHEN_LITTLE: Final = 0.45
"""What contradicting words take away per weight; which part of omitted words counts when much, when little agrees."""

OTHER_NAME: Final = 0.66
TOO_LITTLE: Final = 0.60
OTHER_GENERATION: Final = 0.60
ONE_GENERATION: Final = 0.80
"""Highest scores: a contradicting name, too little in common, senior and junior; factor when one side says."""


def compare_persons(ours: NameAnalysis, theirs: NameAnalysis) -> Comparison:
    """Compare two analysed names of people."""
    found = align(ours.words, theirs.words, alike)
    score = min(_share(found) * _generations(ours, theirs), *_limits(found, ours, theirs))
    score = round(max(0.0, score), 4)
    return Comparison(score, score, tuple(_features(found, ours, theirs)))


def alike(ours: Word, theirs: Word) -> tuple[float, FeatureKind]:
    """How alike two words of names are, and in what way."""
    if ours.text == theirs.text:
        return 1.0, FeatureKind.SAME_WORD
    if WordKind.INITIAL in (ours.kind, theirs.kind):
        return (INITIAL if ours.text[0] == theirs.text[0] else 0.0), FeatureKind.INITIAL
    if ours.abjad != theirs.abjad:
        return across_abjad(ours.text, theirs.text), FeatureKind.SIMILAR_WORD
    return _as_names(ours.text, theirs.text)


@lru_cache(maxsize=100_000)
def _as_names(ours: str, theirs: str) -> tuple[float, FeatureKind]:
    """How alike two whole names are: forms of one name, two names that are known to differ, or just spelled alike."""
    known, other = name_groups().get(ours, frozenset()), name_groups().get(theirs, frozenset())
    spelled = likeness(ours, theirs)
    if not known.isdisjoint(other):
        return max(spelled, VARIANT), FeatureKind.VARIANT_NAME
    if (known and other) or _of_two_people(ours, theirs):
        return min(spelled, TWO_NAMES), FeatureKind.SIMILAR_WORD
    return spelled, FeatureKind.SIMILAR_WORD


def _of_two_people(ours: str, theirs: str) -> bool:
    """True for a man's and a woman's form of a name (Luis, Luisa), and for a name with and without "Abd al-"."""
    short, long = sorted((ours, theirs), key=len)
    if long.startswith("abd") and not short.startswith("abd"):
        return likeness(long[3:], short) >= SERVANT_LEFT_OUT
    is_ending = len(short) == len(long) and {short[-1], long[-1]} == {"a", "o"} and short[:-1] == long[:-1]
    return len(short) > 3 and (is_ending or long == f"{short}a")


def _share(found: Alignment) -> float:
    """The share of both names that agrees."""
    shared = sum(pair.weight * worth(pair.likeness) for pair in found.pairs)
    paired = sum(pair.weight for pair in found.pairs)
    ours, theirs = _left(found)
    against = min(ours, theirs)
    omitted = max(ours, theirs) - against
    part = OMITTED + (OMITTED_WHEN_LITTLE - OMITTED) * max(0.0, min(1.0, 2.0 - shared))
    whole = paired + against + part * omitted
    return (shared - CONTRADICTION * against) / whole if whole else 0.0


def _weight(words: Sequence[Word]) -> float:
    """What words weigh together."""
    return sum(word.weight for word in words)


def _contradiction(found: Alignment) -> float:
    """The weight of words that stand in one name where the other has different ones."""
    return min(_left(found))


def _left(found: Alignment) -> tuple[float, float]:
    """The weight that each name has beyond what agrees.

    A married name (López de García) does not contradict the mother's family name it replaces (López Pérez).
    """
    ours, theirs = list(found.ours), list(found.theirs)
    if any(word.of for word in ours) != any(word.of for word in theirs) and len(found.pairs) > 1:
        ours, theirs = [word for word in ours if not word.of], [word for word in theirs if not word.of]
    return _weight(ours), _weight(theirs)


def _limits(found: Alignment, ours: NameAnalysis, theirs: NameAnalysis) -> Iterator[float]:
    """The highest score each difference allows."""
    yield 1.0
    if _contradiction(found) >= 0.35:
        yield OTHER_NAME
    if not _is_enough(found, ours, theirs):
        yield TOO_LITTLE
    if ours.generation and theirs.generation and ours.generation != theirs.generation:
        yield OTHER_GENERATION
    yield _syllable_limit(ours, theirs)


def _is_enough(found: Alignment, ours: NameAnalysis, theirs: NameAnalysis) -> bool:
    """True when more than one word agrees where there is more than one, a whole word and the family name among them."""
    whole = [pair for pair in found.pairs if pair.kind is not FeatureKind.INITIAL and len(pair.ours[0].text) > 1]
    answered = sum(max(len(pair.ours), len(pair.theirs)) for pair in found.pairs)
    if not whole or answered < min(2, max(len(ours.words), len(theirs.words))):
        return False
    answers = ([word for pair in found.pairs for word in side(pair)] for side in (_ours, _theirs))
    return all(_both_parts_answered(name, answered) for name, answered in zip((ours, theirs), answers, strict=True))


def _ours(pair: Pair) -> tuple[Word, ...]:
    """Our words of a pair."""
    return pair.ours


def _theirs(pair: Pair) -> tuple[Word, ...]:
    """Their words of a pair."""
    return pair.theirs


def _both_parts_answered(name: NameAnalysis, answered: Sequence[Word]) -> bool:
    """True unless a comma parts family and given names and one of them has no answer: relatives share the former."""
    told = {word.family for word in name.words}
    return len(told) < 2 or told == {word.family for word in answered}


def _syllable_limit(ours: NameAnalysis, theirs: NameAnalysis) -> float:
    """Names both written in Han or Hangul are compared by their signs: each is a word, one other is another name."""
    if not ours.syllables or not theirs.syllables or sorted(ours.syllables) == sorted(theirs.syllables):
        return 1.0
    return min(OTHER_NAME, likeness(ours.syllables, theirs.syllables))


def _generations(ours: NameAnalysis, theirs: NameAnalysis) -> float:
    """What senior and junior do to the score: said on one side only, it is often left out."""
    return ONE_GENERATION if bool(ours.generation) != bool(theirs.generation) else 1.0


def _features(found: Alignment, ours: NameAnalysis, theirs: NameAnalysis) -> Iterator[Feature]:
    """What was seen word by word, and why the score was held down."""
    for pair in found.pairs:
        yield Feature(pair.kind, _text(pair.ours), _text(pair.theirs))
    if found.ours and found.theirs:
        yield Feature(FeatureKind.DIFFERENT_WORD, _text(found.ours), _text(found.theirs))
    elif found.ours:
        yield Feature(FeatureKind.ONLY_OURS, ours=_text(found.ours))
    elif found.theirs:
        yield Feature(FeatureKind.ONLY_THEIRS, theirs=_text(found.theirs))
    if ours.generation != theirs.generation:
        yield Feature(FeatureKind.OTHER_GENERATION, str(ours.generation or ""), str(theirs.generation or ""))
    if not _is_enough(found, ours, theirs):
        yield Feature(FeatureKind.TOO_LITTLE)


def _text(words: Sequence[Word]) -> str:
    """Words as one string."""
    return " ".join(word.text for word in words)
