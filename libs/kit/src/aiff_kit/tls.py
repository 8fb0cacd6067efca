"""What this side of a TLS connection trusts, and how it makes itself known."""

import ssl
from pathlib import Path


def client_context(
    authorities: Path | None, certificate: Path | None = None, key: Path | None = None
) -> ssl.SSLContext:
    """Return the context of a client that checks certificates and host names.

    `authorities` is a PEM file of who may sign a server's certificate; without it those of the
    system. `certificate` with its `key` makes this client known. OSError where a file cannot be
    read or does not hold what it should; ssl.SSLError is one.
    """
    context = ssl.create_default_context(cafile=authorities)
    if certificate is not None:
        # A key that asks for a password is refused; the library would ask on the terminal.
        context.load_cert_chain(certificate, key, password="")
    return context
