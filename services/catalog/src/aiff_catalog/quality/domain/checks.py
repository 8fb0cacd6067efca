"""The quality of an offer's text: small named checks, and a score whose parts are shown.

The score is 100 less what each check that found something costs by its severity (error 20,
warning 8, hint 3), never below 0; a check costs once, however many places it names.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from aiff_catalog.quality.domain.figures import differing
from aiff_catalog.quality.domain.findings import (
    COSTS,
    Check,
    Finding,
    Part,
    Quality,
    Seen,
    Severity,
)
from aiff_catalog.quality.domain.languages import foreign
from aiff_catalog.quality.domain.links import addresses
from aiff_catalog.quality.domain.statements import home_page, on_weak_ground, without_source
from aiff_catalog.quality.domain.texts import texts
from aiff_contracts.offer import ComputeDetails, OfferContent, Text
from aiff_contracts.offer.intake import next_opening, status_at, timeline

# Ages after which a fact is asked for again: prices twice a year, what moves weekly weekly.
PRICE_HOLDS = timedelta(days=180)
AVAILABILITY_HOLDS = timedelta(days=7)
SOURCE_HOLDS = timedelta(days=365)
_SHORTEST_SUMMARY = 40


def assess(content: OfferContent, seen: Seen) -> Quality:
    """Return the quality of a text with what is known around it."""
    results = [(check, tuple(check.places(content, seen))) for check in CHECKS]
    failed = [(check, places) for check, places in results if places]
    worst_first = sorted(failed, key=lambda one: -COSTS[one[0].severity])
    parts = tuple(
        Part(check=check.name, severity=check.severity, cost=COSTS[check.severity])
        for check, _ in worst_first
    )
    findings = tuple(_finding(check, place) for check, places in worst_first for place in places)
    lost = sum(part.cost for part in parts)
    return Quality(score=max(100 - lost, 0), parts=parts, findings=findings)


def _finding(check: Check, pointer: str) -> Finding:
    return Finding(
        check=check.name,
        severity=check.severity,
        pointer=pointer,
        message=check.message,
        mend=check.mend,
    )


def _untranslated(content: OfferContent, _: Seen) -> Iterator[str]:
    """Find sentences left in one language; titles are often names, the same in both."""
    for name, text in (("summary", content.summary), ("description", content.description)):
        if text is not None and text.fr.strip() == text.en.strip():
            yield f"/{name}/en"


def _short_summary(content: OfferContent, _: Seen) -> Iterator[str]:
    for language in ("fr", "en"):
        if len(getattr(content.summary, language).strip()) < _SHORTEST_SUMMARY:
            yield f"/summary/{language}"


def _no_contact(content: OfferContent, _: Seen) -> Iterator[str]:
    contact = content.contact
    if contact is None or not (contact.email or contact.phone or contact.url):
        yield "/contact"


def _no_address(content: OfferContent, _: Seen) -> Iterator[str]:
    if content.url is None:
        yield "/url"


def _review_overdue(content: OfferContent, seen: Seen) -> Iterator[str]:
    if content.review_by is not None and content.review_by < seen.now.date():
        yield "/review_by"


def _intake_over(content: OfferContent, seen: Seen) -> Iterator[str]:
    """Find a passed deadline; an intake that is stated to be closed for good is no oversight."""
    over = (
        status_at(content.intake, seen.now) == "closed"
        and next_opening(content.intake, seen.now) is None
    )
    if over and len(timeline(content.intake)) > 1:
        yield "/intake"


def _stale_price(content: OfferContent, seen: Seen) -> Iterator[str]:
    for index, row in enumerate(content.pricing.rows):
        if row.checked_at is not None and row.checked_at < (seen.now - PRICE_HOLDS).date():
            yield f"/pricing/rows/{index}/checked_at"


def _undated_price(content: OfferContent, _: Seen) -> Iterator[str]:
    for index, row in enumerate(content.pricing.rows):
        if row.checked_at is None:
            yield f"/pricing/rows/{index}/checked_at"


def _stale_availability(content: OfferContent, seen: Seen) -> Iterator[str]:
    if isinstance(content.details, ComputeDetails):
        for index, observed in enumerate(content.details.availability):
            holds_until = observed.expires_at or observed.observed_at + AVAILABILITY_HOLDS
            if holds_until <= seen.now:
                yield f"/details/availability/{index}/observed_at"


def _stale_source(content: OfferContent, seen: Seen) -> Iterator[str]:
    for index, source in enumerate(content.sources):
        if source.as_of is not None and source.as_of < (seen.now - SOURCE_HOLDS).date():
            yield f"/sources/{index}/as_of"


def _undated_source(content: OfferContent, _: Seen) -> Iterator[str]:
    for index, source in enumerate(content.sources):
        if source.as_of is None:
            yield f"/sources/{index}/as_of"


def _price_without_source(content: OfferContent, _: Seen) -> Iterator[str]:
    """Find prices without source; a source that names no field supports the whole offer."""
    named = [field for source in content.sources for field in source.fields or ("/pricing",)]
    if content.pricing.rows and not any(field.startswith("/pricing") for field in named):
        yield "/pricing/rows"


def _has_twin(_: OfferContent, seen: Seen) -> Iterator[str]:
    if seen.has_twin:
        yield "/title"


def _reported(_: OfferContent, seen: Seen) -> Iterator[str]:
    yield from sorted(seen.reported)


def _dead_links(content: OfferContent, seen: Seen) -> Iterator[str]:
    if seen.dead_links:
        yield from (place for place, url in addresses(content) if url in seen.dead_links)


def _undecided_claims(content: OfferContent, _: Seen) -> Iterator[str]:
    for field in dict.fromkeys(claim.field for claim in content.claims):
        claims = [claim for claim in content.claims if claim.field == field]
        if len({claim.value for claim in claims}) > 1 and not any(one.chosen for one in claims):
            yield field


def _without_source(content: OfferContent, _: Seen) -> Iterator[str]:
    yield from without_source(content)


def _on_weak_ground(content: OfferContent, _: Seen) -> Iterator[str]:
    yield from on_weak_ground(content)


def _home_page(content: OfferContent, _: Seen) -> Iterator[str]:
    yield from home_page(content)


def _other_figures(content: OfferContent, _: Seen) -> Iterator[str]:
    for place, text in texts(content):
        if any(differing(text)):
            yield place


def _other_language(content: OfferContent, _: Seen) -> Iterator[str]:
    for place, text in texts(content):
        yield from (f"{place}/{language}" for language in foreign(text))


def _check(
    name: str,
    severity: Severity,
    places: Callable[[OfferContent, Seen], Iterator[str]],
    message: tuple[str, str],
    mend: tuple[str, str],
) -> Check:
    return Check(
        name=name,
        severity=severity,
        places=places,
        message=Text(fr=message[0], en=message[1]),
        mend=Text(fr=mend[0], en=mend[1]),
    )


CHECKS = (
    _check(
        "missing_translation",
        "error",
        _untranslated,
        ("Le texte est le même dans les deux langues.", "The text is the same in both languages."),
        ("Traduisez-le.", "Translate it."),
    ),
    _check(
        "conflicting_claims",
        "error",
        _undecided_claims,
        ("Des sources se contredisent.", "Sources contradict each other."),
        ("Marquez la valeur retenue.", "Mark the value that is chosen."),
    ),
    _check(
        "comparison_without_source",
        "error",
        _without_source,
        ("Le critère ne dit pas qui le fixe.", "The criterion does not say who sets it."),
        ("Nommez l'organisme et la page.", "Name the organisation and the page."),
    ),
    _check(
        "weak_refusal",
        "error",
        _on_weak_ground,
        (
            "Le critère est dit plus sûr que sa source.",
            "The criterion is called firmer than it is.",
        ),
        ("Baissez la fiabilité, ou citez mieux.", "Lower the confidence, or cite better."),
    ),
    _check(
        "figures_differ",
        "error",
        _other_figures,
        ("Les deux langues donnent d'autres chiffres.", "The languages state different figures."),
        ("Comparez les chiffres et corrigez.", "Compare the figures and correct them."),
    ),
    _check(
        "wrong_language",
        "error",
        _other_language,
        ("Une phrase est dans l'autre langue.", "A sentence is in the other language."),
        ("Traduisez-la.", "Translate it."),
    ),
    _check(
        "home_page",
        "warning",
        _home_page,
        ("L'adresse est une page d'accueil.", "The address is a home page."),
        ("Donnez la page du dispositif.", "Give the page of the programme."),
    ),
    _check(
        "intake_over",
        "error",
        _intake_over,
        ("La dernière date limite est passée.", "The last deadline has passed."),
        ("Donnez la prochaine session, ou archivez.", "Give the next session, or archive it."),
    ),
    _check(
        "probable_duplicate",
        "warning",
        _has_twin,
        (
            "Une autre fiche décrit sans doute la même offre.",
            "Another listing is probably this offer.",
        ),
        ("Fusionnez-les, ou écartez la paire.", "Merge them, or dismiss the pair."),
    ),
    _check(
        "reported_error",
        "warning",
        _reported,
        ("Un lecteur y signale une erreur.", "A reader reports an error here."),
        ("Lisez le signalement, corrigez, puis résolvez-le.", "Read it, mend it, resolve it."),
    ),
    _check(
        "dead_link",
        "warning",
        _dead_links,
        ("L'adresse ne mène plus nulle part.", "The address leads nowhere any more."),
        ("Remplacez-la par la page actuelle.", "Replace it by the page of today."),
    ),
    _check(
        "no_contact",
        "warning",
        _no_contact,
        ("Aucun moyen de contact n'est donné.", "No way to make contact is given."),
        ("Donnez un courriel, un téléphone ou une page.", "Give an e-mail, a phone or a page."),
    ),
    _check(
        "review_overdue",
        "warning",
        _review_overdue,
        ("La date de relecture est passée.", "The day of review has passed."),
        ("Relisez l'offre et fixez une date.", "Review the offer and set a new day."),
    ),
    _check(
        "stale_price",
        "warning",
        _stale_price,
        (
            "Le prix a été vérifié il y a plus de 180 jours.",
            "The price was checked over 180 days ago.",
        ),
        ("Vérifiez le prix et sa date.", "Check the price and date it."),
    ),
    _check(
        "stale_availability",
        "warning",
        _stale_availability,
        ("La disponibilité n'est plus actuelle.", "The availability is out of date."),
        ("Observez-la de nouveau, ou retirez-la.", "Observe it again, or remove it."),
    ),
    _check(
        "stale_source",
        "warning",
        _stale_source,
        ("La source a plus d'un an.", "The source is over a year old."),
        ("Relisez la source et datez-la.", "Read the source again and date it."),
    ),
    _check(
        "price_without_source",
        "warning",
        _price_without_source,
        ("Aucune source ne soutient le prix.", "No source supports the price."),
        ("Nommez la source du prix.", "Name the source of the price."),
    ),
    _check(
        "undated_price",
        "hint",
        _undated_price,
        ("On ne sait pas quand le prix fut vérifié.", "It is unknown when the price was checked."),
        ("Vérifiez le prix et datez-le.", "Check the price and date it."),
    ),
    _check(
        "undated_source",
        "hint",
        _undated_source,
        ("La date de la source est inconnue.", "The day of the source is unknown."),
        ("Datez la source.", "Date the source."),
    ),
    _check(
        "short_summary",
        "hint",
        _short_summary,
        ("Le résumé a moins de 40 caractères.", "The summary has fewer than 40 characters."),
        ("Dites pour qui et pour quoi.", "Say for whom and for what."),
    ),
    _check(
        "no_address",
        "hint",
        _no_address,
        ("L'offre n'a pas de page web.", "The offer has no web page."),
        ("Donnez la page du fournisseur.", "Give the provider's page."),
    ),
)
