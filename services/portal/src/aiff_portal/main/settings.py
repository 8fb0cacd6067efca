"""The portal's settings, from the environment."""

from pydantic import Field, HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict


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
