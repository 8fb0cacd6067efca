"""People work together: a team with its adviser on one profile, and a partner with its keys."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.system.conftest import eventually

ANY = {"If-Match": "*"}
FOUNDER, COLLEAGUE, ADVISER = (f"{name}@lexia.example" for name in ("flore", "gil", "ines"))
EDITOR = "redaction@scaleway.example"


def letters_to(product, email: str) -> list[str]:
    """Return the texts of the letters to an address, the oldest first."""
    folder = Path(product.environment()["AIFF_DATA_DIR"]) / "mail"
    found = []
    for path in sorted(folder.rglob("*.eml"), key=lambda path: path.stat().st_mtime_ns):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = letter.get_body(("plain",))
        if letter["To"] and email in letter["To"] and body is not None:
            found.append(body.get_content())
    return found


def invitation_to(product, email: str) -> str:
    """Wait for the letter with an invitation and return its token."""
    tokens: list[str] = []

    def arrived() -> bool:
        told = "\n".join(letters_to(product, email))
        tokens[:] = re.findall(r"/invitation#([A-Za-z0-9_-]+)", told)
        return bool(tokens)

    eventually(arrived)
    return tokens[-1]


def accept(client: httpx2.Client, token: str) -> None:
    answer = client.post("/v1/me/invitations", json={"token": token})
    assert answer.status_code == 201, answer.text


def acting(people, client: httpx2.Client, organisation: str) -> httpx2.Client:
    """Return a client with the token under which the session acts for an organisation."""
    path = "/v1/sessions/current/organisation"
    answer = client.put(path, json={"organisation": organisation})
    assert answer.status_code == 200, answer.text
    return people.client(Authorization=f"Bearer {answer.json()['token']}")


def invited(team: str, what: str, body: dict[str, Any], by: httpx2.Client) -> None:
    answer = by.post(f"/v1/teams/{team}/{what}", json=body)
    assert answer.status_code == 201, answer.text


@pytest.fixture(scope="module")
def team(people, product):
    """Return a start-up's slug, its founder and a colleague who act for it, and its profile."""
    founder = people.sign_in(FOUNDER, "startup")
    profile = founder.post("/v1/startups", json={"name": "Lexia", "country": "FR"})
    assert profile.status_code == 201, profile.text
    body = {"name": "Lexia", "kind": "startup"}
    slug = founder.post("/v1/teams", json=body).json()["organisation"]
    founder = acting(people, founder, slug)
    moved = founder.post(f"{profile.headers['location']}/transfer", headers=ANY)
    assert moved.status_code == 200, moved.text
    colleague = people.sign_in(COLLEAGUE, "startup")
    invited(slug, "invitations", {"email": COLLEAGUE, "role": "editor"}, founder)
    accept(colleague, invitation_to(product, COLLEAGUE))
    return slug, founder, acting(people, colleague, slug), profile.headers["location"]


def test_a_team_works_on_the_profile_that_its_founder_began_alone(team):
    _, founder, colleague, profile = team
    read = colleague.get(profile)
    named = {"If-Match": read.headers["etag"]}
    assert colleague.patch(profile, json={"headcount": 7}, headers=named).status_code == 200
    assert founder.patch(profile, json={"headcount": 8}, headers=named).status_code == 412
    assert founder.get(profile).json()["profile"]["headcount"] == 7


def test_an_adviser_acts_within_what_was_named_until_that_ends(team, people, product):
    slug, founder, _, profile = team
    adviser = people.sign_in(ADVISER, "startup")
    body = {"email": ADVISER, "scopes": ["startups:read"]}
    invited(slug, "advisers", body, founder)
    accept(adviser, invitation_to(product, ADVISER))
    advising = acting(people, adviser, slug)
    assert advising.get(profile).status_code == 200
    assert advising.patch(profile, json={"headcount": 1}, headers=ANY).status_code == 403
    person = advising.get("/v1/me").json()["subject"]
    assert founder.delete(f"/v1/teams/{slug}/advisers/{person}").status_code == 204
    eventually(lambda: advising.get(profile).status_code in {403, 404}, seconds=5)


def test_a_partner_invites_an_editor_and_rotates_a_key_without_a_failed_call(
    partner, people, product
):
    editor = people.sign_in(EDITOR, "startup")
    invited("scaleway", "invitations", {"email": EDITOR, "role": "editor"}, partner)
    accept(editor, invitation_to(product, EDITOR))
    assert acting(people, editor, "scaleway").get("/v1/listings").status_code == 200
    wanted = {"name": "annuaire", "scopes": ["offers:write"]}
    made = partner.post("/v1/api-keys", json=wanted).json()
    old = people.client(**{"X-API-Key": made["token"]})
    assert old.get("/v1/listings").status_code == 200
    turned = partner.post(f"/v1/api-keys/{made['key']['id']}/rotate", json={}).json()
    new = people.client(**{"X-API-Key": turned["token"]})
    assert [one.get("/v1/listings").status_code for one in (old, new)] == [200, 200]


def test_a_curator_approves_who_represents_a_listed_organisation(curator, people):
    person = people.sign_in("dana@inria.fr", "startup")
    reasons = "Je réponds de nos offres ; voyez la page de l'équipe."
    body = {"organisation": "inria", "reasons": reasons}
    asked = person.post("/v1/me/team-requests", json=body)
    assert asked.status_code == 201, asked.text
    assert asked.json()["domain_matches"] is True
    path = f"/v1/team-requests/{asked.json()['id']}"
    named = {"If-Match": curator.get(path).headers["etag"]}
    decision = {"decision": "approved", "reason": "Nommée sur la page de l'équipe."}
    decided = curator.put(f"{path}/decision", json=decision, headers=named)
    assert decided.status_code == 200, decided.text
    session = acting(people, person, "inria")
    assert session.get("/v1/listings").status_code == 200
