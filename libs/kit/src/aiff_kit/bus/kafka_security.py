"""How the product and the brokers make themselves known to each other."""

import ssl
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiff_kit.tls import client_context

with warnings.catch_warnings():
    # The client warns about its own deprecations at import; the application cannot mend them.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka.errors import (
        IllegalSaslStateError,
        KafkaConnectionError,
        SaslAuthenticationFailedError,
        UnsupportedSaslMechanismError,
    )

_SIGN_IN = {
    SaslAuthenticationFailedError: "KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD",
    UnsupportedSaslMechanismError: "KAFKA_SASL_MECHANISM",
    IllegalSaslStateError: "KAFKA_SECURITY_PROTOCOL",
}


class TlsFailedError(KafkaConnectionError):  # type: ignore[misc]  # The client has no types.
    """The two sides did not agree on a protected connection; holds what TLS said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KafkaSecurity:
    """Protocol and mechanism in Kafka's own words.

    Without `ca_file` a broker's certificate must be signed by an authority that the system
    trusts; host names are always checked. `certificate_file` with `key_file` is what brokers
    may want to see of this client.
    """

    protocol: str = "PLAINTEXT"
    ca_file: Path | None = None
    certificate_file: Path | None = None
    key_file: Path | None = None
    mechanism: str = "SCRAM-SHA-512"
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def options(self) -> dict[str, Any]:
        """Return the client's options."""
        return {"security_protocol": self.protocol, **self._tls(), **self._sign_in()}

    def _tls(self) -> dict[str, ssl.SSLContext]:
        if not self.protocol.endswith("SSL"):
            return {}
        return {"ssl_context": client_context(self.ca_file, self.certificate_file, self.key_file)}

    def _sign_in(self) -> dict[str, str | None]:
        if not self.protocol.startswith("SASL_"):
            return {}
        return {
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }


def refused_setting(error: BaseException) -> str | None:
    """Return the setting to look at where the two sides do not accept each other, else None."""
    told = next(iter(error.args), None)
    if isinstance(told, ssl.SSLCertVerificationError):
        return "KAFKA_SSL_CA_FILE"
    if isinstance(error, TlsFailedError):
        return "KAFKA_SECURITY_PROTOCOL"
    if isinstance(error, KafkaConnectionError):
        # A broker refuses a client's certificate only after the client's side of the handshake.
        return "KAFKA_SSL_CERTIFICATE_FILE" if isinstance(told, ssl.SSLError) else None
    return _SIGN_IN.get(type(error))
