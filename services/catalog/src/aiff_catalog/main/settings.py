"""The catalogue's settings, from the environment."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiff_kit.db import sqlite_url
from aiff_kit.settings import DatabaseUrl


def _search_url(given: str) -> str:
    for address in given.split(","):
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            message = "must be like http://host:9200; separate several nodes by commas"
            raise ValueError(message)
    return given


class CatalogSettings(BaseSettings):
    """Where the catalogue keeps its data and listens. By default all is in the data folder."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    data_dir: Path = Field(Path(".aiff"), validation_alias="AIFF_DATA_DIR")
    database: DatabaseUrl | None = Field(None, validation_alias="CATALOG_DATABASE_URL")
    index: Path | None = Field(None, validation_alias="CATALOG_INDEX_DIR")
    opensearch_url: Annotated[str, AfterValidator(_search_url)] | None = Field(
        None, validation_alias="OPENSEARCH_URL"
    )
    opensearch_index: str = Field(
        "aiff-offers", pattern="^[a-z][a-z0-9-]{0,60}$", validation_alias="OPENSEARCH_INDEX"
    )
    encoder: Literal["sentences", "none"] = Field("sentences", validation_alias="CATALOG_ENCODER")
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

    @property
    def database_url(self) -> str:
        """Return the address of the database."""
        return self.database or sqlite_url(self.data_dir / "catalog.db")

    @property
    def index_dir(self) -> Path:
        """Return the folder of the search index."""
        return self.index or self.data_dir / "catalog-index"


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
