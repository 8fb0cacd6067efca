"""Every example of the API document is sent as it stands and does what it is the example of.

Only what names an object of somebody's is replaced: identifiers, and the wording of a consent.
A new operation with a body fails here until it has an example, and a place where it is sent.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.system.conftest import PASSWORD, People, drain, eventually, start

DOCUMENT = json.loads((Path(__file__).parents[3] / "docs/api/openapi.json").read_text("utf-8"))
# Who is asked for a scope; whoever holds it may send the example.
HOLDERS = {
    "startups": "founder",
    "introductions:request": "founder",
    "startups:find": "partner",
    "introductions:answer": "partner",
    "keys": "partner",
    "teams": "founder",
}
# A partner's own system sends these, a curator the rest of what needs the right to write.
BY_PARTNER = {
    "put_offer_by_external_id",
    "write_offer_batch",
    "upload_import",
    "put_import_mapping",
    "lint_rule",
}
# Nobody's scope, but somebody must be signed in.
SIGNED_IN = {"found_team", "ask_for_address", "choose_language", "choose_mailing_list"}
# They name somebody, or a secret that came by mail: they are read, and refused for that alone.
# The stories of accounts and of teams send such bodies with the names and secrets of theirs.
NAMING = {
    "accept_invitation": "founder",
    "act_for": "founder",
    "ask_to_represent": "founder",
    "complete_reset": "anonymous",
    "confirm_account": "anonymous",
    "confirm_address": "founder",
    "decide_team_request": "curator",
    "give_role": "founder",
    "invite_adviser": "founder",
    "invite_member": "founder",
    "limit_adviser": "founder",
}


def bodies():
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            if "requestBody" in operation:
                yield operation["operationId"], method.upper(), path, operation


OPERATIONS = {name: (method, path, held) for name, method, path, held in bodies()}


def example_of(name: str, media_type: str = "application/json") -> Any:
    return shown(OPERATIONS[name][2]["requestBody"]["content"][media_type])


def shown(content: Mapping[str, Any]) -> Any:
    """Return the example of a media type, the first of several; None where it has none."""
    several = content.get("examples", {}).values()
    return content.get("example", next((one["value"] for one in several), None))


class World:
    """What the examples are about: people, and objects in the state that each needs."""

    def __init__(self, people: People) -> None:
        self.clients = {
            "founder": people.sign_in("ada@example.org", "startup"),
            "partner": people.sign_in("portail@example.org", "partner", "scaleway"),
            "curator": people.sign_in("curatrice@example.org", "curator", "cap-digital"),
            "newcomer": people.sign_in("nina@example.org", "startup"),
            "anonymous": people.anonymous,
        }
        self.second = people.sign_in("relecteur@example.org", "curator", "cap-digital")
        self._made = 0

    def who(self, name: str) -> str:
        """Return who sends an operation's example."""
        security = OPERATIONS[name][2].get("security", ())
        scopes = [scope for one in security for held in one.values() for scope in held]
        if name in BY_PARTNER:
            return "partner"
        if name in NAMING:
            return NAMING[name]
        if name in SIGNED_IN:
            return "founder"
        if name == "change_password":
            # It ends the other sessions of whoever does.
            return "newcomer"
        if not scopes:
            return "anonymous"
        scope = scopes[0]
        return HOLDERS.get(scope) or HOLDERS.get(scope.partition(":")[0], "curator")

    def post(self, who: str, path: str, body: Any = None) -> Any:
        client = self.second if who == "second" else self.clients[who]
        answer = client.post(path, json=body, headers={"If-Match": "*"})
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json() if answer.content else None

    def offer(self, *steps: tuple[str, str]) -> dict[str, Any]:
        """Make an offer like the example, under a name of its own, and lead it through steps."""
        self._made += 1
        slug = f"{example_of('create_offer')['slug']}-{self._made}"
        self.post("curator", "/v1/offers", {**example_of("create_offer"), "slug": slug})
        for who, step in steps:
            self.post(who, step.format(slug=slug))
        return {"reference": slug, "slug": slug}

    def published(self) -> dict[str, Any]:
        made = self.offer(("second", "/v1/offers/{slug}/publish"))
        address = f"/v1/offers/{made['reference']}"
        eventually(lambda: self.clients["anonymous"].get(address).is_success)
        return made

    def submitted(self) -> dict[str, Any]:
        return self.offer(("curator", "/v1/offers/{slug}/submit"))

    def reviewed(self) -> dict[str, Any]:
        claim = ("second", "/v1/reviews/{slug}/claim")
        return self.offer(("curator", "/v1/offers/{slug}/submit"), claim)

    def startup(self) -> dict[str, Any]:
        made = self.post("founder", "/v1/startups", example_of("create_startup"))
        return {"startup_id": made["id"]}

    def findable(self) -> dict[str, Any]:
        made = self.startup()
        address = f"/v1/startups/{made['startup_id']}/discoverability"
        wording = self.clients["founder"].get(address).json()["wording"]["version"]
        return {**made, "wording": wording}

    def need(self) -> dict[str, Any]:
        made = self.startup()
        path = f"/v1/startups/{made['startup_id']}/needs"
        return {**made, "need_id": self.post("founder", path, example_of("create_need"))["id"]}

    def asking(self) -> dict[str, Any]:
        made = self.need()
        body = {**example_of("preview_introduction"), "need_id": made["need_id"]}
        seen = self.post("founder", "/v1/introductions:preview", body)
        return {**made, "wording": seen["wording"]["version"]}

    def introduction(self) -> dict[str, Any]:
        made = self.asking()
        body = {**example_of("request_introduction"), **_known(made, "need_id", "wording")}
        asked = self.post("founder", "/v1/introductions", body)
        return {**made, "introduction_id": asked["id"]}

    def taken_care_of(self) -> dict[str, Any]:
        made = self.introduction()
        for verb in ("see", "take-care", "finish"):
            path = f"/v1/received-introductions/{made['introduction_id']}/{verb}"
            self.post("partner", path)
        return made

    def declined(self) -> dict[str, Any]:
        made = self.introduction()
        path = f"/v1/received-introductions/{made['introduction_id']}/decline"
        self.post("partner", path, example_of("decline_introduction"))
        return made

    def pair(self) -> dict[str, Any]:
        slugs = {self.published()["reference"] for _ in range(2)}
        curator = self.clients["curator"]

        def found() -> list[str]:
            items = curator.get("/v1/duplicates?kind=training&limit=100").json()["items"]
            return [
                one["id"] for one in items if {one["first"]["slug"], one["second"]["slug"]} == slugs
            ]

        eventually(found, seconds=60)
        return {"pair_id": found()[0]}

    def report(self) -> dict[str, Any]:
        path = f"/v1/offers/{self.published()['reference']}/reports"
        return {"report_id": self.post("anonymous", path, example_of("report_error"))["id"]}

    def partner_search(self) -> dict[str, Any]:
        made = self.post("partner", "/v1/partner-searches", example_of("create_partner_search"))
        return {"search_id": made["id"]}

    def reviewer(self) -> dict[str, Any]:
        return {**self.submitted(), "reviewer": self.second.get("/v1/me").json()["subject"]}

    def mapped(self) -> dict[str, Any]:
        path = "/v1/partners/scaleway/mappings/ateliers"
        body = example_of("put_import_mapping")
        held = self.clients["partner"].put(path, json=body, headers={"If-Match": "*"})
        assert held.is_success, held.text
        return {}

    def key(self) -> dict[str, Any]:
        made = self.post("partner", "/v1/api-keys", example_of("create_api_key"))
        return {"key_id": made["key"]["id"]}


def _known(made: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: made[name] for name in names if name in made}


SCALEWAY = {"partner": "scaleway", "source": "ateliers", "external_id": "A-3"}
SYNONYMS = {"name": "search_synonyms"}
# Where an example is sent to: what is made first, or the names in the address.
PLACES: Mapping[str, Callable[[World], Mapping[str, Any]]] = {
    "approve_offer": World.reviewed,
    "archive_offer": World.published,
    "assign_review": World.reviewer,
    "create_need": World.startup,
    "decline_introduction": World.introduction,
    "dismiss_duplicate": World.pair,
    "give_consent": World.introduction,
    "let_be_found": World.findable,
    "mark_alerts_read": World.need,
    "merge_offer": World.published,
    "patch_offer": World.offer,
    "patch_startup": World.startup,
    "preview_introduction": World.need,
    "put_organisation": lambda _: {"slug": "turbine-academie"},
    "rate_introduction": World.taken_care_of,
    "reject_offer": World.reviewed,
    "replace_alert_settings": World.need,
    "replace_need": World.need,
    "replace_offer": World.offer,
    "replace_partner_search": World.partner_search,
    "replace_startup": World.startup,
    "report_error": World.published,
    "request_changes": World.reviewed,
    "request_introduction": World.asking,
    "resolve_report": World.report,
    "restore_revision": World.offer,
    "settle_introduction": World.declined,
    "suspend_offer": World.published,
    "upload_import": World.mapped,
    "rotate_api_key": World.key,
    "choose_mailing_list": lambda _: {"mailing_list": "digest"},
    **dict.fromkeys(
        ("put_offer_by_external_id", "put_import_mapping", "put_partner_policy"),
        lambda _: SCALEWAY,
    ),
    **dict.fromkeys(
        ("write_vocabulary_draft", "preview_vocabulary_edition", "restore_vocabulary_edition"),
        lambda _: SYNONYMS,
    ),
}
STRANGER = dict.fromkeys(("team", "person", "request_id"), "0193a1f0-5a7b-7c3d-9e21-4f1a2b3c4d5e")
# By a second pair of eyes: nobody reviews their own text.
SECOND = {"approve_offer", "reject_offer", "request_changes"}


@pytest.fixture(scope="module")
def world(tmp_path_factory, few):
    with start(tmp_path_factory.mktemp("examples"), few) as product:
        drain(product, seconds=60)
        with People(product) as people:
            yield World(people)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_example_is_taken(world, name):
    method, path, operation = OPERATIONS[name]
    made = PLACES[name](world) if name in PLACES else {}
    client = world.second if name in SECOND else world.clients[world.who(name)]
    for media_type, content in operation["requestBody"]["content"].items():
        body = shown(content)
        if body is None:
            assert media_type.endswith(".sheet"), f"{name} has no example"
            continue
        answer = client.request(
            method,
            path.format_map({**STRANGER, **made}),
            params={"partner": "scaleway", "source": "ateliers"} if name == "upload_import" else {},
            content=written(body, made),
            headers={"Content-Type": told(method, media_type), "If-Match": "*"},
        )
        taken = answer.status_code not in {400, 422} if name in NAMING else answer.is_success
        assert taken, f"{name}: {answer.status_code} {answer.text}"


def written(body: Any, made: Mapping[str, Any]) -> bytes:
    if isinstance(body, dict):
        body = {**body, **_known(made, *body)}
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def told(method: str, media_type: str) -> str:
    is_patch = method == "PATCH" and media_type == "application/json"
    return "application/merge-patch+json" if is_patch else media_type


def test_the_example_of_signing_in_is_of_this_product():
    assert example_of("sign_in") == {"email": "ada@example.org", "password": PASSWORD}
