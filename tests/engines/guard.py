"""TLS and a password before an engine that has neither: OpenSearch's own are not to be had here."""

import http.client
import ssl
from base64 import b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

# What belongs to one connection only, not to what is passed on.
_HOP = {"connection", "content-length", "keep-alive", "transfer-encoding", "host", "authorization"}


@contextmanager
def guarded(port, certificate, key, user, password):
    """Serve the engine at `port` under https to one user; give the address."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    credentials = b64encode(f"{user}:{password}".encode()).decode()
    members = {"engine": port, "expected": f"Basic {credentials}"}
    handler = type("Guard", (_Guard,), members)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever).start()
        try:
            yield f"https://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class _Guard(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    engine: int
    expected: str

    def _pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization") != self.expected:
            self._answer(401, {"WWW-Authenticate": "Basic"}, b"Unauthorized")
            return
        connection = http.client.HTTPConnection("127.0.0.1", self.engine)
        connection.request(self.command, self.path, body, self._kept(self.headers))
        told = connection.getresponse()
        self._answer(told.status, self._kept(told.headers), told.read())
        connection.close()

    do_DELETE = do_GET = do_HEAD = do_POST = do_PUT = _pass_on  # noqa: N815  The server's names.

    def _kept(self, headers):
        return {name: value for name, value in headers.items() if name.lower() not in _HOP}

    def _answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        """Be quiet."""
