"""The portal's settings, from the environment."""

from dataclasses import dataclass

from pydantic import Field, HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict

from aiff_kit.service import Server, ServiceSettings


class PortalSettings(BaseSettings):
    """Where the portal listens, and the public address that its examples show."""

    model_config = SettingsConfigDict(env_ignore_empty=True)
    host: str = Field("127.0.0.1", validation_alias="PORTAL_HOST")
    port: int = Field(8003, ge=1, le=65_535, validation_alias="PORTAL_PORT")
    gateway_port: int = Field(8000, ge=0, le=65_535, validation_alias="AIFF_GATEWAY_PORT")
    public: HttpUrl | None = Field(None, validation_alias="AIFF_PUBLIC_URL")

    @property
    def public_url(self) -> str:
        """Return the address under which people reach the gateway."""
        return str(self.public) if self.public else f"http://127.0.0.1:{self.gateway_port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ServiceSettings):
    """All that the portal is told."""

    portal: PortalSettings

    @property
    def server(self) -> Server:
        """Return where the portal listens; only the gateway calls it, so no proxy is believed."""
        return Server(host=self.portal.host, port=self.portal.port)
