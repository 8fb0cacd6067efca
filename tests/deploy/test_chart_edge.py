"""Behind an edge the gateway knows each caller by the address that the edge names."""

import json
from ipaddress import ip_address, ip_network

import pytest
from tests.deploy.tools import CASES, CHART, ask, of_kind, rendered

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("helm")]

TRUSTED = "GATEWAY_TRUSTED_PROXIES"
PUBLIC = "AIFF_PUBLIC_URL"
INGRESS = ("edge.kind=ingress", "edge.host=aif.example")


def given(case, *settings):
    """Return the environment of each process by the name of its Deployment."""
    return {
        name.removeprefix("aiff-").removeprefix("aif-"): {
            entry["name"]: entry.get("value")
            for entry in found["spec"]["template"]["spec"]["containers"][0]["env"]
        }
        for name, found in of_kind("Deployment", rendered(case, *settings)).items()
    }


def trusted(case, *settings):
    found = given(case, *settings)
    assert {name for name in found if TRUSTED in found[name]} <= {"gateway"}
    return found["gateway"].get(TRUSTED)


@pytest.mark.parametrize("kind", ["ingress", "httproute"])
def test_an_edge_is_believed_where_pods_have_their_addresses(kind):
    parents = () if kind == "ingress" else ("edge.httpRoute.parentRefs[0].name=public",)
    found = trusted("external", f"edge.kind={kind}", "edge.host=aif.example", *parents)
    networks = [ip_network(part) for part in found.split(",")]
    for pod in ("10.244.3.7", "172.20.1.1", "192.168.4.5", "100.64.0.9", "fd00:10:244::7"):
        assert any(ip_address(pod) in network for network in networks), pod
    for client in ("203.0.113.7", "8.8.8.8", "2001:db8::1"):
        assert not any(ip_address(client) in network for network in networks), client


def test_without_an_edge_nobody_is_believed():
    assert trusted("external") is None


def test_the_proxies_that_are_named_are_the_only_ones():
    named = ("edge.trustedProxies={10.42.0.0/16,192.0.2.10}",)
    assert trusted("external", *named, *INGRESS) == "10.42.0.0/16,192.0.2.10"
    # A load balancer that the chart did not ask for.
    assert trusted("external", *named) == "10.42.0.0/16,192.0.2.10"


@pytest.mark.parametrize("senseless", ["*", "10.0.0.0/", "ingress", "10.0.0.0/8;::/0", ""])
def test_a_proxy_is_an_address_or_a_network(senseless):
    setting = json.dumps([senseless])
    done = ask(
        *("template", "aiff", str(CHART), "--kube-version", "1.34.0"),
        *("--values", str(CHART / "ci" / "external.yaml")),
        *("--set-json", f"edge.trustedProxies={setting}"),
    )
    assert done.returncode != 0
    assert "/edge/trustedProxies/0" in done.stderr


def test_what_the_chart_writes_is_not_written_beside_it():
    done = ask(
        *("template", "aiff", str(CHART), "--kube-version", "1.34.0"),
        *("--values", str(CHART / "ci" / "external.yaml")),
        *("--set", f"services.gateway.env.{TRUSTED}=10.0.0.0/8"),
    )
    assert done.returncode != 0
    assert "values don't meet the specifications" in done.stderr


@pytest.mark.parametrize("case", CASES)
def test_every_case_with_an_edge_believes_it_and_shows_its_address(case):
    found = given(case)
    has_edge = bool(of_kind("Ingress", rendered(case)) or of_kind("HTTPRoute", rendered(case)))
    assert (TRUSTED in found["gateway"]) == has_edge
    for name in ("catalog", "catalog-worker"):
        assert found[name].get(PUBLIC) == ("https://aif.example" if has_edge else None)
