"""The words for the codes of the published language: (French, English).

They are written here and nowhere else, in small letters; a page that begins a line with one makes
the first letter large.
"""

from collections.abc import Mapping
from typing import get_args

from aiff_contracts.offer import Audience
from aiff_contracts.sectors import SECTORS

Labels = Mapping[str, tuple[str, str]]

ORGANISATION_TYPES: Labels = {
    "startup": ("start-up", "start-up"),
    "sme": ("PME", "SME"),
    "midcap": ("ETI", "mid-cap"),
    "large": ("grande entreprise", "large company"),
    "lab": ("laboratoire", "laboratory"),
    "university": ("université ou école", "university or school"),
    "public_body": ("organisme public", "public body"),
    "association": ("association", "association"),
    "individual": ("particulier", "individual"),
    "investor": ("investisseur", "investor"),
}
COMPANY_SIZES: Labels = {
    "micro": ("microentreprise", "micro enterprise"),
    "small": ("petite entreprise", "small enterprise"),
    "medium": ("moyenne entreprise", "medium-sized enterprise"),
    "small_midcap": ("petite ETI", "small mid-cap"),
    "midcap": ("ETI", "mid-cap"),
    "large": ("grande entreprise", "large company"),
}
STAGES: Labels = {
    "any": ("tous stades", "any stage"),
    "ideation": ("idée", "ideation"),
    "feasibility": ("faisabilité", "feasibility"),
    "pre_creation": ("avant création", "before creation"),
    "prototype": ("prototype", "prototype"),
    "pre_seed": ("pré-amorçage", "pre-seed"),
    "seed": ("amorçage", "seed"),
    "research": ("recherche", "research"),
    "validation": ("validation", "validation"),
    "development": ("développement", "development"),
    "demonstration": ("démonstration", "demonstration"),
    "industrialisation": ("industrialisation", "industrialisation"),
    "series_a": ("série A", "series A"),
    "series_b": ("série B", "series B"),
    "series_c": ("série C", "series C"),
    "growth": ("croissance", "growth"),
    "scale_up": ("changement d'échelle", "scale-up"),
    "adoption": ("adoption", "adoption"),
}
PURPOSES: Labels = {
    "open_research": ("recherche ouverte", "open research"),
    "innovation": ("innovation", "innovation"),
    "production": ("production", "production"),
}
USES: Labels = {
    "civil": ("civil", "civil"),
    "dual": ("dual", "dual"),
    "defence": ("défense", "defence"),
}
KINDS: Labels = {
    "compute": ("calcul", "compute"),
    "training": ("formation", "training"),
    "funding": ("financement", "funding"),
    "incubation": ("incubation", "incubation"),
    "expertise": ("expertise", "expertise"),
    "resource": ("ressource", "resource"),
    "network": ("réseau", "network"),
}
AUDIENCES: Labels = {code: ORGANISATION_TYPES[code] for code in get_args(Audience)}
INTAKE_STATUSES: Labels = {
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
    "gpu_hour": ("par heure GPU", "per GPU hour"),
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
CERTIFICATIONS: Labels = {
    "SecNumCloud": ("SecNumCloud (ANSSI)", "SecNumCloud (ANSSI)"),
    "HDS": ("hébergeur de données de santé (HDS)", "health data hosting (HDS)"),
    "ISO27001": ("ISO/IEC 27001", "ISO/IEC 27001"),
    "C5": ("C5 (BSI)", "C5 (BSI)"),
    "ENS": ("ENS (CCN)", "ENS (CCN)"),
    "GaiaX": ("Gaia-X", "Gaia-X"),
    "SOC2": ("SOC 2", "SOC 2"),
    "PCI-DSS": ("PCI DSS", "PCI DSS"),
    "other": ("autre certification", "other certificate"),
}
# The facts about the support of an offer, by field.
SUPPORT: Labels = {
    "languages": ("langues", "languages"),
    "channels": ("canaux", "channels"),
    "first_reply_hours": ("première réponse (heures)", "first reply (hours)"),
    "engineer_hours_included": ("heures d'ingénieur incluses", "engineer hours included"),
    "named_advisor": ("conseiller attitré", "named advisor"),
    "application_help": ("aide au montage du dossier", "help with the application"),
    "training_sessions": ("séances de formation", "training sessions"),
}
# The units in which programmes count what an access mode grants.
ACCESS_UNITS: Labels = {
    "gpu_hour": ("heures GPU", "GPU hours"),
    "normalised_gpu_hour": ("heures GPU normalisées", "normalised GPU hours"),
    "node_hour": ("heures de nœud", "node hours"),
    "eur": ("euros", "euros"),
}
COMPUTE_NATURES: Labels = {
    "machine": ("machine", "machine"),
    "cloud": ("cloud", "cloud"),
    "access_route": ("voie d'accès", "access route"),
    "credits": ("crédits", "credits"),
    "federation": ("fédération", "federation"),
}
COMPUTE_STATUSES: Labels = {
    "operational": ("en service", "in service"),
    "deploying": ("en déploiement", "being deployed"),
    "planned": ("prévu", "planned"),
    "on_sale": ("en vente", "on sale"),
    "quote_only": ("sur devis", "on quote"),
    "unknown": ("inconnu", "unknown"),
}
ECONOMIC_SECTORS: Labels = {"public": ("public", "public"), "private": ("privé", "private")}
STACKS: Labels = {
    "cuda": ("CUDA", "CUDA"),
    "rocm": ("ROCm", "ROCm"),
    "oneapi": ("oneAPI", "oneAPI"),
}
EXPOSURES: Labels = {
    "none_known": ("aucune connue", "none known"),
    "possible": ("possible", "possible"),
    "yes": ("oui", "yes"),
    "unknown": ("inconnue", "unknown"),
}
CERTIFICATE_STATES: Labels = {
    "held": ("obtenue", "held"),
    "in_progress": ("en cours", "in progress"),
    "expired": ("expirée", "expired"),
}
LEVELS: Labels = {
    "beginner": ("débutant", "beginner"),
    "intermediate": ("intermédiaire", "intermediate"),
    "advanced": ("avancé", "advanced"),
    "executive": ("dirigeants", "executives"),
}
MODALITIES: Labels = {
    "online": ("en ligne", "online"),
    "on_site": ("sur place", "on site"),
    "hybrid": ("en ligne et sur place", "online and on site"),
}
SELECTIONS: Labels = {
    "open_call": ("appel ouvert", "open call"),
    "rolling": ("au fil de l'eau", "rolling"),
    "recommendation": ("sur recommandation", "by recommendation"),
    "prescriber": ("par un prescripteur", "through a prescriber"),
    "committee": ("par un comité", "by a committee"),
}
EQUITY_BASES: Labels = {
    "none": ("aucune part demandée", "no share taken"),
    "taken": ("une part est demandée", "a share is taken"),
    "unknown": ("inconnu", "unknown"),
}
SERVICES: Labels = {
    "support": ("accompagnement", "support"),
    "engineering": ("ingénierie", "engineering"),
    "legal": ("conseil juridique", "legal advice"),
    "assessment": ("évaluation", "assessment"),
    "sandbox": ("bac à sable", "sandbox"),
    "network": ("mise en réseau", "networking"),
}
RESOURCE_TYPES: Labels = {
    "dataset": ("jeu de données", "dataset"),
    "model": ("modèle", "model"),
    "guide": ("guide", "guide"),
    "software": ("logiciel", "software"),
    "course_material": ("support de cours", "course material"),
    "benchmark": ("banc d'essai", "benchmark"),
    "service": ("service", "service"),
}
ACCESSES: Labels = {
    "open": ("libre", "open"),
    "registration": ("après inscription", "after registration"),
    "on_request": ("sur demande", "on request"),
    "allocation": ("avec une allocation", "with an allocation"),
    "restricted": ("réservé", "restricted"),
}
NETWORKS: Labels = {
    "ai_factory": ("AI Factory", "AI Factory"),
    "antenna": ("antenne", "antenna"),
    "cluster": ("cluster IA", "AI cluster"),
    "competence_centre": ("centre de compétences", "competence centre"),
    "innovation_hub": ("pôle d'innovation numérique", "digital innovation hub"),
    "programme": ("programme", "programme"),
    "platform": ("plateforme", "platform"),
    "association": ("association", "association"),
}
CHANNELS: Labels = {
    "email": ("courriel", "e-mail"),
    "phone": ("téléphone", "phone"),
    "chat": ("messagerie", "chat"),
    "ticket": ("ticket", "ticket"),
    "on_site": ("sur place", "on site"),
    "forum": ("forum", "forum"),
}
DELAY_UNITS: Labels = {
    "working_days": ("jours ouvrés", "working days"),
    "calendar_days": ("jours", "days"),
    "weeks": ("semaines", "weeks"),
    "months": ("mois", "months"),
}
# How well a statement is borne out.
CONFIDENCES: Labels = {
    "stated_by_provider": ("dit par le fournisseur", "stated by the provider"),
    "sourced": ("source de première main", "first-hand source"),
    "secondary": ("de seconde main", "at second hand"),
    "disputed": ("des sources disent autre chose", "sources disagree"),
    "general_knowledge": ("connaissance générale, à vérifier", "general knowledge, to be checked"),
}
YES_NO: Mapping[bool, tuple[str, str]] = {True: ("oui", "yes"), False: ("non", "no")}
# By attribute; codes of other attributes (legal form, prior aid) have no fixed words.
VALUES: Mapping[str, Labels] = {
    "organisation_type": ORGANISATION_TYPES,
    "company_size": COMPANY_SIZES,
    "stage": STAGES,
    "sectors": SECTORS,
    "purpose": PURPOSES,
    "permitted_use": USES,
}


def label_of(attribute: str, code: str) -> tuple[str, str]:
    """Return the words for a code of an attribute, the code itself where there are none."""
    return VALUES.get(attribute, {}).get(code, (code, code))


def capital(words: str) -> str:
    """Return words as they begin a line: the first letter is large."""
    return words[:1].upper() + words[1:]
