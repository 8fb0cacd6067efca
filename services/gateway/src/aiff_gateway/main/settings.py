"""The gateway's settings, from the environment."""

from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_network
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiff_gateway.edge.domain.routes import Service
from aiff_gateway.limits.domain.policies import DEFAULTS, Policies, changed, multiplied
from aiff_kit.db import sqlite_url
from aiff_kit.service import Server, ServiceSettings
from aiff_kit.settings import AuthoritiesFile, DatabaseUrl

_MEBIBYTE = 1_048_576


def _networks(given: str) -> str:
    """Refuse what the server would take for a name and never meet: 10.0.0.1/8 is no network."""
    for part in filter(None, map(str.strip, given.split(","))):
        try:
            ip_network("0.0.0.0/0" if part == "*" else part)
        except ValueError as error:
            message = f"must be addresses or networks, such as 10.42.0.0/16 ({error})"
            raise ValueError(message) from error
    return given


def _mailbox(given: str) -> str:
    """Refuse what no mail server would take as a sender."""
    name, address = parseaddr(given)
    if not name or not address.isascii() or address.count("@") != 1:
        raise ValueError("must be like AI Factory France <no-reply@example.org>")
    return given


class GatewaySettings(BaseSettings):
    """Where the gateway listens, what it keeps, and which services are behind it."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    database_url: DatabaseUrl | None = Field(None, validation_alias="GATEWAY_DATABASE_URL")
    host: str = Field("127.0.0.1", validation_alias="AIFF_GATEWAY_HOST")
    port: int = Field(8000, ge=0, le=65_535, validation_alias="AIFF_GATEWAY_PORT")
    catalog_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8001"), validation_alias="CATALOG_URL")
    matching_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8002"), validation_alias="MATCHING_URL")
    portal_url: HttpUrl = Field(HttpUrl("http://127.0.0.1:8003"), validation_alias="PORTAL_URL")
    cache_entries: int = Field(10_000, ge=0, validation_alias="GATEWAY_CACHE_ENTRIES")
    cache_mebibytes: int = Field(64, ge=1, validation_alias="GATEWAY_CACHE_MEBIBYTES")
    # Addresses of the load balancers whose X-Forwarded-For names the client; none by default.
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        "", validation_alias="GATEWAY_TRUSTED_PROXIES"
    )

    @property
    def addresses(self) -> dict[Service, str]:
        """Return the base address of each service."""
        return {
            Service.CATALOG: str(self.catalog_url),
            Service.MATCHING: str(self.matching_url),
            Service.PORTAL: str(self.portal_url),
        }

    @property
    def cache_bytes(self) -> int:
        """Return how many bytes of answers are remembered at most."""
        return self.cache_mebibytes * _MEBIBYTE


class MailSettings(BaseSettings):
    """Who letters are from."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    # Under which address the world reaches the gateway: it begins every address in a letter.
    public: HttpUrl | None = Field(None, validation_alias="AIFF_PUBLIC_URL")
    sender: Annotated[str, AfterValidator(_mailbox)] = Field(
        "AI Factory France <no-reply@localhost>", validation_alias="GATEWAY_MAIL_FROM"
    )


def _rates(given: str) -> str:
    changed(DEFAULTS, _parts(given))
    return given


def _parts(given: str) -> list[str]:
    return [part for part in map(str.strip, given.split(",")) if part]


def _redis(given: SecretStr) -> SecretStr:
    if not given.get_secret_value().startswith(("redis://", "rediss://")):
        raise ValueError("must begin with redis:// or rediss://")
    return given


class LimitSettings(BaseSettings):
    """How much callers may ask for, and where that is counted."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    # In this process where there is none; several gateways then each count for themselves.
    url: Annotated[SecretStr, AfterValidator(_redis)] | None = Field(
        None, validation_alias="GATEWAY_LIMITS_URL"
    )
    rates: Annotated[str, AfterValidator(_rates)] = Field("", validation_alias="GATEWAY_LIMITS")
    factor: int = Field(1, ge=1, le=1_000_000, validation_alias="GATEWAY_LIMITS_FACTOR")

    @property
    def policies(self) -> Policies:
        """Return the limits of every holder and cost; what is stated counts as it is stated."""
        return changed(multiplied(DEFAULTS, self.factor), _parts(self.rates))


class SmtpSettings(BaseSettings):
    """The relay that takes letters; without a host they become files of the data folder."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    host: str | None = Field(None, validation_alias="GATEWAY_SMTP_HOST")
    port: int = Field(587, ge=1, le=65_535, validation_alias="GATEWAY_SMTP_PORT")
    security: Literal["tls", "starttls", "none"] = Field(
        "starttls", validation_alias="GATEWAY_SMTP_SECURITY"
    )
    username: str | None = Field(None, validation_alias="GATEWAY_SMTP_USERNAME")
    password: SecretStr | None = Field(None, validation_alias="GATEWAY_SMTP_PASSWORD")
    ca_file: AuthoritiesFile | None = Field(None, validation_alias="GATEWAY_SMTP_CA_FILE")

    @model_validator(mode="after")
    def _no_open_password(self) -> Self:
        """Refuse half of a sign-in, and one that would be sent openly."""
        if (self.username is None) != (self.password is None):
            raise ValueError("GATEWAY_SMTP_USERNAME and GATEWAY_SMTP_PASSWORD go together")
        if self.username is not None and self.security == "none":
            raise ValueError("GATEWAY_SMTP_PASSWORD is sent over tls or starttls alone")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ServiceSettings):
    """All that the gateway is told."""

    gateway: GatewaySettings
    mail: MailSettings
    limits: LimitSettings
    smtp: SmtpSettings

    @property
    def server(self) -> Server:
        """Return where the gateway listens, and which proxies it believes."""
        own = self.gateway
        return Server(host=own.host, port=own.port, trusted_proxies=own.trusted_proxies)

    @property
    def database_url(self) -> str:
        """Return the database's address: by default a SQLite file in the data folder."""
        return self.gateway.database_url or sqlite_url(self.runtime.data_dir / "gateway.db")

    @property
    def public_url(self) -> str:
        """Return what begins every address in a letter, without a slash at its end."""
        return str(self.mail.public or f"http://127.0.0.1:{self.gateway.port}").rstrip("/")
