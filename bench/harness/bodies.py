"""The worst bodies of 64 kB that anybody can send to the routes that take a question."""

import json

SIZE = 64_000


def filled(start: str, item: str, end: str) -> bytes:
    """Return a body of 64 kB that repeats something."""
    times = (SIZE - len(start) - len(end)) // (len(item) + 1)
    return (start + ",".join([item] * times) + end).encode()


def keys(start: str, end: str) -> bytes:
    """Return an object of as many unknown keys as 64 kB hold."""
    names = (f'"x{number}":1' for number in range((SIZE - len(start) - len(end)) // 10))
    return (start + ",".join(names) + end).encode()


WORST = {
    "wrong items": filled('{"profile":{"sites":[', "1", "]}}"),
    "wrong objects": filled('{"profile":{"prior_aid":[', "{}", "]}}"),
    "wrong lists": filled('{"profile":{"prior_aid":[', "[[]]", "]}}"),
    "right items": filled('{"profile":{"sectors":[', '"health"', "]}}"),
    "keys of the request": keys("{", "}"),
    "keys of the profile": keys('{"profile":{', "}}"),
    "keys of the need": keys('{"need":{"compute":{', "}}}"),
    "one long text": b'{"need":{"description":"' + b"a" * (SIZE - 40) + b'"}}',
    "one long name": b'{"profile":{"' + b"a" * (SIZE - 40) + b'":1}}',
    "one long value": b'{"profile":{"country":"' + b"a" * (SIZE - 40) + b'"}}',
    "long numbers": filled('{"profile":{"sites":[', "9" * 4_000, "]}}"),
    "deep lists": b'{"profile":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "combining marks": json.dumps(
        {"need": {"description": "e" + "\u0301" * 15_000}}, ensure_ascii=False
    ).encode(),
}
