"""Flask-Security's way to people, inside the house's transactions."""

from __future__ import annotations

from typing import Any

from flask_security import RoleMixin, SQLAlchemyUserDatastore, UserMixin

from certify.kernel.db import db, in_transaction, new_id


class NoRole(RoleMixin):
    """Stands where Flask-Security wants a table of roles: the house keeps grants instead."""


class PersonDatastore(SQLAlchemyUserDatastore):
    """Flask-Security's way to people, inside the house's transactions."""

    def commit(self) -> None:
        """Leave the commit to the request's one transaction."""
        if in_transaction():
            db.session.flush()

    def _prepare_create_user_args(self, **kwargs: Any) -> dict[str, Any]:
        """Open an account without roles; addresses are kept in small letters."""
        kwargs.pop("roles", None)
        made: dict[str, Any] = super()._prepare_create_user_args(**kwargs)  # type: ignore[no-untyped-call]
        made.pop("roles", None)
        return made | {"id": new_id(), "email": made["email"].lower()}

    def mf_delete_recovery_code(self, user: UserMixin, idx: int) -> bool:
        """Use up one recovery code; the list is written anew, else the database does not notice."""
        codes = list(user.mf_recovery_codes or [])
        if not 0 <= idx < len(codes):
            return False
        user.mf_recovery_codes = codes[:idx] + codes[idx + 1 :]
        return True
