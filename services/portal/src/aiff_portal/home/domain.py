"""The texts of the first page, in French and in English."""

from dataclasses import dataclass

from aiff_portal.ui.domain.language import Language


@dataclass(frozen=True, slots=True)
class Card:
    """Whom a card is for, what it offers, a first question, and where to read on."""

    title: str
    text: str
    question: str
    command: str
    link_label: str
    link: str


@dataclass(frozen=True, slots=True)
class Home:
    """Everything that the first page says."""

    title: str
    lead: str
    search_title: str
    search_label: str
    search_hint: str
    search_button: str
    examples_label: str
    examples: tuple[str, ...]
    cards_title: str
    cards: tuple[Card, ...]
    what_title: str
    what: tuple[tuple[str, str], ...]


_MATCH = """curl -s {base}/v1/matches \\
  -H 'Content-Type: application/json' \\
  -d '{"profile": {"country": "FR", "headcount": 4,
       "deeptech": true, "trl": 3},
       "need": {"funding": {"non_dilutive_only": true}},
       "limit": 3}'"""
_PARTNER = "curl -s '{base}/v1/offers?kind=compute&region=FR-IDF&limit=3'"
_CURATOR = """curl -s {base}/v1/sessions \\
  -H 'Content-Type: application/json' \\
  -d '{"email": "...", "password": "..."}'"""

_FRENCH = Home(
    title="Les services d'AI Factory France, au même endroit",
    lead=(
        "Calcul public et privé, financement, formation, incubation, expertise et réseau européen :"
        " trouvez ce à quoi votre projet d'IA a droit, et pourquoi."
    ),
    search_title="Chercher dans le catalogue",
    search_label="Que cherchez-vous ?",
    search_hint=(
        "La réponse est un document JSON, fait pour les programmes. Les pages de résultats"
        " arriveront ici."
    ),
    search_button="Chercher",
    examples_label="Par exemple :",
    examples=("GPU H100", "subvention", "formation", "santé"),
    cards_title="Par où commencer",
    cards=(
        Card(
            "Vous êtes une start-up",
            "Décrivez-vous et décrivez votre besoin : chaque offre revient avec un verdict expliqué"
            " et la prochaine question utile. Rien n'est conservé.",
            "Votre première question",
            _MATCH,
            "Décrire un besoin complet",
            "/docs#/matches",
        ),
        Card(
            "Vous tenez un portail partenaire",
            "Lisez tout le catalogue sans clé, avec filtres, facettes et pagination. Avec une clé"
            " d'API, publiez et tenez à jour vos propres offres.",
            "Votre première requête",
            _PARTNER,
            "Lire la documentation de l'API",
            "/docs",
        ),
        Card(
            "Vous êtes curateur ou curatrice",
            "Connectez-vous, relisez, corrigez, publiez ou retirez une offre. Chaque changement"
            " garde son auteur, son motif et sa version.",
            "Ouvrir une session",
            _CURATOR,
            "Voir les opérations",
            "/docs#/accounts",
        ),
    ),
    what_title="Ce que vous pouvez attendre",
    what=(
        ("Des raisons", "Chaque verdict cite la règle, votre réponse et la source."),
        ("Pas de devinette", "Ce qui n'est pas connu est dit inconnu, jamais « non » ou zéro."),
        ("Public et privé", "Les deux côte à côte, chacun dans sa propre unité."),
    ),
)
_ENGLISH = Home(
    title="The services of AI Factory France, in one place",
    lead=(
        "Public and private compute, funding, training, incubation, expertise and the European"
        " network: find what your AI project can get, and why."
    ),
    search_title="Search the catalogue",
    search_label="What are you looking for?",
    search_hint=(
        "The answer is a JSON document, made for programs. Pages of results will come here."
    ),
    search_button="Search",
    examples_label="For example:",
    examples=("H100 GPU", "grant", "training", "health"),
    cards_title="Where to begin",
    cards=(
        Card(
            "You are a start-up",
            "Describe yourself and your need: each offer comes back with an explained verdict and"
            " the next useful question. Nothing is stored.",
            "Your first question",
            _MATCH,
            "Describe a complete need",
            "/docs#/matches",
        ),
        Card(
            "You run a partner portal",
            "Read the whole catalogue without a key, with filters, facets and paging. With an API"
            " key, publish your own offers and keep them current.",
            "Your first request",
            _PARTNER,
            "Read the API documentation",
            "/docs",
        ),
        Card(
            "You are a curator",
            "Sign in, review, correct, publish or archive an offer. Every change keeps its author,"
            " its reason and its version.",
            "Open a session",
            _CURATOR,
            "See the operations",
            "/docs#/accounts",
        ),
    ),
    what_title="What you can expect",
    what=(
        ("Reasons", "Every verdict cites the rule, your answer and the source."),
        ("No guessing", "What is not known is called unknown, never “no” and never zero."),
        ("Public and private", "Both side by side, each in its own unit."),
    ),
)
HOMES: dict[Language, Home] = {"fr": _FRENCH, "en": _ENGLISH}
