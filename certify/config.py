"""Every setting of the service: its type, its default and what it is for."""

from __future__ import annotations

import json
import secrets
from enum import StrEnum
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class Mode(StrEnum):
    """Production issues real documents; demonstration invents its people and says SPECIMEN on everything."""

    PRODUCTION = "production"
    DEMONSTRATION = "demonstration"


class SettingsRefused(RuntimeError):
    """The service does not start: a setting that production needs is missing."""


class Settings(BaseSettings):
    """Read from the environment (prefix CERTIFY_) or an `instance/certify.env` file."""

    model_config = SettingsConfigDict(env_prefix="CERTIFY_", env_file=PROJECT / "instance/certify.env", extra="ignore")

    mode: Mode = Mode.PRODUCTION
    instance: Path = PROJECT / "instance"
    """Where the embedded database, uploads, keys and captured mail lie."""
    database_url: str = ""
    """SQLAlchemy address; empty means the embedded SQLite file in the instance folder."""
    queue_url: str = ""
    """Where jobs wait: empty means a SQLite file; else a postgresql:// or redis:// address."""
    secret_key: str = ""
    password_salt: str = ""
    public_address: str = "http://127.0.0.1:8000"
    """The one right address of the service, printed on certificates and on the verify page."""
    trusted_hosts: list[str] = Field(default_factory=lambda: ["127.0.0.1", "localhost"])
    issuer_host: str = "certify.example.org"
    """Host name of the did:web issuer; did:web allows no IP address."""
    organisation_names: dict[str, str] = Field(
        default_factory=lambda: {
            "en": "Organization of American States",
            "es": "Organización de los Estados Americanos",
            "fr": "Organisation des États Américains",
            "pt": "Organização dos Estados Americanos",
        }
    )
    """The organisation's name in each language."""
    organisation_short: str = "OAS"
    service_name: str = "Partner Certification"
    secretariat_address: str = "partnerships@certify.example.org"
    appeal_address: str = "appeals@certify.example.org"
    appeal_days: int = 30
    """Days after the decision letter in which a company may appeal; default, to be set by the Board."""
    smtp_host: str = ""
    """Mail server; empty in demonstration mode means that mail is captured and shown on a page."""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_security: str = "starttls"
    """starttls, tls or none."""
    mail_from: str = "no-reply@certify.example.org"
    upload_limit: int = 20 * 1024 * 1024
    """Largest request body, in bytes."""
    organisation_quota: int = 500 * 1024 * 1024
    """Bytes of evidence one organisation may keep."""
    behind_tls: bool = False
    """Set where a proxy ends TLS: cookies become Secure and addresses https."""
    timestamp_url: str = ""
    """RFC 3161 time-stamp authority; demonstration mode runs its own in process."""
    check_mail_domains: bool = True
    """Whether registration looks up the mail domain; off where the machine has no network."""

    @property
    def demonstration(self) -> bool:
        """Whether invented people and the word SPECIMEN are about."""
        return self.mode is Mode.DEMONSTRATION

    @property
    def organisation_name(self) -> str:
        """The organisation's name in English, as seals and keys bear it."""
        return self.organisation_names["en"]

    @property
    def database(self) -> str:
        """The SQLAlchemy address in use."""
        return self.database_url or f"sqlite:///{self.instance / 'certify.db'}"

    @property
    def keys(self) -> Path:
        """Folder of the signing keys, outside database and repository."""
        return self.instance / "keys"

    @property
    def files(self) -> Path:
        """Folder of stored files, each under its SHA-256."""
        return self.instance / "files"


def complete(settings: Settings) -> Settings:
    """Fill in what demonstration mode may invent, and refuse production on defaults."""
    if settings.secret_key and settings.password_salt:
        return settings
    if not settings.demonstration:
        raise SettingsRefused(
            "Set CERTIFY_SECRET_KEY and CERTIFY_PASSWORD_SALT: production does not start on defaults."
        )
    return settings.model_copy(update=demonstration_secrets(settings.instance))


def demonstration_secrets(instance: Path) -> dict[str, str]:
    """Make the demonstration's secrets once and keep them, so that sign-ins outlive a restart."""
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "secrets.json"
    if not path.exists():
        path.write_text(json.dumps({"secret_key": secrets.token_hex(32), "password_salt": secrets.token_hex(16)}))
        path.chmod(0o600)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept
