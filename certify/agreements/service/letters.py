"""Letters about agreements: what happened, why, and the one thing to do, to every party in each reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from certify.accounts.models import Person
from certify.agreements.models import Agreement, Comment, Party, Proposal
from certify.agreements.queries import find_party, speakers_of
from certify.agreements.rules import PartyKind
from certify.agreements.words import agreement_title, party_name
from certify.kernel.i18n import _l, in_language
from certify.kernel.notices import notify


def speakers(agreement: Agreement, keys: Iterable[str]) -> list[Person]:
    """List the people who act for these parties, each once; for the Secretariat who drafted, else every officer."""
    found: dict[Any, Person] = {}
    for key in keys:
        party = find_party(agreement, key)
        for person in people_for(party) if party else []:
            found.setdefault(person.id, person)
    return list(found.values())


def people_for(party: Party) -> list[Person]:
    """List who is written to for a party."""
    people = speakers_of(party)
    if party.kind is not PartyKind.SECRETARIAT:
        return people
    drafter = party.agreement.drafted_by
    return [drafter] if drafter is not None and drafter in people else people


def tell(
    people: Iterable[Person],
    agreement: Agreement,
    *,
    subject: Any,
    sentence: Any,
    then: Any,
    quoted: str = "",
    quoted_as: Any = "",
    party: Party | None = None,
) -> None:
    """Promise each of these people a letter; `then` says what happens next, `quoted` are somebody's own words."""
    for person in people:
        with in_language(person.language):
            title, name = agreement_title(agreement), party_name(party) if party else ""
        notify(
            person.email,
            language=person.language,
            subject=subject,
            notice="agreement_news",
            person=person,
            agreement=agreement,
            title=title,
            party=name,
            sentence=sentence,
            then=then,
            quoted=quoted,
            quoted_as=quoted_as,
        )


def tell_to_read(proposal: Proposal) -> None:
    """Ask every party to read the printed version, and to agree or comment."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("An agreement waits for your reading"),
        sentence=_l("Version %(number)s of the agreement is before the parties.", number=proposal.version.number),
        then=_l("Please read the document, then mark it as agreed or write a comment."),
    )


def tell_comment(comment: Comment) -> None:
    """Tell the Secretariat what a party says."""
    agreement = comment.proposal.agreement
    tell(
        speakers(agreement, [PartyKind.SECRETARIAT.value]),
        agreement,
        subject=_l("A party commented on an agreement"),
        sentence=_l("A party commented on version %(number)s.", number=comment.proposal.version.number),
        then=_l("A change of the text becomes a new version, which every party reads again."),
        quoted=comment.text,
        quoted_as=_l("The comment:"),
        party=comment.party,
    )


def tell_agreed(proposal: Proposal) -> None:
    """Tell every party that all agree to the same file."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("All parties agree to the text"),
        sentence=_l("All parties agreed to version %(number)s.", number=proposal.version.number),
        then=_l("The Secretariat puts exactly this version before the Board of member states. Nothing changes in it."),
    )


def tell_cleared(proposal: Proposal, resolution: str) -> None:
    """Tell every party that the Board cleared the version."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("The Board cleared the agreement"),
        sentence=_l("The Board cleared exactly this version by resolution %(resolution)s.", resolution=resolution),
        then=_l("The Secretariat opens signing. You will be asked when it is your turn."),
    )


def tell_not_cleared(proposal: Proposal, resolution: str) -> None:
    """Tell every party that the Board refused the version."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("The Board did not clear the agreement"),
        sentence=_l("The Board did not clear this version (decision %(resolution)s).", resolution=resolution),
        then=_l("The agreement returns to drafting. The Secretariat will write to you."),
    )


def tell_signing_open(proposal: Proposal) -> None:
    """Tell every party that signing is open and in which order."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("Signing is open"),
        sentence=_l("The parties can now sign, in the order of the document, through %(day)s.", day=proposal.last_day),
        then=_l("You will be asked by letter when it is your turn."),
    )


def tell_turn(proposal: Proposal, party: Party) -> None:
    """Ask the party whose turn it is."""
    tell(
        speakers(proposal.agreement, [party.key]),
        proposal.agreement,
        subject=_l("It is your turn to sign"),
        sentence=_l("All parties ahead of yours have signed. The agreement waits for your signature."),
        then=_l("Open the agreement, read the document, and sign it with your password; or decline with your reason."),
        party=party,
    )


def tell_declined(proposal: Proposal, party: Party, reason: str) -> None:
    """Tell every party who declined and why."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("A party declined to sign"),
        sentence=_l("A party declined to sign the agreement. The signatures given so far have no effect."),
        then=_l("The agreement returns to drafting. The Secretariat will write to you."),
        quoted=reason,
        quoted_as=_l("The reason:"),
        party=party,
    )


def tell_lapsed(proposal: Proposal) -> None:
    """Tell every party that the time for signing passed."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("The time for signing has passed"),
        sentence=_l("Not every party signed in time. The signatures given so far have no effect."),
        then=_l("The agreement returns to drafting. The Secretariat will write to you."),
    )


def tell_concluded(proposal: Proposal) -> None:
    """Tell every party that the agreement is in force and where its documents are."""
    tell(
        speakers(proposal.agreement, proposal.order),
        proposal.agreement,
        subject=_l("The agreement is in force"),
        sentence=_l("Every party has signed. The agreement and its signing record are sealed."),
        then=_l("Open the agreement to download both documents, and keep them together."),
    )


def tell_alert(agreement: Agreement) -> None:
    """Tell every party that the suspension clause was raised, and why."""
    tell(
        speakers(agreement, agreement.keys_of_sight or {PartyKind.SECRETARIAT.value}),
        agreement,
        subject=_l("The company's certificate is not active"),
        sentence=_l("The certificate behind this agreement is not active. The suspension clause was raised."),
        then=_l("Activities that bear the company's name rest, and nobody can sign, until the certificate is active."),
        quoted=agreement.alert,
        quoted_as=_l("The reason:"),
    )


def tell_alert_lifted(agreement: Agreement) -> None:
    """Tell every party that the certificate is active again."""
    tell(
        speakers(agreement, agreement.keys_of_sight or {PartyKind.SECRETARIAT.value}),
        agreement,
        subject=_l("The company's certificate is active again"),
        sentence=_l("The certificate behind this agreement is active again. The alert was lifted."),
        then=_l("The activities may go on."),
    )
