"""The portal's settings, from the environment."""

from dataclasses import dataclass

from pydantic import Field, HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiff_kit.service import Server, ServiceSettings


class PortalSettings(BaseSettings):
    """Where the portal listens, and where it asks the public API."""

    model_config = SettingsConfigDict(env_ignore_empty=True)
    host: str = Field("127.0.0.1", validation_alias="PORTAL_HOST")
    port: int = Field(8003, ge=1, le=65_535, validation_alias="PORTAL_PORT")
    gateway_port: int = Field(8000, ge=0, le=65_535, validation_alias="AIFF_GATEWAY_PORT")
    gateway: HttpUrl | None = Field(None, validation_alias="GATEWAY_URL")

    @property
    def gateway_url(self) -> str:
        """Return the address at which the portal reaches the gateway, as any client does."""
        return str(self.gateway) if self.gateway else f"http://127.0.0.1:{self.gateway_port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ServiceSettings):
    """All that the portal is told."""

    portal: PortalSettings

    @property
    def server(self) -> Server:
        """Return where the portal listens; only the gateway calls it, so no proxy is believed."""
        return Server(host=self.portal.host, port=self.portal.port)
