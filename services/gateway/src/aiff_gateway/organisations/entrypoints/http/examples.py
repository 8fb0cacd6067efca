"""Bodies as somebody sends them, for the API document; a test reads each of them."""

from aiff_gateway.shared.examples import example

FOUND = example("one", "A start-up", name="Lexia", kind="startup")
ROLE = example("one", "An editor writes and decides nothing about others", role="editor")
INVITE = example(
    "one", "A colleague who edits", email="gil@lexia.example", role="editor", language="fr"
)
INVITE_ADVISER = example(
    "one",
    "An adviser who reads the profile and asks for introductions",
    email="ines@conseil.example",
    scopes=["startups:read", "introductions:request"],
    language="fr",
)
ADVISER_SCOPES = example("one", "From now on the adviser only reads", scopes=["startups:read"])
ACCEPT = example(
    "one",
    "The part of the letter's address behind the number sign",
    token="kW3vY0o2mB7qTn5dJc8xLr1eHs6uZg4aPf9iQbVyD0E",  # noqa: S106  It opens nothing.
)
ASK = example(
    "one",
    "Somebody who answers for the listings of Inria",
    organisation="inria",
    reasons="I answer for our offers; the page of the team names me: https://www.inria.fr/fr/equipe",
)
DECISION = example(
    "one",
    "Approved as administrator",
    decision="approved",
    reason="Named on the page of the team.",
    role="administrator",
)
