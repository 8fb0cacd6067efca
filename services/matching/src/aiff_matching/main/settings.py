"""What the service is told by its environment."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiff_kit.db import sqlite_url
from aiff_kit.service import Server, ServiceSettings
from aiff_kit.settings import DatabaseUrl


class MatchingSettings(BaseSettings):
    """Where matching keeps its data and listens. By default all is in the data folder."""

    model_config = SettingsConfigDict(env_ignore_empty=True, hide_input_in_errors=True)
    data_dir: Path = Field(Path(".aiff"), validation_alias="AIFF_DATA_DIR")
    database: DatabaseUrl | None = Field(None, validation_alias="MATCHING_DATABASE_URL")
    host: str = Field("127.0.0.1", validation_alias="MATCHING_HOST")
    encoder: Literal["sentences", "none"] = Field("sentences", validation_alias="MATCHING_ENCODER")
    introduction_days: int = Field(60, ge=46, le=366, validation_alias="MATCHING_INTRODUCTION_DAYS")
    exposure_cap: float = Field(0.35, gt=0, le=1, validation_alias="MATCHING_EXPOSURE_CAP")
    port: int = Field(8002, ge=1, le=65535, validation_alias="MATCHING_PORT")

    @property
    def database_url(self) -> str:
        """Return the address of the database."""
        return self.database or sqlite_url(self.data_dir / "matching.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ServiceSettings):
    """All settings: those of every service, and matching's own."""

    matching: MatchingSettings

    @property
    def server(self) -> Server:
        """Return where the service listens; only the gateway calls."""
        return Server(host=self.matching.host, port=self.matching.port)

    @property
    def database_url(self) -> str:
        """Return the address of the database."""
        return self.matching.database_url
