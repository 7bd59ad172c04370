"""The shape of framework.yml, key by key; what one part asks of another is in `consistency`."""

from certify.criteria.definition.shapes import (
    DecimalString,
    Distinct,
    InOrder,
    Keyed,
    Listed,
    OneOf,
    Reference,
    Whole,
    Word,
    keyed,
)
from certify.criteria.rules import EVERYWHERE, FULL, AnswerType, Band, Stage, YesNo

SCHEMA = "certify.framework/1"

# Semantic Versioning 2.0.0.
_NUMBER = r"(0|[1-9][0-9]*)"
_PRE_RELEASE = r"(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
SEMVER = rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(-{_PRE_RELEASE}(\.{_PRE_RELEASE})*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?"
FRAMEWORK_ID = r"[a-z][a-z0-9-]{0,63}"
_BASIS_POINTS = Whole(0, FULL)
_MONTHS = Whole(1, 120)
_YES_NO = OneOf(tuple(YesNo))
_MOST_THEMES = 100
_MOST_DRAWS = 100_000
_MOST_POINTS = 10_000
_LARGEST_SEED = 10**18 - 1

_PROFILE_VALUE = Word(
    r"[a-z][a-z0-9_]{0,31}", "a lower-case word of letters, digits and _ that is not 'all'", never=(EVERYWHERE,)
)
_APPLICABLE = Distinct(Word(r"[a-z][a-z0-9_]{0,31}", "[all] or a list of values of the profile"))
_REFERENCES = Listed(Reference())

EXCLUSION_ID = Word(r"EXC-[0-9]{2}", "EXC- and two digits")
EXCLUSION = keyed(
    id=EXCLUSION_ID,
    trigger=Word(r"none|revenue>(0|[1-9][0-9]?|100)%|years<[1-9][0-9]{0,2}", "none, revenue>N% or years<N"),
    decided_on=Distinct(OneOf(tuple(Stage))),
    references=_REFERENCES,
    answer_type=OneOf((AnswerType.YES_NO,)),
    disqualifies_when=_YES_NO,
    monitoring_months=_MONTHS,
)

LEVELS = Listed(Whole(0, 4), at_least=2, at_most=5)
GOALPOSTS = keyed(zero_at=DecimalString(), full_at=DecimalString())
CRITERION_ID = Word(r"[A-Z][A-Z0-9]{1,7}-[0-9]{2}", "the id of its theme, - and two digits")
CRITERION = keyed(
    {"required_level": Whole(1, 4), "not_applicable_on_request": OneOf((YesNo.YES,))},
    id=CRITERION_ID,
    answer_type=OneOf(tuple(AnswerType)),
    weight=Whole(1, 3),
    applicability=keyed(sizes=_APPLICABLE, sectors=_APPLICABLE),
    evidence_required=Listed(Word(r"[a-z][a-z0-9_]*", "a lower-case word of letters, digits and _")),
    min_evidence_grade=Whole(0, 4),
    references=_REFERENCES,
    monitoring_months=_MONTHS,
    rubric=Keyed({}, {"levels": LEVELS, "goalposts": GOALPOSTS}),
)

THEME_ID = Word(r"[A-Z][A-Z0-9]{1,7}", "2 to 8 capitals and digits, a capital first, and not EXC", never=("EXC",))
THEME = keyed(
    id=THEME_ID,
    default_weight=Whole(1, 10_000),
    minimum=_BASIS_POINTS,
    criteria=Listed(CRITERION, at_least=1, at_most=100),
)

PROFILE = keyed(sizes=Distinct(_PROFILE_VALUE), sectors=Distinct(_PROFILE_VALUE))

EVIDENCE_CAPS = Listed(_BASIS_POINTS, at_least=5, at_most=5)
MEMBER_WEIGHTING = keyed(
    points=Whole(1, _MOST_POINTS),
    min=Whole(0, _MOST_POINTS),
    max=Whole(1, _MOST_POINTS),
    aggregate=OneOf(("mean",)),
    quorum=Whole(1, _MOST_POINTS),
)
SCORING = keyed(
    evidence_caps=EVIDENCE_CAPS,
    member_weighting=MEMBER_WEIGHTING,
    robustness=keyed(draws=Whole(1, _MOST_DRAWS), seed=Whole(0, _LARGEST_SEED)),
)

_THRESHOLD = Whole(1, FULL)
BANDS = {
    Band.NOT_ELIGIBLE: keyed(id=OneOf((Band.NOT_ELIGIBLE,))),
    Band.NOT_CERTIFIED: keyed(id=OneOf((Band.NOT_CERTIFIED,))),
    Band.CONDITIONAL: keyed(
        id=OneOf((Band.CONDITIONAL,)),
        min_overall=_THRESHOLD,
        max_required_missed=Whole(1, FULL),
        plan_months=_MONTHS,
        validity_months=_MONTHS,
    ),
    Band.CERTIFIED: keyed(id=OneOf((Band.CERTIFIED,)), min_overall=_THRESHOLD, validity_months=_MONTHS),
    Band.DISTINCTION: keyed(
        id=OneOf((Band.DISTINCTION,)),
        min_overall=_THRESHOLD,
        min_every_theme=_BASIS_POINTS,
        min_evidence_grade_share=keyed(grade=Whole(0, 4), share=_BASIS_POINTS),
        min_robustness=_BASIS_POINTS,
        validity_months=_MONTHS,
    ),
}
"""The five bands, in the order that a file must keep."""

CONDITION_ID = Word(r"CON-[0-9]{2}", "CON- and two digits")

FRAMEWORK = keyed(
    schema=OneOf((SCHEMA,)),
    id=Word(FRAMEWORK_ID, "a lower-case name of letters, digits and -"),
    version=Word(SEMVER, "a version by Semantic Versioning such as '1.0.0'"),
    profile=PROFILE,
    exclusions=Listed(EXCLUSION),
    themes=Listed(THEME, at_least=1, at_most=_MOST_THEMES),
    scoring=SCORING,
    bands=InOrder(tuple(BANDS.values())),
    conditions=Listed(CONDITION_ID),
)
