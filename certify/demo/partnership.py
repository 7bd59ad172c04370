"""The story of an agreement: drafted, agreed by all sides, cleared by the Board, signed in order, sealed."""

from __future__ import annotations

from datetime import timedelta

from certify.agreements import queries, service
from certify.agreements.models import Agreement, Party
from certify.agreements.rules import ContributionKind, CostBearer, Frame
from certify.certificates.models import Certificate
from certify.demo import deciding, story
from certify.demo.people import PASSWORD
from certify.kernel import clock, jobs
from certify.kernel.db import db, transaction
from certify.kernel.i18n import LANGUAGES
from certify.kernel.policy import Actor

GOVERNMENT = "XB"
TEXTS = {
    "en": {
        "title": "Food safety and traceability for cooperatives",
        "purpose": "Forty young people a year learn food safety, and cooperatives use shared traceability software.",
        "added_value": "A network of training institutes that a single cooperative could not reach.",
    },
    "es": {
        "title": "Inocuidad y trazabilidad de los alimentos para cooperativas",
        "purpose": "Cuarenta jóvenes al año se forman en inocuidad de los alimentos, y las cooperativas usan un "
        "programa común de trazabilidad.",
        "added_value": "Una red de institutos de formación a la que una sola cooperativa no podría llegar.",
    },
    "fr": {
        "title": "Sécurité sanitaire et traçabilité des aliments pour les coopératives",
        "purpose": "Quarante jeunes par an se forment à la sécurité sanitaire des aliments, et les coopératives "
        "utilisent un logiciel commun de traçabilité.",
        "added_value": "Un réseau d’instituts de formation qu’une coopérative seule ne pourrait atteindre.",
    },
    "pt": {
        "title": "Segurança e rastreabilidade dos alimentos para cooperativas",
        "purpose": "Quarenta jovens por ano aprendem segurança dos alimentos, e as cooperativas usam um "
        "programa comum de rastreabilidade.",
        "added_value": "Uma rede de institutos de formação que uma só cooperativa não alcançaria.",
    },
}
BROUGHT = {
    "en": "Trainers and software.",
    "es": "Formadores y programas informáticos.",
    "fr": "Des formateurs et des logiciels.",
    "pt": "Formadores e programas de computador.",
}


def conclude(certificate: Certificate) -> Agreement:
    """Carry an agreement from its draft to its sealed documents."""
    agreement = draft(certificate)
    agree(agreement)
    with transaction():
        motion = service.table_clearance(agreement, actor=story.as_actor("olga"))
    deciding.decide(motion)
    sign(agreement)
    jobs.run_due()
    db.session.refresh(agreement)
    return agreement


def draft(certificate: Certificate) -> Agreement:
    """Draft it as an officer, in four equally authentic languages, and print the first version."""
    starts = clock.today() + timedelta(days=30)
    frame = Frame(
        governments=(GOVERNMENT,),
        area="msme_recovery",
        sdg_targets=("4.4", "2.4"),
        starts_on=starts,
        ends_on=starts + timedelta(days=720),
        languages=tuple(LANGUAGES),
        cost_bearer=CostBearer.EACH_PARTY,
    )
    with transaction():
        agreement = service.draft_agreement(certificate, frame=frame, actor=story.as_actor("olga"))
    officer = story.as_actor("olga")
    with transaction():
        service.write_texts(agreement, texts=TEXTS, actor=officer)
        for party in agreement.present_parties:
            service.add_contribution(
                agreement, party=party.key, kind=ContributionKind.EXPERTISE, texts=BROUGHT, actor=officer
            )
    with transaction():
        service.propose_version(agreement, actor=officer)
    jobs.run_due()
    db.session.refresh(agreement)
    return agreement


def parties_in_order(agreement: Agreement) -> list[Party]:
    """Return the parties of the version before them, in the order in which they sign."""
    order = agreement.proposal.order if agreement.proposal else ()
    found = [queries.find_party(agreement, key) for key in order]
    return [party for party in found if party is not None]


SPEAKERS = {"company": "rosa", "secretariat": "olga"}
"""Who acts for which party; a government's focal point is named after its letter."""


def speaker(party: Party) -> Actor:
    """Return who acts for a party."""
    return story.as_actor(SPEAKERS.get(party.key) or f"focal.{party.key[1].lower()}")


def digest_of(agreement: Agreement) -> str:
    """Return the SHA-256 of the file before the parties."""
    proposal = queries.live_proposal(agreement)
    return str(proposal.version.sha256) if proposal else ""


def agree(agreement: Agreement) -> None:
    """Let every party agree to exactly this file."""
    for party in parties_in_order(agreement):
        with transaction():
            service.agree(party, sha256=digest_of(agreement), actor=speaker(party))


def sign(agreement: Agreement) -> None:
    """Open the signing, and let the parties sign in order."""
    with transaction():
        service.open_signing(agreement, actor=story.as_actor("olga"))
    for party in parties_in_order(agreement):
        with transaction():
            service.sign(party, sha256=digest_of(agreement), password=PASSWORD, actor=speaker(party))
