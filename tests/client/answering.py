"""A server that says what a test wants, and remembers what it was asked."""

import json

import httpx2

from aiff_client import Client


def answer(status=200, body=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(body, bytes | None):
        return httpx2.Response(status, headers=named, content=body)
    kind = "application/json" if status < 400 else "application/problem+json"
    return httpx2.Response(
        status, headers={"Content-Type": kind, **named}, content=json.dumps(body).encode()
    )


class Server:
    """Gives the answers in their order, the last one again and again; an error is raised."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.waits = []

    def __call__(self, request):
        self.asked.append(request)
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(given, Exception):
            raise given
        return given(request) if callable(given) else given

    def client(self, key="aiff_k_test", address="https://api.example", **options):
        transport = httpx2.MockTransport(self)
        return Client(address, key, transport=transport, sleep=self.waits.append, **options)
