"""Offers and organisations in the database, inside a transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, Select, or_, select, union
from sqlalchemy.exc import IntegrityError

from aiff_catalog.offers.adapters.rows import offer_of, row_of
from aiff_catalog.offers.application.references import offers_named
from aiff_catalog.offers.domain.offer import Offer
from aiff_catalog.offers.domain.organisation import Provider
from aiff_catalog.offers.domain.revision import Revision
from aiff_catalog.shared.database import violates
from aiff_catalog.shared.errors import OfferNotFoundError, SlugTakenError, StaleVersionError
from aiff_catalog.shared.tables import (
    former_slug,
    offer,
    offer_organisation,
    offer_revision,
    organisation,
)
from aiff_contracts.codec import dump_json, parse_json
from aiff_contracts.offer import OfferContent, Organisation
from aiff_kit.db import says


class SqlOfferRepository:
    """Offers with their former slugs and revisions."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def get(self, offer_id: UUID) -> Offer:
        """Return an offer, or raise OfferNotFoundError."""
        stored = self._one(select(offer).where(offer.c.id == offer_id))
        if stored is None:
            raise OfferNotFoundError(offer_id)
        return stored

    def hold(self, offer_ids: Collection[UUID]) -> Sequence[Offer]:
        """Return the offers with their rows locked, always in the same order."""
        held = select(offer).where(offer.c.id.in_(offer_ids)).order_by(offer.c.id)
        rows = self._connection.execute(held.with_for_update()).all()
        return [self._offer(row) for row in rows]

    def by_slug(self, slug: str) -> Offer | None:
        """Return the offer that has this slug now."""
        return self._one(select(offer).where(offer.c.slug == slug))

    def owner_of_slug(self, slug: str) -> UUID | None:
        """Return the offer that has this slug or had it."""
        now = select(offer.c.id).where(offer.c.slug == slug)
        before = select(former_slug.c.offer_id).where(former_slug.c.slug == slug)
        return self._connection.execute(union(now, before)).scalars().first()

    def naming(self, organisation: str) -> Sequence[Offer]:
        """Return the offers that name an organisation."""
        link = offer_organisation
        naming = select(link.c.offer_id).where(link.c.organisation == organisation)
        rows = self._connection.execute(
            select(offer).where(offer.c.id.in_(naming)).order_by(offer.c.id)
        ).all()
        return [self._offer(row) for row in rows]

    def naming_offer(self, slug: str) -> Sequence[str]:
        """Return the slugs of offers in use whose texts name an offer.

        All texts are searched for the name; this is for what curators do now and then.
        """
        said = or_(
            *(
                says(self._connection, text, f'"{slug}"')
                for text in (offer.c.content, offer.c.pending)
            )
        )
        in_use = offer.c.state != "archived"
        rows = self._connection.execute(select(offer).where(said, in_use).order_by(offer.c.slug))
        offers = (self._offer(row) for row in rows.all())
        return [one.slug for one in offers if slug in _named(one)]

    def lead_on(self, from_id: UUID, to_id: UUID) -> None:
        """Let what was merged into one offer lead to another one."""
        before = offer.c.merged_into == from_id
        self._connection.execute(offer.update().where(before).values(merged_into=to_id))

    def known_slugs(self, slugs: Collection[str]) -> frozenset[str]:
        """Return those of the slugs that an offer has or had."""
        now = select(offer.c.slug).where(offer.c.slug.in_(slugs))
        before = select(former_slug.c.slug).where(former_slug.c.slug.in_(slugs))
        return frozenset(self._connection.execute(union(now, before)).scalars())

    def text_at(self, offer_id: UUID, number: int) -> OfferContent | None:
        """Return the text that an offer had at a number of its history."""
        table = offer_revision
        kept = select(table.c.content).where(table.c.offer_id == offer_id)
        upto = kept.where(table.c.number <= number, table.c.content.is_not(None))
        newest = upto.order_by(table.c.number.desc()).limit(1)
        raw = self._connection.execute(newest).scalar_one_or_none()
        return None if raw is None else parse_json(OfferContent, raw)

    def to_publish(self, now: datetime, limit: int) -> Sequence[Offer]:
        """Return offers whose approved text is to be shown by now."""
        due = (offer.c.pending_state == "scheduled") & (offer.c.publish_at <= now)
        ordered = select(offer).where(due).order_by(offer.c.publish_at).limit(limit)
        return [self._offer(row) for row in self._connection.execute(ordered).all()]

    def add(self, added: Offer, revision: Revision) -> None:
        """Store a new offer; SlugTakenError where another writer took the slug meanwhile."""
        try:
            self._connection.execute(offer.insert().values(id=added.id, **row_of(added)))
        except IntegrityError as error:
            if violates(error, offer, "slug"):
                raise SlugTakenError(added.slug) from error
            raise
        self._link(added)
        self._record(revision)

    def save(self, saved: Offer, revision: Revision) -> None:
        """Store the next version, if the stored one is still the one before."""
        before = saved.version - 1
        is_previous = (offer.c.id == saved.id) & (offer.c.version == before)
        try:
            stored = self._connection.execute(
                offer.update().where(is_previous).values(row_of(saved))
            )
        except IntegrityError as error:
            if violates(error, offer, "slug"):
                raise SlugTakenError(saved.slug) from error
            raise
        if stored.rowcount == 0:
            raise StaleVersionError(before, self.get(saved.id).version)
        self._link(saved)
        self._record(revision)

    def _one(self, statement: Select[Any]) -> Offer | None:
        row = self._connection.execute(statement).one_or_none()
        return None if row is None else self._offer(row)

    def _offer(self, row: Row[Any]) -> Offer:
        former = select(former_slug.c.slug).where(former_slug.c.offer_id == row.id)
        ordered = former.order_by(former_slug.c.slug)
        return offer_of(
            dict(zip(row._fields, row, strict=True)),
            self._connection.execute(ordered).scalars().all(),
        )

    def _link(self, linked: Offer) -> None:
        """Make the rows about organisations and former slugs say what the offer says."""
        links, formers = offer_organisation, former_slug
        self._connection.execute(links.delete().where(links.c.offer_id == linked.id))
        self._connection.execute(formers.delete().where(formers.c.offer_id == linked.id))
        named = dict.fromkeys((one.organisation, one.role) for one in linked.text.organisations)
        rows = [{"offer_id": linked.id, "organisation": slug, "role": role} for slug, role in named]
        self._connection.execute(links.insert(), rows)
        if linked.former_slugs:
            old = [{"slug": slug, "offer_id": linked.id} for slug in linked.former_slugs]
            self._connection.execute(formers.insert(), old)

    def _record(self, revision: Revision) -> None:
        row = {
            "offer_id": revision.offer_id,
            "number": revision.number,
            "action": revision.action,
            "author": revision.author,
            "at": revision.at,
            "reason": revision.reason,
            "changes": orjson.dumps(
                [[change.pointer, change.before, change.after] for change in revision.changes]
            ),
            "comments": orjson.dumps(revision.comments) if revision.comments else None,
            "content": None if revision.content is None else dump_json(revision.content),
        }
        self._connection.execute(offer_revision.insert().values(row))


def _named(naming: Offer) -> set[str]:
    """Return the offers that the live text or the pending one names."""
    return {slug for text in (naming.text, naming.working) for _, slug in offers_named(text)}


class SqlOrganisationRepository:
    """Organisations."""

    def __init__(self, connection: Connection) -> None:
        """Work with this connection."""
        self._connection = connection

    def find(self, slug: str) -> Provider | None:
        """Return an organisation."""
        statement = select(organisation).where(organisation.c.slug == slug)
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            return None
        content = parse_json(Organisation, row.content)
        return Provider(organisation=content, version=row.version, updated_at=row.updated_at)

    def details(self, slugs: Collection[str]) -> Mapping[str, Organisation]:
        """Return those of the organisations that are known."""
        statement = select(organisation.c.slug, organisation.c.content)
        rows = self._connection.execute(statement.where(organisation.c.slug.in_(slugs)))
        return {row.slug: parse_json(Organisation, row.content) for row in rows}

    def put(self, provider: Provider) -> None:
        """Store a new or changed organisation, if the stored one is the version before."""
        table, before = organisation, provider.version - 1
        values = {
            "version": provider.version,
            "content": dump_json(provider.organisation),
            "updated_at": provider.updated_at,
        }
        if before == 0:
            self._add(provider.slug, values)
            return
        is_previous = (table.c.slug == provider.slug) & (table.c.version == before)
        stored = self._connection.execute(table.update().where(is_previous).values(values))
        if stored.rowcount == 0:
            raise StaleVersionError(before, before + 1)

    def _add(self, slug: str, values: Mapping[str, Any]) -> None:
        try:
            self._connection.execute(organisation.insert().values(slug=slug, **values))
        except IntegrityError as error:
            if violates(error, organisation, "slug"):
                raise StaleVersionError(0, 1) from error
            raise
