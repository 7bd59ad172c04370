"""What changes declarations of interest."""

from __future__ import annotations

from collections.abc import Iterable

from certify.interests import queries
from certify.interests.models import Declaration, StateConflict, Subject
from certify.interests.rules import (
    Interest,
    InterestDeclared,
    InterestRuled,
    Nature,
    Ruling,
    may_follow,
    recuses_state,
)
from certify.kernel import audit, clock
from certify.kernel.db import db, lock, new_id
from certify.kernel.errors import Invalid, RuleBroken
from certify.kernel.events import publish
from certify.kernel.i18n import _
from certify.kernel.policy import Actor, require

SPEAKS_FOR = ("state", "focal_point")
"""Facts that name the state a person speaks for: a seat of a body, or a national cooperation authority."""


# -- cases ----------------------------------------------------------------------------------------------------------


def open_subject(
    key: str,
    *,
    title: str,
    link: str,
    organisations: Iterable[str] = (),
    countries: Iterable[str] = (),
    also: Iterable[str] = (),
) -> Subject:
    """Let declarations be made about a case; said again, it adds to what is known of it and opens a closed case anew.

    `countries` are the states in conflict by rule: the company's seat country, and the governments that are party to
    an agreement. Their seats leave the base. Countries where a company merely operates do not belong here.
    `also` are keys of what belongs to the case, as `organisation:<id>`: who is barred from the case is barred there.
    """
    subject = queries.find_subject(key) or new_subject(key, title=title, link=link)
    subject.organisations = sorted({*subject.organisations, *organisations})
    subject.also = sorted({*subject.also, *also})
    subject.closed_at = None
    for country in sorted(set(countries) - set(subject.countries)):
        recuse_state(subject, country=country, declaration=None)
    subject.countries = sorted({*subject.countries, *countries})
    db.session.flush()
    return subject


def new_subject(key: str, *, title: str, link: str) -> Subject:
    """Write down a case that nobody declared on yet."""
    subject = Subject(key=key, title=title, link=link, organisations=[], countries=[], also=[], opened_at=clock.now())
    db.session.add(subject)
    db.session.flush()
    audit.record("interest.open", actor=Actor.system("a case needs declarations"), case_key=key)
    return subject


def close_subject(key: str) -> None:
    """End a case: nobody acts as its chair any more; declarations stay, and later ones can still be recorded."""
    subject = queries.find_subject(key)
    if subject is not None and subject.closed_at is None:
        subject.closed_at = clock.now()


def recuse_state(subject: Subject, *, country: str, declaration: Declaration | None) -> None:
    """Take a state out of a case."""
    if country in queries.state_conflicts(subject.key):
        return
    db.session.add(
        StateConflict(
            subject_key=subject.key,
            country=country,
            declaration_id=declaration.id if declaration else None,
            since=clock.now(),
        )
    )
    db.session.flush()


# -- declarations ---------------------------------------------------------------------------------------------------


def declare(
    subject_key: str, *, interest: Interest, nature: Nature | None = None, text: str = "", actor: Actor
) -> Declaration:
    """Declare whether the actor has an interest in a case; an interest once declared can be raised, never taken back.

    Raises NotFound for a case that does not exist, Invalid where kind or description of an interest is missing,
    RuleBroken where the same or a graver interest stands already.
    """
    subject = queries.get_subject(subject_key)
    require(actor, "interest.declare", subject)
    lock(subject)
    country = state_concerned(actor, interest=interest, nature=nature)
    check_described(interest, nature=nature, text=text)
    replace_earlier(actor, subject_key, by=interest)
    declaration = new_declaration(subject, interest=interest, nature=nature, text=text, country=country, actor=actor)
    if country is not None and recuses_state(interest, nature, None):
        recuse_state(subject, country=country, declaration=declaration)
    audit.record("interest.declare", actor=actor, case_key=subject_key, interest=interest.value, nature=nature)
    event = InterestDeclared(subject_key, declaration.person_id, interest, declaration.nature)
    publish(event, case_key=subject_key, actor=actor)
    return declaration


def new_declaration(
    subject: Subject, *, interest: Interest, nature: Nature | None, text: str, country: str | None, actor: Actor
) -> Declaration:
    """Write a declaration down."""
    described = interest is not Interest.NONE
    declaration = Declaration(
        id=new_id(),
        subject_key=subject.key,
        person_id=actor.person_id,
        interest=interest,
        nature=nature if described else None,
        country=country,
        text=text if described else "",
        at=clock.now(),
    )
    db.session.add(declaration)
    db.session.flush()
    return declaration


def check_described(interest: Interest, *, nature: Nature | None, text: str) -> None:
    """Refuse an interest without its kind or description."""
    if interest is Interest.NONE:
        return
    fields = {}
    if nature is None:
        fields["nature"] = _("Say whether the interest is your own or that of your state.")
    if not text.strip():
        fields["text"] = _("Describe the interest in one or two sentences.")
    if fields:
        raise Invalid(_("An interest needs its kind and a description."), fields=fields)


def state_concerned(actor: Actor, *, interest: Interest, nature: Nature | None) -> str | None:
    """Return the state whose interest it is; refuse a state's interest of somebody who speaks for none."""
    if interest is Interest.NONE or nature is not Nature.STATE:
        return None
    states = sorted(states_of(actor))
    if not states:
        sentence = _("You do not speak for a state. Declare the interest as your own.")
        raise Invalid(sentence, fields={"nature": sentence})
    return states[0]


def states_of(actor: Actor) -> set[str]:
    """Return the states that a person speaks for."""
    pairs = [fact.partition(":") for fact in actor.facts]
    return {code for name, _colon, code in pairs if name in SPEAKS_FOR}


def replace_earlier(actor: Actor, subject_key: str, *, by: Interest) -> None:
    """Put an earlier declaration aside where the later one is graver."""
    earlier = queries.find_declaration(actor.person_id, subject_key)
    if earlier is None:
        return
    if not may_follow(earlier.interest, by):
        raise RuleBroken(_("You have declared on this case already. An interest can be added, never taken back."))
    earlier.replaced_at = clock.now()
    db.session.flush()


def rule(declaration: Declaration, *, ruling: Ruling, reason: str, actor: Actor) -> None:
    """Decide as acting chair whether a potential interest is a conflict; nobody rules on their own."""
    require(actor, "interest.rule", declaration)
    lock(declaration)
    if declaration.person_id == actor.person_id:
        raise RuleBroken(_("Nobody rules on an interest of their own."))
    if not declaration.awaits_ruling:
        raise RuleBroken(_("This declaration does not wait for a ruling."))
    if not reason.strip():
        sentence = _("Give the reason for the ruling.")
        raise Invalid(sentence, fields={"reason": sentence})
    declaration.ruling, declaration.ruling_reason = ruling, reason
    declaration.ruled_by_id, declaration.ruled_at = actor.person_id, clock.now()
    if declaration.country and recuses_state(declaration.interest, declaration.nature, ruling):
        recuse_state(declaration.subject, country=declaration.country, declaration=declaration)
    audit.record("interest.rule", actor=actor, case_key=declaration.subject_key, ruling=ruling.value)
    event = InterestRuled(declaration.subject_key, declaration.person_id, ruling)
    publish(event, case_key=declaration.subject_key, actor=actor)
