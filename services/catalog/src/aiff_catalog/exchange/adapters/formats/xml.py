"""XML: the feed of changes (Atom, RFC 4287) and the sitemap (https://www.sitemaps.org)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import orjson

from aiff_catalog.exchange.adapters.formats.naming import Addresses
from aiff_catalog.exchange.application.change_feed import OfferChange

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_GONE = "Retirée / withdrawn"
# Characters that XML 1.0 does not have (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class XmlFeeds:
    """Writes the feed of changes and the sitemaps."""

    def __init__(self, addresses: Addresses) -> None:
        """Keep the addresses."""
        self._addresses = addresses

    def atom(self, changes: Sequence[OfferChange], now: datetime) -> bytes:
        """Return a feed of changes in the order in which they are given; tombstones say why."""
        feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "fr"})
        root = str(self._addresses.of("/v1/changes/feed.atom"))
        _add(feed, "id", root)
        _add(feed, "title", "AI Factory France : offres nouvelles, modifiées, retirées")
        _add(feed, "updated", _instant(max((one.at for one in changes), default=now)))
        ET.SubElement(feed, "link", {"rel": "self", "href": root})
        _add(ET.SubElement(feed, "author"), "name", "AI Factory France")
        for change in changes:
            _entry(feed, change, self._addresses)
        return _written(feed)

    def sitemap(self, offers: Sequence[tuple[str, datetime]]) -> bytes:
        """Return the addresses of offers (slug, last change) for search engines."""
        urls = ET.Element("urlset", {"xmlns": _SITEMAP})
        for slug, changed_at in offers:
            url = ET.SubElement(urls, "url")
            _add(url, "loc", str(self._addresses.of(f"/v1/offers/{slug}")))
            _add(url, "lastmod", _instant(changed_at))
        return _written(urls)

    def sitemap_index(self, count: int) -> bytes:
        """Return the addresses of so many sitemaps."""
        index = ET.Element("sitemapindex", {"xmlns": _SITEMAP})
        for number in range(1, count + 1):
            address = str(self._addresses.of(f"/sitemap/{number}"))
            _add(ET.SubElement(index, "sitemap"), "loc", address)
        return _written(index)


def _entry(feed: ET.Element, change: OfferChange, addresses: Addresses) -> None:
    entry = ET.SubElement(feed, "entry")
    address = str(addresses.of(f"/v1/offers/{change.offer_id}"))
    offer = orjson.loads(change.document) if change.document else None
    _add(entry, "id", f"{address}#{change.version}")
    _add(entry, "title", offer["title"]["fr"] if offer else f"{_GONE} : {change.slug}")
    _add(entry, "updated", _instant(change.at))
    ET.SubElement(entry, "link", {"rel": "alternate", "href": address})
    _add(entry, "summary", offer["summary"]["fr"] if offer else change.reason or _GONE)
    if offer:
        ET.SubElement(entry, "category", {"term": offer["kind"]})


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NOT_XML.sub("", text)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
