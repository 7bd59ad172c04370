"""Who may do what with companies: its own people, and by reading those who decide on it."""

from __future__ import annotations

from typing import Any

from certify.accounts.rules import Role
from certify.kernel.policy import Actor, Permit, Policy, either, every, roles, signed_in
from certify.organisations.rules import MemberRole

HOUSE_ROLES = [role.value for role in Role]


def member(*member_roles: MemberRole) -> Permit:
    """Permit people of the company with one of these parts in it."""

    def permit(actor: Actor, organisation: Any) -> bool:
        return organisation is not None and any(actor.holds(role, organisation.id) for role in member_roles)

    return permit


def not_barred(actor: Actor, organisation: Any) -> bool:
    """Permit whoever has no conflict of interest with the company."""
    return organisation is None or not actor.holds("barred", organisation.case_key)


def works_on_its_case(actor: Actor, organisation: Any) -> bool:
    """Permit reviewers of a case of the company; the slice of the case states `case_reader:<organisation id>`."""
    return organisation is not None and actor.holds("case_reader", organisation.id)


def without_house_role(actor: Actor, subject: Any) -> bool:
    """Permit people who hold no role of the organisation, so that nobody judges their own company."""
    return signed_in(actor, subject) and not actor.has(*HOUSE_ROLES)


anyone_of_it = member(MemberRole.READER, MemberRole.EDITOR, MemberRole.LEGAL_REPRESENTATIVE)
may_write = member(MemberRole.EDITOR, MemberRole.LEGAL_REPRESENTATIVE)
decides = every(roles(Role.OFFICER, Role.BOARD, Role.AUDITOR), not_barred)
reads = either(anyone_of_it, decides, works_on_its_case, roles("system"))

POLICY: Policy = {
    "organisation.list": signed_in,
    "organisation.list_own": without_house_role,
    "organisation.list_all": roles(Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR),
    "organisation.register": without_house_role,
    "organisation.see": either(reads, roles(Role.ADMINISTRATOR)),
    "organisation.see_owners": reads,
    "organisation.edit": may_write,
    "organisation.manage_people": member(MemberRole.LEGAL_REPRESENTATIVE),
}
