"""The words that stand on every page, and those of the pages that say what went wrong."""

from aiff_portal.ui.domain.language import Pair

WORDS: dict[str, Pair] = {
    "skip": ("Aller au contenu", "Skip to content"),
    "navigation": ("Principale", "Main"),
    "needs": ("Trouver ce à quoi j'ai droit", "Find what I can get"),
    "needs_how": ("Cinq questions au plus, sans compte.", "At most five questions, no account."),
    "catalogue": ("Toutes les offres", "All offers"),
    "documentation": ("API", "API"),
    "other_language": ("English", "Français"),
    "search": ("Chercher", "Search"),
    "search_label": ("Chercher une offre", "Search for an offer"),
    "suggestion": (
        "1 suggestion : flèche vers le bas pour y aller.",
        "1 suggestion: arrow down to reach it.",
    ),
    "suggestions": (
        "{count} suggestions : flèche vers le bas pour y aller.",
        "{count} suggestions: arrow down to reach them.",
    ),
    "footer": (
        "AI Factory France : catalogue de services et mise en relation.",
        "AI Factory France: service catalogue and matchmaking.",
    ),
    "more_links": ("Pour aller plus loin", "More"),
    "api_docs": ("Documentation de l'API", "API documentation"),
    "exports": ("Données ouvertes", "Open data"),
    "news_feed": ("Flux des nouveautés (Atom)", "Feed of news (Atom)"),
    "problems": ("Codes d'erreur", "Error codes"),
    "network": ("Réseau", "Network"),
    "calendar": ("Calendrier", "Calendar"),
    "news": ("Nouveautés", "News"),
    "glossary": ("Glossaire", "Glossary"),
    "what_is": ("Qu'est-ce que c'est ?", "What does it mean?"),
    "in_glossary": ("Voir dans le glossaire", "See in the glossary"),
    "not_published": ("non publié", "not published"),
    "ask_whom": ("à demander à", "ask"),
    "source": ("source", "source"),
    "sources": ("sources", "sources"),
    "stale": ("plus de 18 mois : à revérifier", "over 18 months old: check again"),
    "undated": ("sans date", "undated"),
    "unsourced": ("Aucune source n'est nommée pour ce chiffre.", "No source is named for this."),
    "other_values": ("D'autres sources disent :", "Other sources say:"),
    "previous": ("Page précédente", "Previous page"),
    "next": ("Page suivante", "Next page"),
    "pagination": ("Pages de résultats", "Pages of results"),
    "faults_title": ("À corriger", "To correct"),
    "question": ("\xa0?", "?"),
    "colon": ("\xa0:", ":"),
    "remove": ("Retirer", "Remove"),
    "drawing_scrolls": ("dessin, défile de côté", "drawing, scrolls sideways"),
    "table_scrolls": ("tableau, défile de côté", "table, scrolls sideways"),
}
GLOSSARY_WORDS: dict[str, Pair] = {
    "title": ("Glossaire", "Glossary"),
    "lead": (
        "Ce que veulent dire les mots de ces pages, en une phrase chacun.",
        "What the words of these pages mean, in a sentence each.",
    ),
}
# What a page says for each status: what happened, and how to go on.
FAULTS: dict[int, tuple[Pair, Pair]] = {
    400: (
        ("Cette adresse contient une valeur inconnue", "This address holds an unknown value"),
        (
            (
                "Un filtre ou une page de résultats n'existe pas ou plus. Reprenez la recherche :"
                " vos filtres s'y posent à nouveau en quelques clics."
            ),
            (
                "A filter or a page of results does not exist, or no longer does. Start the search"
                " again: filters are a few clicks away."
            ),
        ),
    ),
    401: (
        ("Votre session est terminée", "Your session has ended"),
        (
            "Reconnectez-vous, ou continuez sans compte : le catalogue est ouvert à tous.",
            "Sign in again, or go on without an account: the catalogue is open to everybody.",
        ),
    ),
    404: (
        ("Cette page n'existe pas", "This page does not exist"),
        (
            (
                "Vérifiez l'adresse, ou cherchez l'offre par son nom : elle a peut-être changé"
                " d'adresse."
            ),
            "Check the address, or search for the offer by its name: it may have moved.",
        ),
    ),
    410: (
        ("Cette offre n'est plus proposée", "This offer is no longer available"),
        (
            "Elle a été retirée du catalogue. Cherchez ce qui la remplace.",
            "It was withdrawn from the catalogue. Search for what takes its place.",
        ),
    ),
    405: (
        ("Cette page s'ouvre autrement", "This page opens another way"),
        (
            "Elle répond à un formulaire : revenez à la page d'accueil et recommencez de là.",
            "It answers a form: go back to the home page and start from there.",
        ),
    ),
    413: (
        ("Ce formulaire est trop long", "This form is too long"),
        (
            "Revenez en arrière et raccourcissez vos textes, puis envoyez-le à nouveau.",
            "Go back and shorten your texts, then send it again.",
        ),
    ),
    422: (
        ("Ces réponses ne peuvent pas être lues", "These answers cannot be read"),
        (
            (
                "Le formulaire vient d'une page plus ancienne, ou il a été modifié en route."
                " Recommencez depuis la page d'accueil : rien n'a été enregistré."
            ),
            (
                "The form comes from an older page, or was changed on its way. Start again from"
                " the home page: nothing was stored."
            ),
        ),
    ),
    429: (
        ("Trop de demandes à la fois", "Too many requests at once"),
        (
            "Attendez une minute, puis rechargez la page.",
            "Wait a minute, then load the page again.",
        ),
    ),
    500: (
        ("Une erreur de notre côté", "An error on our side"),
        (
            (
                "Rechargez la page. Si l'erreur revient, signalez-la avec le numéro de demande"
                " ci-dessous."
            ),
            (
                "Load the page again. If the error comes back, report it with the request number"
                " below."
            ),
        ),
    ),
    503: (
        ("Le catalogue ne répond pas", "The catalogue does not answer"),
        (
            "C'est en général bref : rechargez la page dans une minute. Rien n'est perdu.",
            "This is usually short: load the page again in a minute. Nothing is lost.",
        ),
    ),
}
FAULT_WORDS: dict[str, Pair] = {
    "answer": ("Réponse du service", "What the service answered"),
    "where": ("Adresse demandée", "Address asked for"),
    "request_id": ("Numéro de demande", "Request number"),
    "go_on": ("Pour continuer", "To go on"),
    "go_home": ("Page d'accueil", "Home page"),
    "go_search": ("Chercher dans le catalogue", "Search the catalogue"),
    "wait": ("Réessayez dans {seconds} secondes.", "Try again in {seconds} seconds."),
}


def fault_of(status: int) -> tuple[Pair, Pair]:
    """Return what a page says for a status, the nearest it knows: 502 is told as 503."""
    if status in FAULTS:
        return FAULTS[status]
    if status in (502, 504):
        return FAULTS[503]
    return FAULTS[500] if status >= 500 else FAULTS[400]  # noqa: PLR2004
