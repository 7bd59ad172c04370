"""What is seen when two records are compared, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


def _l(sentence: str) -> str:
    """Mark a sentence for the translators; the pages translate it when they show it."""
    return sentence


class FeatureKind(StrEnum):
    """A thing that was seen when two records were compared. The English sentence of each is in `FEATURE_SENTENCES`."""

    SAME_WORD = "same_word"
    SIMILAR_WORD = "similar_word"
    SAME_MEANING = "same_meaning"
    VARIANT_NAME = "variant_name"
    INITIAL = "initial"
    JOINED = "joined"
    DIFFERENT_WORD = "different_word"
    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"
    SAME_FORM = "same_form"
    OTHER_FORM = "other_form"
    FORM_MISSING = "form_missing"
    OTHER_NUMBER = "other_number"
    OTHER_PLACE = "other_place"
    OTHER_GENERATION = "other_generation"
    TOO_LITTLE = "too_little"
    WEAK_ALIAS = "weak_alias"
    SAME_BIRTH_DATE = "same_birth_date"
    NEAR_BIRTH_DATE = "near_birth_date"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_COUNTRY = "other_country"
    SAME_IDENTIFIER = "same_identifier"


FEATURE_SENTENCES: Final[Mapping[FeatureKind, str]] = {
    FeatureKind.SAME_WORD: _l("“%(ours)s” stands in both names."),
    FeatureKind.SIMILAR_WORD: _l("“%(ours)s” is spelled nearly like “%(theirs)s”."),
    FeatureKind.SAME_MEANING: _l("“%(ours)s” and “%(theirs)s” mean the same."),
    FeatureKind.VARIANT_NAME: _l("“%(ours)s” and “%(theirs)s” are forms of one name."),
    FeatureKind.INITIAL: _l("“%(ours)s” and “%(theirs)s” begin with the same letter, and one is only an initial."),
    FeatureKind.JOINED: _l("“%(ours)s” is “%(theirs)s” written together or apart."),
    FeatureKind.DIFFERENT_WORD: _l("“%(ours)s” stands where the list has “%(theirs)s”."),
    FeatureKind.ONLY_OURS: _l("“%(ours)s” stands only in the name of the subject."),
    FeatureKind.ONLY_THEIRS: _l("“%(theirs)s” stands only on the list."),
    FeatureKind.SAME_FORM: _l("Both have the legal form “%(theirs)s”."),
    FeatureKind.OTHER_FORM: _l("The legal form is “%(ours)s”, the list has “%(theirs)s”."),
    FeatureKind.FORM_MISSING: _l("Only one of the names has a legal form, “%(theirs)s”."),
    FeatureKind.OTHER_NUMBER: _l("The numbers differ: “%(ours)s” and “%(theirs)s”."),
    FeatureKind.OTHER_PLACE: _l("The places in the names differ: “%(ours)s” and “%(theirs)s”."),
    FeatureKind.OTHER_GENERATION: _l("Senior and junior differ: “%(ours)s” and “%(theirs)s”."),
    FeatureKind.TOO_LITTLE: _l("What both names share is too general to point to one holder."),
    FeatureKind.WEAK_ALIAS: _l("The list calls “%(theirs)s” a weak alias."),
    FeatureKind.SAME_BIRTH_DATE: _l("The birth date %(ours)s agrees with the list."),
    FeatureKind.NEAR_BIRTH_DATE: _l("The birth date %(ours)s is near the list's %(theirs)s."),
    FeatureKind.OTHER_BIRTH_DATE: _l("The birth date is %(ours)s, the list has %(theirs)s."),
    FeatureKind.OTHER_COUNTRY: _l("The country is %(ours)s, the list has %(theirs)s."),
    FeatureKind.SAME_IDENTIFIER: _l("The identifier %(ours)s is the same."),
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason for a score: what stands on our side, what on theirs, in the words of the two records."""

    kind: FeatureKind
    ours: str = ""
    theirs: str = ""

    @property
    def sentence(self) -> str:
        """The reason in English."""
        return FEATURE_SENTENCES[self.kind] % {"ours": self.ours, "theirs": self.theirs}
