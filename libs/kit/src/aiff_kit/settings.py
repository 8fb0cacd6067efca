"""Settings from the environment, checked at start, with one clear line per fault.

Nothing reads the environment at import: a service's `main` calls `read` once.
"""

import os
import re
import secrets
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    FilePath,
    HttpUrl,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from aiff_kit.clock import Clock, clock_from
from aiff_kit.tls import client_context

_DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
# What libpq takes and hosts hand out: a shorter scheme, and several hosts of which one answers.
_OF_LIBPQ = re.compile(r"postgres(?:ql)?(?=[:+])")
_HOSTS = re.compile(r"(?P<before>[^/]+://(?:[^@/?]*@)?)(?P<hosts>[^/?@]*,[^/?@]*)(?P<path>/[^?]*)?")
_HOST = re.compile(r"(?P<host>\[[^]]+\]|[^:]+)(?::(?P<port>\d+))?")
_PORT = "5432"


def _database_url(given: str) -> str:
    """Name the driver that is installed, whatever the address leaves out."""
    try:
        parsed = make_url(_with_hosts_listed(_OF_LIBPQ.sub("postgresql", given, count=1)))
        driver = _DRIVERS[parsed.get_backend_name()]
    except (ArgumentError, KeyError, ValueError) as error:
        message = "must be like postgresql://user:password@host:5432/name, or sqlite:///path"
        raise ValueError(message) from error
    if any("password" in name for name in parsed.query):
        raise ValueError("has its password before the host: only there messages leave it out")
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def _with_hosts_listed(address: str) -> str:
    """Return an address that names several hosts as SQLAlchemy takes it: as parameters."""
    found = _HOSTS.match(address)
    if found is None:
        return address
    hosts = [_HOST.fullmatch(one) for one in found["hosts"].split(",")]
    if not all(hosts):
        raise ValueError(found["hosts"])
    named = [(one["host"], one["port"] or _PORT) for one in hosts if one is not None]
    listed = "&".join(
        (f"host={','.join(host for host, _ in named)}", f"port={','.join(p for _, p in named)}")
    )
    rest = address[found.end() :].removeprefix("?")
    return f"{found['before']}{found['path'] or ''}?{'&'.join(filter(None, (listed, rest)))}"


def _authorities(given: Path) -> Path:
    try:
        client_context(given)
    except OSError as error:
        raise ValueError(f"holds no certificates ({error})") from error
    return given


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
# A PEM file of who may sign the certificates of an engine; without it those of the system.
AuthoritiesFile = Annotated[FilePath, AfterValidator(_authorities)]
S = TypeVar("S", bound=BaseSettings)
_MINIMUM_SECRET = 32


class BusSettings(BaseSettings):
    """Where events go: Kafka when servers are named, else a log file in the data folder."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    kafka_bootstrap_servers: str | None = Field(None, validation_alias="KAFKA_BOOTSTRAP_SERVERS")
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", validation_alias="KAFKA_SECURITY_PROTOCOL"
    )
    kafka_ssl_ca_file: AuthoritiesFile | None = Field(None, validation_alias="KAFKA_SSL_CA_FILE")
    kafka_ssl_certificate_file: FilePath | None = Field(
        None, validation_alias="KAFKA_SSL_CERTIFICATE_FILE"
    )
    kafka_ssl_key_file: FilePath | None = Field(None, validation_alias="KAFKA_SSL_KEY_FILE")
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", validation_alias="KAFKA_SASL_MECHANISM"
    )
    kafka_sasl_username: str | None = Field(None, validation_alias="KAFKA_SASL_USERNAME")
    kafka_sasl_password: SecretStr | None = Field(None, validation_alias="KAFKA_SASL_PASSWORD")
    data_dir: Path = Field(Path(".aiff"), validation_alias="AIFF_DATA_DIR")

    @model_validator(mode="after")
    def _who_signs_in_has_a_password(self) -> Self:
        """Refuse a user that nobody asks for, and a password that would never be sent."""
        given = (self.kafka_sasl_username is not None, self.kafka_sasl_password is not None)
        signs_in = self.kafka_security_protocol.startswith("SASL_")
        if given != (signs_in, signs_in):
            message = (
                "KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD go with"
                " KAFKA_SECURITY_PROTOCOL=SASL_SSL or SASL_PLAINTEXT, and it with them"
            )
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _files_are_for_tls(self) -> Self:
        """Refuse certificates on an open connection: who names them expects a protected one."""
        own = (self.kafka_ssl_certificate_file, self.kafka_ssl_key_file)
        files = (self.kafka_ssl_ca_file, *own)
        if any(files) and not self.kafka_security_protocol.endswith("SSL"):
            raise ValueError("KAFKA_SSL_... go with KAFKA_SECURITY_PROTOCOL=SSL or SASL_SSL")
        if any(own):
            _check_certificate(*own)
        return self


def _check_certificate(certificate: Path | None, key: Path | None) -> None:
    if (certificate is None) != (key is None):
        raise ValueError("KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE go together")
    try:
        client_context(None, certificate, key)
    except OSError as error:
        message = (
            "KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE must hold a certificate and its"
            f" key without a password ({error})"
        )
        raise ValueError(message) from error


class RuntimeSettings(BaseSettings):
    """What every service needs to know of the place it runs in."""

    model_config = SettingsConfigDict(env_ignore_empty=True)
    environment: str = Field("development", validation_alias="AIFF_ENVIRONMENT")
    data_dir: Path = Field(Path(".aiff"), validation_alias="AIFF_DATA_DIR")
    identity_secret: str | None = Field(None, validation_alias="AIFF_IDENTITY_SECRET")
    log_level: str = Field("INFO", validation_alias="AIFF_LOG_LEVEL")
    operations_host: str = Field("127.0.0.1", validation_alias="AIFF_OPERATIONS_HOST")
    # Metrics and, for a worker, its health; without a port there is no such server.
    operations_port: int | None = Field(
        None, ge=1, le=65_535, validation_alias="AIFF_OPERATIONS_PORT"
    )
    otlp: HttpUrl | None = Field(None, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    # How long a server goes on after SIGTERM; longer than callers keep idle connections.
    drain_seconds: float = Field(0, ge=0, le=60, validation_alias="AIFF_DRAIN_SECONDS")
    start_at: AwareDatetime | None = Field(None, validation_alias="AIFF_CLOCK_START")

    @model_validator(mode="after")
    def _real_time_in_production(self) -> Self:
        if self.start_at is not None and self.environment != "development":
            raise ValueError("AIFF_CLOCK_START is only for development")
        return self

    @property
    def otlp_endpoint(self) -> str | None:
        """Return the base address of the receiver of traces, None where there is none."""
        return str(self.otlp) if self.otlp else None

    def clock(self) -> Clock:
        """Return the clock that this process lives by."""
        return clock_from(self.start_at)


def read(kind: type[S]) -> S:
    """Return the settings, or end the process with one line that names each faulty setting."""
    (settings,) = read_all([kind])
    return settings


def read_all(kinds: Sequence[type[S]]) -> list[S]:
    """Return settings of each kind, or end the process with one line that names all faults.

    A setting that two kinds share is named once.
    """
    settings: list[S] = []
    faults: dict[str, None] = {}
    for kind in kinds:
        try:
            settings.append(kind())
        except ValidationError as error:
            faults.update(dict.fromkeys(_fault_lines(error)))
    if faults:
        sys.exit(f"cannot start: wrong setting ({', '.join(faults)})")
    return settings


def _fault_lines(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in error.errors()
    ]


def identity_secret(settings: RuntimeSettings) -> str:
    """Return the secret that signs calls between the services.

    Outside development it must be set, with at least 32 characters. In development one is made
    and kept in the data folder, readable by its owner only, so all local processes share it.
    """
    given = settings.identity_secret
    if given is not None and len(given) >= _MINIMUM_SECRET:
        return given
    if given is not None or settings.environment != "development":
        sys.exit("cannot start: AIFF_IDENTITY_SECRET must have at least 32 characters")
    return _kept_secret(settings.data_dir / "identity.secret")


def _kept_secret(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        kept = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"cannot start: AIFF_DATA_DIR: {path} is not usable ({error})")
    if len(kept) < _MINIMUM_SECRET:
        sys.exit(f"cannot start: AIFF_DATA_DIR: {path} is no secret; delete it, a new one is made")
    return kept


def _write_once(path: Path, text: str) -> None:
    """Put a whole file in place, readable by its owner only, unless another process was first.

    The name appears together with the content, so nobody ever reads a part of it.
    """
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(made)
    finally:
        Path(made).unlink()
