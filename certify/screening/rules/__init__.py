"""The words of screening: who is screened, what a list says, how alike two names are, and what is shown to an officer.

Everything here is a value. Importing the lists is the work of `lists`, comparing names that of `matching`, finding
candidates that of `index`; `engine` joins them behind the `Screener` protocol, which a remote engine may fulfil too.
"""

from certify.screening.rules.features import FEATURE_SENTENCES, Feature, FeatureKind
from certify.screening.rules.listed import (
    BirthDate,
    Effect,
    Identifier,
    IdentifierKind,
    ListedEntry,
    ListedName,
    ListKind,
    NameQuality,
    Schema,
    Subject,
    digest_of,
    plain,
)
from certify.screening.rules.results import (
    CANDIDATE_LIMIT,
    ENGINE_VERSION,
    MATCH_THRESHOLD,
    NEVER_HIDDEN,
    SECOND_OFFICER,
    SHOWN_FROM,
    Candidate,
    Comparison,
    Hit,
    HitStatus,
    ListVersion,
    Screener,
    ScreeningResult,
    ScreeningStatus,
    not_screened,
)

__all__ = [
    "CANDIDATE_LIMIT",
    "ENGINE_VERSION",
    "FEATURE_SENTENCES",
    "MATCH_THRESHOLD",
    "NEVER_HIDDEN",
    "SECOND_OFFICER",
    "SHOWN_FROM",
    "BirthDate",
    "Candidate",
    "Comparison",
    "Effect",
    "Feature",
    "FeatureKind",
    "Hit",
    "HitStatus",
    "Identifier",
    "IdentifierKind",
    "ListKind",
    "ListVersion",
    "ListedEntry",
    "ListedName",
    "NameQuality",
    "Schema",
    "Screener",
    "ScreeningResult",
    "ScreeningStatus",
    "Subject",
    "digest_of",
    "not_screened",
    "plain",
]
