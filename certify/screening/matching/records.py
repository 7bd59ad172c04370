"""How alike two records are once birth dates, countries and identifiers join the name.

Dates and countries only lower a name's score, and never below the threshold where the name is nearly the same: lists
give several birth dates for one person, and people mistype their own.
"""

from typing import Final

from certify.screening.dates import Agreement, agreement, shown
from certify.screening.rules import (
    MATCH_THRESHOLD,
    NEVER_HIDDEN,
    Comparison,
    Feature,
    FeatureKind,
    Identifier,
    IdentifierKind,
    ListedEntry,
    NameQuality,
    Subject,
)

WEAK_ALIAS: Final = 0.92
"""Factor for names that the list itself calls weak: they are broad and many people bear them."""

NEAR_DATE: Final = 0.97
OTHER_DATE: Final = MATCH_THRESHOLD / NEVER_HIDDEN
"""Factors for a slip in the date and for another date; the latter takes a name score of 0.90 down to the threshold."""

OTHER_COUNTRY: Final = 0.95
SAME_DAY: Final = 0.25
"""Factor for another country, and the part of what a name score lacks to 1 that the same day of birth adds."""

NAME_FOR_SAME_DAY: Final = 0.55
SAME_IDENTIFIER: Final = 0.99

_EVERYWHERE: Final = frozenset((IdentifierKind.LEI,))
_COMPANY_NUMBERS: Final = frozenset((IdentifierKind.TAX, IdentifierKind.REGISTRATION))
_SHORTEST: Final = 5


def with_quality(comparison: Comparison, quality: NameQuality) -> Comparison:
    """Take off what a weak alias is worth less."""
    if quality is not NameQuality.WEAK or comparison.score == 0.0:
        return comparison
    score = round(comparison.score * WEAK_ALIAS, 4)
    theirs = comparison.features[0].theirs if comparison.features else ""
    return Comparison(score, score, (*comparison.features, Feature(FeatureKind.WEAK_ALIAS, theirs=theirs)))


def with_circumstances(name: Comparison, subject: Subject, entry: ListedEntry) -> Comparison:
    """Let birth date and country weigh on a name's score, and an equal identifier decide."""
    score, features = name.score, list(name.features)
    for factor, feature in (_date(name, subject, entry), _country(subject, entry)):
        score *= factor
        features += feature
    if name.name_score >= NEVER_HIDDEN:
        score = max(score, MATCH_THRESHOLD)
    if shared := shared_identifier(subject, entry):
        score = max(score, SAME_IDENTIFIER)
        features.append(Feature(FeatureKind.SAME_IDENTIFIER, ours=shared.number))
    return Comparison(round(min(1.0, score), 4), name.name_score, tuple(features))


def _date(name: Comparison, subject: Subject, entry: ListedEntry) -> tuple[float, list[Feature]]:
    """What the birth dates do to the score, and why."""
    ours, found = subject.birth_date, agreement(subject.birth_date, entry.birth_dates)
    if ours is None or found in (Agreement.UNKNOWN, Agreement.OVERLAP):
        return 1.0, []
    theirs = ", ".join(shown(each) for each in entry.birth_dates)
    if found is Agreement.SAME_DAY:
        is_enough = name.score >= NAME_FOR_SAME_DAY
        factor = (name.score + SAME_DAY * (1 - name.score)) / name.score if is_enough else 1.0
        return factor, [Feature(FeatureKind.SAME_BIRTH_DATE, shown(ours), theirs)]
    if found is Agreement.NEAR:
        return NEAR_DATE, [Feature(FeatureKind.NEAR_BIRTH_DATE, shown(ours), theirs)]
    return OTHER_DATE, [Feature(FeatureKind.OTHER_BIRTH_DATE, shown(ours), theirs)]


def _country(subject: Subject, entry: ListedEntry) -> tuple[float, list[Feature]]:
    """What the countries do to the score, and why."""
    if not subject.country or not entry.countries or subject.country in entry.countries:
        return 1.0, []
    return OTHER_COUNTRY, [Feature(FeatureKind.OTHER_COUNTRY, subject.country, ", ".join(entry.countries))]


def identifier_key(identifier: Identifier) -> tuple[str, str, str] | None:
    """What two equal identifiers have in common: for a company its tax and registration numbers are one kind.

    None for a number too short to be one holder's, or of no known country where the number is only unique within one.
    """
    number = "".join(letter for letter in identifier.number.upper() if letter.isalnum())
    if identifier.kind in _EVERYWHERE:
        return ("lei", number, "") if len(number) == 20 else None
    if len(number) < _SHORTEST or not identifier.country or identifier.kind is IdentifierKind.OTHER:
        return None
    kind = "company" if identifier.kind in _COMPANY_NUMBERS else identifier.kind.value
    return kind, number, identifier.country


def shared_identifier(subject: Subject, entry: ListedEntry) -> Identifier | None:
    """The first identifier of the subject that the entry bears too."""
    theirs = {identifier_key(each) for each in entry.identifiers}
    return next((each for each in subject.identifiers if (key := identifier_key(each)) and key in theirs), None)
