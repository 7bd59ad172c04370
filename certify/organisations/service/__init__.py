"""What changes companies: registration and details, owners and directors, and the people who act for them."""

from certify.organisations.service.ownership import (
    add_director,
    add_owner,
    remove_director,
    remove_owner,
    state_widely_held,
)
from certify.organisations.service.people import add_member, hand_over, remove_member
from certify.organisations.service.registration import register_organisation, update_organisation

__all__ = [
    "add_director",
    "add_member",
    "add_owner",
    "hand_over",
    "register_organisation",
    "remove_director",
    "remove_member",
    "remove_owner",
    "state_widely_held",
    "update_organisation",
]
