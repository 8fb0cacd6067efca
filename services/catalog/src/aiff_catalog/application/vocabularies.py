"""The words that forms and filters offer, in French and in English."""

from typing import Any, get_args

from aiff_contracts.attributes import ATTRIBUTES
from aiff_contracts.labels import STAGES, Labels, label_of
from aiff_contracts.offer import Audience, IntakeStatus, Kind, Stage
from aiff_contracts.offer.common import Role
from aiff_contracts.offer.funding import Dilution, Instrument
from aiff_contracts.offer.pricing import BillingPeriod, PriceBasis
from aiff_contracts.sectors import SECTORS
from aiff_contracts.territory import TERRITORIES

KINDS: Labels = {
    "compute": ("calcul", "compute"),
    "training": ("formation", "training"),
    "funding": ("financement", "funding"),
    "incubation": ("incubation", "incubation"),
    "expertise": ("expertise", "expertise"),
    "resource": ("ressource", "resource"),
    "network": ("réseau", "network"),
}
AUDIENCES: Labels = {
    "startup": ("start-up", "start-up"),
    "sme": ("PME", "SME"),
    "midcap": ("ETI", "mid-cap"),
    "large": ("grande entreprise", "large company"),
    "lab": ("laboratoire", "laboratory"),
    "public_body": ("organisme public", "public body"),
    "individual": ("particulier", "individual"),
    "association": ("association", "association"),
}
STATUSES: Labels = {
    "open": ("ouvert", "open"),
    "opens_soon": ("ouvre bientôt", "opens soon"),
    "closed": ("fermé", "closed"),
    "by_recommendation": ("sur recommandation", "by recommendation"),
    "unknown": ("inconnu", "unknown"),
}
INSTRUMENTS: Labels = {
    "grant": ("subvention", "grant"),
    "repayable_advance": ("avance remboursable", "repayable advance"),
    "loan": ("prêt", "loan"),
    "guarantee": ("garantie", "guarantee"),
    "equity": ("fonds propres", "equity"),
    "convertible": ("obligation convertible", "convertible"),
    "tax_credit": ("crédit d'impôt", "tax credit"),
    "social_exemption": ("exonération sociale", "social contribution exemption"),
    "investor_tax_relief": ("avantage fiscal pour investisseurs", "investor tax relief"),
    "prize": ("prix", "prize"),
    "credits": ("crédits d'usage", "usage credits"),
    "in_kind": ("apport en nature", "in kind"),
    "label": ("label", "label"),
    "co_funded_service": ("prestation cofinancée", "co-funded service"),
}
DILUTIONS: Labels = {
    "none": ("non dilutif", "non-dilutive"),
    "conditional": ("dilutif sous condition", "dilutive under conditions"),
    "direct": ("dilutif", "dilutive"),
}
PRICE_BASES: Labels = {
    "free": ("gratuit", "free"),
    "priced": ("payant", "priced"),
    "on_quote": ("sur devis", "on quote"),
    "conditional": ("gratuit sous condition", "free under conditions"),
    "unknown": ("inconnu", "unknown"),
}
BILLING_PERIODS: Labels = {
    "gpu_hour": ("par heure de GPU", "per GPU hour"),
    "instance_hour": ("par heure d'instance", "per instance hour"),
    "node_hour": ("par heure de nœud", "per node hour"),
    "engineer_hour": ("par heure d'ingénieur", "per engineer hour"),
    "month": ("par mois", "per month"),
    "desk_month": ("par poste et par mois", "per desk and month"),
    "year": ("par an", "per year"),
    "commitment": ("pour la durée d'engagement", "for the commitment"),
    "session": ("par session", "per session"),
    "programme": ("pour le programme", "for the programme"),
    "once": ("une fois", "once"),
}
TAX_BASES: Labels = {
    "excluded": ("hors taxes", "tax excluded"),
    "included": ("toutes taxes comprises", "tax included"),
    "unknown": ("taxes non précisées", "tax not stated"),
}
ROLES: Labels = {
    "provider": ("fournisseur", "provider"),
    "operator": ("opérateur", "operator"),
    "host": ("hébergeur", "host"),
    "funder": ("financeur", "funder"),
}
# Each vocabulary beside the type whose values it must name.
LABELLED: tuple[tuple[str, Labels, Any], ...] = (
    ("kinds", KINDS, Kind),
    ("audiences", AUDIENCES, Audience),
    ("stages", STAGES, Stage),
    ("intake_statuses", STATUSES, IntakeStatus),
    ("instruments", INSTRUMENTS, Instrument),
    ("dilutions", DILUTIONS, Dilution),
    ("price_bases", PRICE_BASES, PriceBasis),
    ("billing_periods", BILLING_PERIODS, BillingPeriod),
    ("roles", ROLES, Role),
)


def vocabularies() -> dict[str, Any]:
    """Return all vocabularies in JSON form: codes with their words, in a stable order."""
    found: dict[str, Any] = {
        name: [_labelled(code, labels[code]) for code in get_args(values)]
        for name, labels, values in LABELLED
    }
    found["sectors"] = [_labelled(code, words) for code, words in SECTORS.items()]
    found["territories"] = [
        _labelled(one.code, (one.label_fr, one.label_en))
        | {"parent": one.parent, "aliases": one.aliases}
        for one in TERRITORIES.values()
    ]
    found["attributes"] = [
        {
            "name": one.name,
            "type": one.type,
            "label": {"fr": one.label_fr, "en": one.label_en},
            "question": {"fr": one.question_fr, "en": one.question_en},
            "unit": one.unit or None,
            "choices": [_labelled(code, label_of(one.name, code)) for code in one.choices],
            "derived": one.derived,
        }
        for one in ATTRIBUTES.values()
    ]
    return found


def _labelled(code: str, words: tuple[str, str]) -> dict[str, Any]:
    return {"code": code, "label": {"fr": words[0], "en": words[1]}}
