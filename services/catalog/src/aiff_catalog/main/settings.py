"""The catalogue's settings: one aggregate of small classes, read from the environment."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiff_catalog.imports.adapters.table import FileLimits
from aiff_kit.db import sqlite_url
from aiff_kit.service import Server, ServiceSettings
from aiff_kit.settings import AuthoritiesFile, DatabaseUrl


def _search_url(given: str) -> str:
    for address in given.split(","):
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            message = "must be like http://host:9200; separate several nodes by commas"
            raise ValueError(message)
    return given


class OpenSearchSettings(BaseSettings):
    """The search engine, where one is named, and how the two sides know each other."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    opensearch_url: Annotated[str, AfterValidator(_search_url)] | None = Field(
        None, validation_alias="OPENSEARCH_URL"
    )
    opensearch_index: str = Field(
        "aiff-offers", pattern="^[a-z][a-z0-9-]{0,60}$", validation_alias="OPENSEARCH_INDEX"
    )
    opensearch_username: str | None = Field(
        None, pattern="^[^:]+$", validation_alias="OPENSEARCH_USERNAME"
    )
    opensearch_password: SecretStr | None = Field(None, validation_alias="OPENSEARCH_PASSWORD")
    opensearch_ca_file: AuthoritiesFile | None = Field(None, validation_alias="OPENSEARCH_CA_FILE")

    @model_validator(mode="after")
    def _one_user(self) -> Self:
        """Refuse a user without password, and one that the address contradicts."""
        if (self.opensearch_username is None) != (self.opensearch_password is None):
            raise ValueError("OPENSEARCH_USERNAME and OPENSEARCH_PASSWORD go together")
        if self.opensearch_username is not None and "@" in (self.opensearch_url or ""):
            raise ValueError("OPENSEARCH_URL holds a user already: leave OPENSEARCH_USERNAME out")
        return self

    @model_validator(mode="after")
    def _authorities_are_for_tls(self) -> Self:
        """Refuse certificates on an open connection: who names them expects a protected one."""
        open_nodes = "http://" in (self.opensearch_url or "")
        if self.opensearch_ca_file is not None and open_nodes:
            raise ValueError("OPENSEARCH_CA_FILE goes with https:// in OPENSEARCH_URL")
        return self


class SearchSettings(OpenSearchSettings):
    """The search index while no server is named, and whether searches go by meaning."""

    data_dir: Path = Field(Path(".aiff"), validation_alias="AIFF_DATA_DIR")
    index: Path | None = Field(None, validation_alias="CATALOG_INDEX_DIR")
    encoder: Literal["sentences", "none"] = Field("sentences", validation_alias="CATALOG_ENCODER")

    @property
    def index_dir(self) -> Path:
        """Return the folder of the search index."""
        return self.index or self.data_dir / "catalog-index"


class CatalogSettings(BaseSettings):
    """Where the catalogue keeps its data and listens. By default all is in the data folder."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    data_dir: Path = Field(Path(".aiff"), validation_alias="AIFF_DATA_DIR")
    database: DatabaseUrl | None = Field(None, validation_alias="CATALOG_DATABASE_URL")
    host: str = Field("127.0.0.1", validation_alias="CATALOG_HOST")
    port: int = Field(8001, ge=1, le=65535, validation_alias="CATALOG_PORT")

    four_eyes: bool = Field(
        default=True,
        validation_alias="CATALOG_FOUR_EYES",
        description="Nobody approves a text that they wrote on; a team of one says no.",
    )
    expire_after_days: int | None = Field(
        None,
        ge=1,
        le=36_500,
        validation_alias="CATALOG_EXPIRE_AFTER_DAYS",
        description="How long an offer stays listed after its intake closed for good.",
    )


class ExchangeSettings(BaseSettings):
    """What other systems rely on: the address in what they keep, and how long they may be away."""

    model_config = SettingsConfigDict(env_ignore_empty=True)
    gateway_port: int = Field(8000, ge=0, le=65_535, validation_alias="AIFF_GATEWAY_PORT")
    public: HttpUrl | None = Field(None, validation_alias="AIFF_PUBLIC_URL")
    changes_kept_days: int = Field(
        90,
        ge=1,
        le=36_500,
        validation_alias="CATALOG_CHANGES_KEPT_DAYS",
        description="How long /v1/changes tells that an offer is gone; then followers start anew.",
    )

    @property
    def public_url(self) -> str:
        """Return the address under which everybody reaches the gateway, without a last slash."""
        stated = str(self.public) if self.public else f"http://127.0.0.1:{self.gateway_port}"
        return stated.rstrip("/")


class ImportSettings(BaseSettings):
    """How much of a partner's file is read at most."""

    model_config = SettingsConfigDict(env_ignore_empty=True)
    file_bytes: int = Field(100_000_000, ge=1, validation_alias="CATALOG_IMPORT_BYTES")
    rows: int = Field(100_000, ge=1, validation_alias="CATALOG_IMPORT_ROWS")
    columns: int = Field(500, ge=1, validation_alias="CATALOG_IMPORT_COLUMNS")

    @property
    def limits(self) -> FileLimits:
        """Return the bounds of the readers."""
        return FileLimits(file_bytes=self.file_bytes, rows=self.rows, columns=self.columns)


class LinkSettings(BaseSettings):
    """Whether the addresses in listings are asked, and how often; the worker calls out for it."""

    model_config = SettingsConfigDict(env_ignore_empty=True)
    asked: bool = Field(
        default=False,
        validation_alias="CATALOG_LINK_CHECKS",
        description="Ask the addresses in listings; the worker must reach the public internet.",
    )
    every_hours: int = Field(24, ge=1, le=8_760, validation_alias="CATALOG_LINKS_EVERY_HOURS")

    @property
    def every(self) -> timedelta:
        """Return after what time an address is asked again."""
        return timedelta(hours=self.every_hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ServiceSettings):
    """All that the catalogue is told."""

    catalog: CatalogSettings
    search: SearchSettings
    exchange: ExchangeSettings
    imports: ImportSettings
    links: LinkSettings

    @property
    def server(self) -> Server:
        """Return where the catalogue listens; only the gateway calls."""
        return Server(host=self.catalog.host, port=self.catalog.port)

    @property
    def database_url(self) -> str:
        """Return the address of the database."""
        return self.catalog.database or sqlite_url(self.catalog.data_dir / "catalog.db")
