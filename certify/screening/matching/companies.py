"""How alike two company names are.

The score is the weight of what both names share, as a part of the larger of the two, less half of what contradicts.
A word that few firms bear weighs 1, what a firm does or where it sits 0.45, "group" or "company" next to nothing; the
legal form is compared apart. Limits then hold names down that differ in what tells firms apart: a number, a country,
initials.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from certify.screening.legal_forms import LegalForm, agree
from certify.screening.matching.alignment import Alignment, Pair, align, worth
from certify.screening.matching.analysis import NameAnalysis, Word, WordKind
from certify.screening.rules import Comparison, Feature, FeatureKind, Schema
from certify.screening.spelling import across_abjad, likeness
from certify.screening.vocabulary import SERIAL_WORDS, name_groups

TELLING: Final = frozenset((WordKind.NAME, WordKind.COMMON))
"""Kinds of words that can point to one firm; what it does, where it sits and its number cannot."""

CONTRADICTION: Final = 0.5
"""What each weight of contradicting words takes from the weight shared."""

ONLY_GENERIC: Final = 0.60
OTHER_NUMBER: Final = 0.60
ONE_NUMBER: Final = 0.66
ONE_PLACE: Final = 0.68
OTHER_PLACE: Final = 0.55
OTHER_NAME: Final = 0.66
"""Highest scores of names whose only likeness or only difference is of that kind; all lie under the threshold of 0.70.

A subsidiary named for its country (X de México) is another legal person than X, so it stays just under the threshold.
"""

SAME_MEANING: Final = 0.95
SAME_ROOT: Final = 0.80
OTHER_FORM: Final = 0.93
FORM_MISSING: Final = 0.98
FORM_TRANSLATED: Final = 0.99
SERIAL_NUMBER: Final = 0.85
"""Factors for another legal form, a form on one side only, a translated one, and another number of one series."""


def compare_companies(ours: NameAnalysis, theirs: NameAnalysis) -> Comparison:
    """Compare two analysed names of companies, bodies or vessels."""
    found = align(ours.words, theirs.words, alike)
    forms, form_features = _forms(ours, theirs)
    series = _series(found, ours, theirs)
    score = forms if _is_identical(ours, theirs) else min(_share(series) * forms, *_limits(series))
    if series is not found:
        score *= SERIAL_NUMBER
    score = round(max(0.0, score), 4)
    return Comparison(score, score, (*_word_features(found), *form_features, *_limit_features(found)))


def alike(ours: Word, theirs: Word) -> tuple[float, FeatureKind]:
    """How alike two words of company names are, and in what way."""
    if ours.text == theirs.text:
        return 1.0, FeatureKind.SAME_WORD
    if WordKind.NUMBER in (ours.kind, theirs.kind):
        return float(ours.meaning == theirs.meaning), FeatureKind.SAME_MEANING
    if ours.meaning and theirs.meaning:
        return _same_meaning(ours, theirs)
    return _spelled_alike(ours, theirs), FeatureKind.SIMILAR_WORD


def _same_meaning(ours: Word, theirs: Word) -> tuple[float, FeatureKind]:
    """Words of one concept are nearly the same; those that differ in an ending (agricola, agricolas) look so too."""
    if ours.meaning != theirs.meaning:
        return 0.0, FeatureKind.SAME_MEANING
    looks = likeness(ours.text, theirs.text)
    return max(SAME_MEANING, looks), FeatureKind.SIMILAR_WORD if looks >= SAME_ROOT else FeatureKind.SAME_MEANING


def _spelled_alike(ours: Word, theirs: Word) -> float:
    """How alike two words look. Words of three letters are the same or not, and two known names are two names."""
    if ours.abjad != theirs.abjad:
        return across_abjad(ours.text, theirs.text)
    if min(len(ours.text), len(theirs.text)) <= 3:
        return 0.0
    known, other = name_groups().get(ours.text), name_groups().get(theirs.text)
    if known and other and known.isdisjoint(other):
        return 0.0
    return likeness(ours.text, theirs.text)


def _is_identical(ours: NameAnalysis, theirs: NameAnalysis) -> bool:
    """True for the same letters without gaps; where they are only initials or a number, with the same legal form."""
    if ours.whole != theirs.whole or len(ours.whole) < 3:
        return False
    telling = {WordKind.NUMBER, WordKind.INITIAL}
    is_thin = len(ours.whole) < 4 or all(word.kind in telling for word in ours.words)
    return not is_thin or bool(set(ours.forms) & set(theirs.forms))


def _share(found: Alignment) -> float:
    """The share of the larger name's weight that both have, less what contradicts."""
    shared = sum(pair.weight * worth(pair.likeness) for pair in found.pairs)
    ours, theirs = _weight(found.ours), _weight(found.theirs)
    whole = sum(pair.weight for pair in found.pairs) + max(ours, theirs)
    return (shared - CONTRADICTION * min(ours, theirs)) / whole if whole else 0.0


def _weight(words: Sequence[Word]) -> float:
    """What words weigh together."""
    return sum(word.weight for word in words)


def _series(found: Alignment, ours: NameAnalysis, theirs: NameAnalysis) -> Alignment:
    """The alignment without left-over numbers, where both names belong to a numbered series of one fund or fleet."""
    numbers = _of_kind(found.ours, WordKind.NUMBER) or _of_kind(found.theirs, WordKind.NUMBER)
    if not numbers or not (_is_series(ours) and _is_series(theirs)):
        return found
    left = [tuple(word for word in side if word.kind is not WordKind.NUMBER) for side in (found.ours, found.theirs)]
    return Alignment(found.pairs, left[0], left[1])


def _limits(found: Alignment) -> Iterator[float]:
    """The highest score each difference allows."""
    yield 1.0
    if not _points_to_one_firm(found):
        yield ONLY_GENERIC
    yield _number_limit(found)
    yield _place_limit(found)
    if min(_weight(_telling(found.ours)), _weight(_telling(found.theirs))) >= 0.5:
        yield OTHER_NAME


def _points_to_one_firm(found: Alignment) -> bool:
    """True when the names share a telling word, or are spelled alike throughout and more than a number or initials."""
    shared = [word for pair in found.pairs for word in pair.ours]
    if sum(pair.weight for pair in found.pairs if any(word.kind in TELLING for word in pair.ours)) >= 0.6:
        return True
    left = [word for word in (*found.ours, *found.theirs) if word.kind is not WordKind.WEAK]
    if left or any(_is_translated(pair) for pair in found.pairs):
        return False
    return any(word.kind is not WordKind.NUMBER and len(word.text) > 2 for word in shared)


def _is_translated(pair: Pair) -> bool:
    """True for words of what a firm does that are of one concept but look different."""
    return pair.kind is FeatureKind.SAME_MEANING and pair.ours[0].kind is WordKind.GENERIC


def _number_limit(found: Alignment) -> float:
    """Another number is another firm, and so are other initials, or a number that only one name bears."""
    left = [_of_kind(side, WordKind.NUMBER, WordKind.INITIAL) for side in (found.ours, found.theirs)]
    if not any(left):
        return 1.0
    return OTHER_NUMBER if all(left) else ONE_NUMBER


def _is_series(name: NameAnalysis) -> bool:
    """True for vessels and for vehicles one sponsor numbers through: neighbours in a series an officer should see."""
    return name.schema is Schema.VESSEL or any(word.text in SERIAL_WORDS for word in name.words)


def _place_limit(found: Alignment) -> float:
    """Another country is another firm, and so is a country that only one name bears."""
    left = [_of_kind(side, WordKind.PLACE) for side in (found.ours, found.theirs)]
    if all(left):
        return OTHER_PLACE
    return ONE_PLACE if any(left) else 1.0


def _of_kind(words: Sequence[Word], *kinds: WordKind) -> list[Word]:
    """The words of some kinds."""
    return [word for word in words if word.kind in kinds]


def _telling(words: Sequence[Word]) -> list[Word]:
    """The words that can point to one firm."""
    return [word for word in words if word.kind in TELLING]


def _forms(ours: NameAnalysis, theirs: NameAnalysis) -> tuple[float, tuple[Feature, ...]]:
    """What the legal forms do to the score, and why."""
    our_names, their_names = _form_names(ours), _form_names(theirs)
    if not ours.forms or not theirs.forms:
        only = our_names or their_names
        return (FORM_MISSING, (Feature(FeatureKind.FORM_MISSING, theirs=only),)) if only else (1.0, ())
    if set(ours.forms) & set(theirs.forms):
        return 1.0, (Feature(FeatureKind.SAME_FORM, our_names, their_names),)
    translated = agree([LegalForm(*form) for form in ours.forms], [LegalForm(*form) for form in theirs.forms])
    return FORM_TRANSLATED if translated else OTHER_FORM, (Feature(FeatureKind.OTHER_FORM, our_names, their_names),)


def _form_names(name: NameAnalysis) -> str:
    """The canonical forms of a name, for people."""
    return ", ".join(dict.fromkeys(form for form, _ in name.forms))


def _word_features(found: Alignment) -> Iterator[Feature]:
    """What was seen word by word."""
    for pair in found.pairs:
        yield Feature(pair.kind, _text(pair.ours), _text(pair.theirs))
    for word in found.ours:
        yield Feature(FeatureKind.ONLY_OURS, ours=word.text)
    for word in found.theirs:
        yield Feature(FeatureKind.ONLY_THEIRS, theirs=word.text)


def _limit_features(found: Alignment) -> Iterator[Feature]:
    """Why a score was held down."""
    if not _points_to_one_firm(found):
        yield Feature(FeatureKind.TOO_LITTLE)
    for kind, feature in ((WordKind.NUMBER, FeatureKind.OTHER_NUMBER), (WordKind.PLACE, FeatureKind.OTHER_PLACE)):
        ours, theirs = _of_kind(found.ours, kind), _of_kind(found.theirs, kind)
        if ours or theirs:
            yield Feature(feature, _text(ours), _text(theirs))


def _text(words: Sequence[Word]) -> str:
    """Words as one string."""
    return " ".join(word.text for word in words)


__all__ = ["Pair", "alike", "compare_companies"]
