"""Who may do what with accounts."""

from __future__ import annotations

from certify.accounts.rules import Role
from certify.kernel.policy import Policy, anyone, roles, signed_in

POLICY: Policy = {
    "account.sign_in": anyone,
    "account.keep": signed_in,
    "person.list": roles(Role.ADMINISTRATOR, Role.AUDITOR),
    "role.propose": roles(Role.ADMINISTRATOR),
    "role.confirm": roles(Role.ADMINISTRATOR),
    "role.withdraw": roles(Role.ADMINISTRATOR),
}
