"""How lists, records, hits and verdicts read to people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from certify.kernel.i18n import _, _l, day
from certify.organisations.words import country_name
from certify.screening.comparing import Fact, Standing
from certify.screening.rules import (
    FEATURE_SENTENCES,
    BirthDate,
    Effect,
    FeatureKind,
    HitStatus,
    Identifier,
    IdentifierKind,
    ListKind,
    NameQuality,
    Schema,
)
from certify.screening.rules.verdicts import ReasonCode, Role, StateWord

# -- lists ------------------------------------------------------------------------------------------------------------

KINDS: dict[ListKind, Any] = {
    ListKind.OFAC_SDN: _l("OFAC: Specially Designated Nationals (SDN)"),
    ListKind.OFAC_CONSOLIDATED: _l("OFAC: consolidated list without the SDN"),
    ListKind.UN_SECURITY_COUNCIL: _l("United Nations Security Council: consolidated list"),
    ListKind.GENERIC: _l("Any other list, as one table"),
}
KIND_FILES: dict[ListKind, Any] = {
    ListKind.OFAC_SDN: _l("Choose sdn.csv, alt.csv, add.csv and sdn_comments.csv together, as published."),
    ListKind.OFAC_CONSOLIDATED: _l(
        "Choose cons_prim.csv, cons_alt.csv, cons_add.csv and cons_comments.csv together, as published."
    ),
    ListKind.UN_SECURITY_COUNCIL: _l("Choose the one XML file, as published."),
    ListKind.GENERIC: _l(
        "Choose one CSV file. Its first line begins uid,schema,name; the schema is company or person."
    ),
}
EFFECTS: dict[Effect, Any] = {
    Effect.EXCLUDING: _l("Excluding: a confirmed match ends the case"),
    Effect.INFORMATIVE: _l("Informative: a confirmed match goes to the dossier"),
}
EFFECT_WORDS: dict[Effect, Any] = {Effect.EXCLUDING: _l("Excluding"), Effect.INFORMATIVE: _l("Informative")}
EFFECT_TONES: dict[Effect, str] = {Effect.EXCLUDING: "refused", Effect.INFORMATIVE: "info"}
EFFECT_MEANINGS: dict[Effect, Any] = {
    Effect.EXCLUDING: _l(
        "A true match opens the way to an exclusion: found, seconded, notified to the company, confirmed by the chair."
    ),
    Effect.INFORMATIVE: _l("A true match goes to the risk file and the dossier. It excludes nobody."),
}

# -- hits -------------------------------------------------------------------------------------------------------------

HITS: dict[HitStatus, Any] = {
    HitStatus.OPEN: _l("Open"),
    HitStatus.TRUE_MATCH: _l("True match"),
    HitStatus.FALSE_POSITIVE: _l("False positive"),
    HitStatus.UNDETERMINED: _l("Undetermined"),
    HitStatus.DELISTED: _l("No longer on the list"),
}
HIT_TONES: dict[HitStatus, str] = {
    HitStatus.OPEN: "attention",
    HitStatus.TRUE_MATCH: "refused",
    HitStatus.FALSE_POSITIVE: "active",
    HitStatus.UNDETERMINED: "attention",
    HitStatus.DELISTED: "neutral",
}
ROLES: dict[Role, Any] = {
    Role.COMPANY: _l("The company itself"),
    Role.OWNER: _l("Owner of 10 percent or more"),
    Role.DIRECTOR: _l("Director"),
}
VERDICTS: dict[HitStatus, Any] = {
    HitStatus.TRUE_MATCH: _l("True match: it is the one on the list."),
    HitStatus.FALSE_POSITIVE: _l("False positive: it is somebody else."),
    HitStatus.UNDETERMINED: _l("Undetermined: what is known does not decide it."),
}
REASONS: dict[ReasonCode, Any] = {
    ReasonCode.SAME_IDENTITY: _l("Name and further facts are the same"),
    ReasonCode.NAME_ONLY: _l("Only the name is alike"),
    ReasonCode.OTHER_BIRTH_DATE: _l("Another birth date"),
    ReasonCode.OTHER_COUNTRY: _l("Another country"),
    ReasonCode.OTHER_ACTIVITY: _l("Another activity or kind of entity"),
    ReasonCode.NOT_ENOUGH: _l("Not enough is known to decide"),
}

# -- the two records --------------------------------------------------------------------------------------------------

FACTS: dict[Fact, Any] = {
    Fact.NAME: _l("Name"),
    Fact.SCHEMA: _l("Kind"),
    Fact.BIRTH_DATE: _l("Birth date"),
    Fact.COUNTRY: _l("Country"),
    Fact.IDENTIFIERS: _l("Identifiers"),
}
STANDINGS: dict[Standing, Any] = {
    Standing.SAME: _l("The same"),
    Standing.REORDERED: _l("The same words"),
    Standing.ALIKE: _l("Alike"),
    Standing.DIFFERENT: _l("Different"),
    Standing.ONLY_OURS: _l("Not on the list"),
    Standing.ONLY_LISTED: _l("Only on the list"),
    Standing.UNSTATED: _l("Nobody says"),
}
STANDING_ICONS: dict[Standing, str] = {
    Standing.SAME: "check-lg",
    Standing.REORDERED: "check-lg",
    Standing.ALIKE: "plus-slash-minus",
    Standing.DIFFERENT: "x-lg",
    Standing.ONLY_OURS: "dash-lg",
    Standing.ONLY_LISTED: "dash-lg",
    Standing.UNSTATED: "dash-lg",
}
SCHEMAS: dict[Schema, Any] = {
    Schema.COMPANY: _l("Company or other body"),
    Schema.PERSON: _l("Person"),
    Schema.VESSEL: _l("Vessel"),
    Schema.AIRCRAFT: _l("Aircraft"),
}
QUALITIES: dict[NameQuality, Any] = {
    NameQuality.PRIMARY: _l("Main name"),
    NameQuality.ALIAS: _l("Alias"),
    NameQuality.FORMER: _l("Former name"),
    NameQuality.WEAK: _l("Weak alias"),
}
IDENTIFIER_KINDS: dict[IdentifierKind, Any] = {
    IdentifierKind.LEI: _l("LEI"),
    IdentifierKind.TAX: _l("Tax identifier"),
    IdentifierKind.REGISTRATION: _l("Registration number"),
    IdentifierKind.NATIONAL_ID: _l("National identity number"),
    IdentifierKind.PASSPORT: _l("Passport"),
    IdentifierKind.OTHER: _l("Other number"),
}


def birth_text(born: BirthDate) -> str:
    """Write a birth date as far as it is known: a day, or the days between which it lies."""
    if born.is_a_day:
        return day(born.earliest)
    first, last = born.earliest, born.latest
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return years_text(first.year, last.year, born)
    return str(_("Between %(first)s and %(last)s", first=day(first), last=day(last)))


def years_text(first: int, last: int, born: BirthDate) -> str:
    """Write a span of whole years."""
    if first == last:
        return str(first)
    if born.approximate:
        middle = born.earliest + (born.latest - born.earliest + timedelta(days=1)) / 2
        return str(_("About %(year)s", year=middle.year))
    return str(_("Between %(first)s and %(last)s", first=first, last=last))


def identifier_text(identifier: Identifier) -> str:
    """Write a number with whose it is and the country that gave it."""
    kind = IDENTIFIER_KINDS[identifier.kind]
    if not identifier.country:
        return str(_("%(kind)s: %(number)s", kind=kind, number=identifier.number))
    country = country_name(identifier.country)
    return str(_("%(kind)s: %(number)s (%(country)s)", kind=kind, number=identifier.number, country=country))


# -- why a likeness was found -----------------------------------------------------------------------------------------

FEATURES: dict[str, Any] = {kind.value: _l(sentence) for kind, sentence in FEATURE_SENTENCES.items()}
"""The sentences are marked for the translators where the features are defined."""
OTHER_FEATURE = _l("“%(ours)s” was compared with “%(theirs)s”.")
"""For a feature that only an older engine knew."""
SPEAKS_FOR = frozenset(
    {
        FeatureKind.SAME_WORD,
        FeatureKind.SIMILAR_WORD,
        FeatureKind.SAME_MEANING,
        FeatureKind.VARIANT_NAME,
        FeatureKind.INITIAL,
        FeatureKind.JOINED,
        FeatureKind.SAME_FORM,
        FeatureKind.SAME_BIRTH_DATE,
        FeatureKind.NEAR_BIRTH_DATE,
        FeatureKind.SAME_IDENTIFIER,
    }
)
"""Features that raise a score; all others lower it."""
BIRTH_FEATURES = frozenset({FeatureKind.SAME_BIRTH_DATE, FeatureKind.NEAR_BIRTH_DATE, FeatureKind.OTHER_BIRTH_DATE})


def feature_sentence(feature: Mapping[str, str]) -> str:
    """Say one reason for a score in the reader's language."""
    kind = feature["kind"]
    sentence = FEATURES.get(kind, OTHER_FEATURE)
    return str(sentence) % {side: readable(kind, feature[side]) for side in ("ours", "theirs")}


def readable(kind: str, text: str) -> str:
    """Write what the engine names by codes, countries and dates, as people do; everything else as it is."""
    if kind == FeatureKind.OTHER_COUNTRY:
        return ", ".join(country_name(code) for code in text.split(", "))
    if kind in BIRTH_FEATURES:
        return ", ".join(birth_text(read_span(part)) for part in text.split(", "))
    return text


def read_span(text: str) -> BirthDate:
    """Read a birth date as the engine shows it: a day, or the first and the last day with a stroke between them."""
    first, _stroke, last = text.partition("/")
    return BirthDate(date.fromisoformat(first), date.fromisoformat(last or first))


# -- what a screening amounts to --------------------------------------------------------------------------------------

STATES: dict[StateWord, Any] = {
    StateWord.NOT_SCREENED: _l("Not screened"),
    StateWord.OPEN_HITS: _l("Hits wait for an officer"),
    StateWord.UNDETERMINED: _l("A hit is undetermined"),
    StateWord.TRUE_MATCH: _l("True match on an excluding list"),
    StateWord.CLEAR: _l("Screened, no open hit"),
}
STATE_TONES: dict[StateWord, str] = {
    StateWord.NOT_SCREENED: "attention",
    StateWord.OPEN_HITS: "attention",
    StateWord.UNDETERMINED: "attention",
    StateWord.TRUE_MATCH: "refused",
    StateWord.CLEAR: "active",
}
STATE_MEANINGS: dict[StateWord, Any] = {
    StateWord.NOT_SCREENED: _l("Nobody has compared this company, its owners and directors with the lists."),
    StateWord.OPEN_HITS: _l("The lists have names that are like these. Officers decide on each of them."),
    StateWord.UNDETERMINED: _l("Officers looked at every hit, and one could not be decided on what is known."),
    StateWord.TRUE_MATCH: _l("Two officers agreed that one of these is on a list that excludes."),
    StateWord.CLEAR: _l("The company, its owners and directors were compared with every list; no hit is open."),
}
RENAMED = _l(
    "The last screening was of other names, owners or directors than are stated today. It says nothing about these."
)
ENGINE_REASONS = (
    _l("No list has been imported."),
    _l("The name holds no letter that could be compared."),
)
"""Why the engine did not search; it knows no language, so its sentences are marked here."""
TIMELINE: dict[str, Any] = {
    "ScreeningDone": _l("The company, its owners and directors were screened: %(hits)s hits to look at."),
    "HitsSettled": _l("Every hit of the screening was decided by an officer."),
}
