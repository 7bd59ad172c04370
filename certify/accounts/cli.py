"""The operator's commands for people: the first administrators come from here."""

from __future__ import annotations

import secrets
from typing import Any

import click
from email_validator import EmailNotValidError, validate_email

from certify.accounts.rules import COUNTRY_ROLES, Role
from certify.kernel.i18n import LANGUAGES

REASON = "command line"


@click.group()
def users() -> None:
    """People, their roles and their first passwords."""


def checked_address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Take only what is an e-mail address."""
    try:
        return validate_email(value, check_deliverability=False).normalized.lower()
    except EmailNotValidError as fault:
        raise click.BadParameter(str(fault)) from fault


def checked_country(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Take only a country's ISO 3166-1 code."""
    from babel import Locale

    if value is not None and value.upper() not in Locale("en").territories:
        raise click.BadParameter("Give a two-letter country code of ISO 3166-1, such as PE.")
    return value.upper() if value else None


@users.command()
@click.argument("email", callback=checked_address)
@click.option("--name", required=True, help="How the person is called.")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), help="Repeatable.")
@click.option("--country", callback=checked_country, help="ISO 3166-1 code; needed for a focal point.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@click.option("--ask-password", is_flag=True, help="Type the password instead of having a one-time password made.")
def add(email: str, name: str, roles: tuple[str, ...], country: str | None, language: str, ask_password: bool) -> None:
    """Open a confirmed account, with roles that hold at once.

    Prints a one-time password: the person chooses their own at the first sign-in, and their roles begin then.
    """
    if bool(country) != any(Role(role) in COUNTRY_ROLES for role in roles):
        raise click.UsageError("Give --country with the role focal_point, and only with it.")
    from certify import create_app

    with create_app().app_context():
        typed = typed_password(email, name) if ask_password else ""
        open_account({"email": email, "name": name, "language": language}, roles=roles, country=country, typed=typed)


def open_account(person: dict[str, str], *, roles: tuple[str, ...], country: str | None, typed: str) -> None:
    """Write the account and its roles in one change, and say the one-time password where none was typed."""
    from certify.accounts import queries, service
    from certify.kernel.db import transaction

    password = typed or secrets.token_urlsafe(15)
    with transaction():
        if queries.find_person_by_email(person["email"]):
            raise click.ClickException(f"There is an account with the address {person['email']} already.")
        added = service.add_person(password=password, **person)
        for role in map(Role, roles):
            service.grant_role(added, role=role, country=country if role in COUNTRY_ROLES else None, reason=REASON)
        if not typed:
            service.call_first_password(added)
    click.echo(f"Added {person['email']}.")
    if not typed:
        click.echo(f"One-time password: {password}")


def typed_password(email: str, name: str) -> str:
    """Ask for a password twice, without showing it; a weak one is refused."""
    from certify.accounts.sign_in.passwords import fault_of

    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if fault := fault_of(password, known=[email, name]):
        raise click.ClickException(fault)
    return password


@users.command(name="list")
def list_command() -> None:
    """List everybody with an account and the roles they hold."""
    from certify import create_app
    from certify.accounts import queries

    with create_app().app_context():
        for person in queries.list_people():
            click.echo("\t".join((person.email, person.name, person.language, *map(grant_text, person.grants))))


def grant_text(grant: Any) -> str:
    """Write a role as 'focal_point PE', and say where it only waits."""
    words = f"{grant.role.value} {grant.country}" if grant.country else str(grant.role.value)
    if grant.withdrawn_at:
        return f"({words}: ended)"
    return words if grant.confirmed_at else f"({words}: proposed)"
