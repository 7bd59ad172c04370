"""The form of the eligibility page: a size and a sector, kept in the address."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField
from wtforms.validators import ValidationError

from certify.criteria.rules import Framework
from certify.kernel.fields import Form
from certify.kernel.i18n import _, _l
from certify.organisations.words import SECTORS, SIZES


class OneOf(SelectField):
    """One of the declared values."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what the framework does not declare."""
        if self.data not in {choice[0] for choice in self.choices or ()}:
            raise ValidationError(_("Please choose one of the list."))


class EligibilityForm(Form):
    """For whom to show what is asked; read from the address, so that the page can be shared."""

    class Meta:
        """Nothing is changed by this form, so it needs no token."""

        csrf = False

    size = OneOf(_l("Size of your organisation"))
    sector = OneOf(_l("Sector"))


def eligibility_form(framework: Framework, **known: Any) -> EligibilityForm:
    """Return the form with the sizes and sectors of a framework."""
    form = EligibilityForm(**known)
    form.size.choices = [(size, SIZES.get(size, size)) for size in framework.sizes]  # type: ignore[call-overload]
    form.sector.choices = [(sector, SECTORS.get(sector, sector)) for sector in framework.sectors]
    return form
