"""What the catalogue's pages say besides what the offers say."""

from aiff_portal.ui.domain.language import Pair

HOME: dict[str, Pair] = {
    "title": (
        "À quoi votre projet d'IA a-t-il droit ?",
        "What can your AI project get?",
    ),
    "lead": (
        (
            "Calcul, financement, formation, incubation, expertise, ressources et réseau européen :"
            " les offres publiques et privées au même endroit, chaque chiffre avec sa source."
        ),
        (
            "Compute, funding, training, incubation, expertise, resources and the European network:"
            " public and private offers in one place, each figure with its source."
        ),
    ),
    "question": ("Que cherchez-vous ?", "What are you looking for?"),
    "hint": (
        "Un mot, un sigle, un modèle de GPU, en français ou en anglais.",
        "A word, an acronym, a GPU model, in French or in English.",
    ),
    "examples": ("Par exemple", "For example"),
    "doors": ("Les sept portes", "Seven doors"),
    "closing": ("Bientôt closes", "Closing soon"),
    "newest": ("Mis à jour récemment", "Recently updated"),
    "all": ("Voir toutes les offres", "See all offers"),
    "all_dates": ("Toutes les dates limites", "All deadlines"),
    "programs": ("Vous écrivez un programme ?", "Do you write a program?"),
    "programs_text": (
        "Tout ce que montrent ces pages vient de l'API publique, ouverte sans clé.",
        "Everything on these pages comes from the public API, open without a key.",
    ),
    "programs_link": ("Lire la documentation", "Read its documentation"),
    "offers": ("offres", "offers"),
    "no_dates": (
        "Aucune date limite n'est publiée en ce moment.",
        "No deadline is published at the moment.",
    ),
    "about": ("À savoir", "Good to know"),
    "narrow": ("Aller plus vite", "Go faster"),
    "see_kind": ("Voir les offres de ce type", "See the offers of this kind"),
}
EXAMPLES: tuple[Pair, ...] = (
    ("GPU H100", "H100 GPU"),
    ("subvention deeptech", "deeptech grant"),
    ("formation LLM", "LLM training"),
    ("santé", "health"),
)
SUGGESTED_KINDS: dict[str, Pair] = {
    "provider": ("organisme", "organisation"),
    "gpu_model": ("GPU", "GPU"),
    "term": ("recherche", "search"),
    "offer": ("offre", "offer"),
}
SEARCH: dict[str, Pair] = {
    "title": ("Chercher dans le catalogue", "Search the catalogue"),
    "results_for": ("Résultats pour", "Results for"),
    "label": ("Mots cherchés", "Words to look for"),
    "one": ("1 offre", "1 offer"),
    "many": ("{count} offres", "{count} offers"),
    "none": ("Aucune offre", "No offer"),
    "close_many": (
        "dont {count} proches seulement",
        "of which {count} only close",
    ),
    "close": ("proche de votre demande", "close to your search"),
    "close_help": (
        (
            "Trop peu d'offres répondent à tous vos mots : les plus proches suivent, marquées comme"
            " telles."
        ),
        "Too few offers match all your words: the closest follow, marked as such.",
    ),
    "approximate": (
        "Un mot de votre recherche est inconnu du catalogue ; le plus ressemblant a été cherché.",
        "A word of your search is unknown to the catalogue; the most similar one was used.",
    ),
    "degraded": (
        (
            "La recherche fonctionne en mode réduit en ce moment : des offres peuvent manquer ou"
            " arriver dans un autre ordre."
        ),
        (
            "Search works in a reduced mode at the moment: offers may be missing or come in another"
            " order."
        ),
    ),
    "filters": ("Affiner", "Narrow down"),
    "active": ("Filtres actifs", "Active filters"),
    "clear_filters": ("Retirer tous les filtres", "Remove all filters"),
    "sort": ("Trier par", "Sort by"),
    "show_filters": ("Affiner la recherche", "Narrow down the search"),
    "bounds": ("Dates et montants", "Dates and amounts"),
    "day_hint": ("jj/mm/aaaa", "dd/mm/yyyy"),
    "unstated": (
        "Montrer aussi ce qui n'est pas publié",
        "Show what is not published, too",
    ),
    "unstated_one": (
        "1 offre ne publie pas ce que vous demandez : elle n'est pas comptée.",
        "1 offer does not publish what you ask for: it is not counted.",
    ),
    "unstated_many": (
        "{count} offres ne publient pas ce que vous demandez : elles ne sont pas comptées.",
        "{count} offers do not publish what you ask for: they are not counted.",
    ),
    "unstated_show": ("Les montrer aussi", "Show them, too"),
    "unstated_one_in": (
        "dont 1 qui ne publie pas ce que vous demandez",
        "including 1 that does not publish what you ask for",
    ),
    "unstated_many_in": (
        "dont {count} qui ne publient pas ce que vous demandez",
        "including {count} that do not publish what you ask for",
    ),
    "unstated_hide": ("Les retirer", "Leave them out"),
    "apply": ("Appliquer", "Apply"),
    "take": ("Emporter ces résultats", "Take these results away"),
    "csv": ("Tableau CSV", "CSV table"),
    "xlsx": ("Tableau Excel (XLSX)", "Excel table (XLSX)"),
    "compare": ("Comparer", "Compare"),
    "compare_ticked": ("Comparer les offres cochées", "Compare the ticked offers"),
    "compare_hint": ("Cochez deux à quatre offres.", "Tick two to four offers."),
    "help_title": ("Pour trouver quand même", "To find something anyway"),
    "help_respelt": ("Vouliez-vous dire", "Did you mean"),
    "help_words": (
        "Essayez un mot plus général, ou le nom du programme.",
        "Try a more general word, or the name of the programme.",
    ),
    "help_filters": (
        "Chercher les mêmes mots sans les filtres",
        "Look for the same words without the filters",
    ),
    "help_all": ("Voir les offres filtrées sans les mots", "See the filtered offers without words"),
    "help_kinds": ("Ou parcourir par type d'offre", "Or browse by kind of offer"),
    "as_data": ("Ces résultats en JSON", "These results as JSON"),
    "deadline": ("Date limite", "Deadline"),
    "by": ("par", "by"),
}
SORT_NAMES: dict[str, Pair] = {
    "relevance": ("pertinence", "relevance"),
    "deadline": ("date limite", "deadline"),
    "-updated_at": ("mise à jour", "last update"),
    "title": ("titre", "title"),
}
FACET_NAMES: dict[str, Pair] = {
    "kind": ("Type d'offre", "Kind of offer"),
    "status": ("Candidatures", "Applications"),
    "region": ("Territoire", "Territory"),
    "price_basis": ("Prix", "Price"),
    "audience": ("Public visé", "Audience"),
    "sector": ("Secteur", "Sector"),
    "stage": ("Stade", "Stage"),
    "gpu_model": ("Modèle de GPU", "GPU model"),
    "stack": ("Pile logicielle", "Software stack"),
    "instrument": ("Instrument", "Instrument"),
    "dilution": ("Dilution", "Dilution"),
    "language": ("Langue", "Language"),
    "provider": ("Fournisseur", "Provider"),
}
# How a word that was looked for, and a filter with its value, are written.
QUOTED: Pair = ("« {} »", "\u201c{}\u201d")
WITH_VALUE: Pair = ("{} : {}", "{}: {}")
NOT_PUBLISHED: Pair = ("Non publié", "Not published")
OFFER: dict[str, Pair] = {
    "deadline": ("Date limite", "Deadline"),
    "go": ("Aller sur le site de l'offre", "Go to the offer's site"),
    "facts": ("En bref", "At a glance"),
    "description": ("Description", "Description"),
    "eligibility": ("Qui peut l'avoir", "Who can have it"),
    "check": ("Pouvons-nous l'avoir ?", "Can we have it?"),
    "check_text": (
        "Trois questions au plus, la réponse avec ses raisons, rien d'enregistré.",
        "Three questions at most, the answer with its reasons, nothing stored.",
    ),
    "conditions": ("Conditions à confirmer avec le fournisseur", "To confirm with the provider"),
    "no_rule": (
        "Aucune règle n'est publiée : demandez à {whom}.",
        "No rule is published: ask {whom}.",
    ),
    "all_of": ("Toutes ces conditions :", "All of these:"),
    "any_of": ("L'une de ces conditions :", "One of these:"),
    "none_of": ("Exclu :", "Excluded:"),
    "according": ("selon", "according to"),
    "calendar": ("Calendrier", "Calendar"),
    "price": ("Prix", "Price"),
    "price_rows": ("Tarifs publiés", "Published prices"),
    "modes": ("Modes d'accès", "Access modes"),
    "components": ("Ce qui est versé", "What is paid"),
    "sessions": ("Sessions", "Sessions"),
    "cohorts": ("Promotions", "Cohorts"),
    "support": ("Accompagnement", "Support"),
    "sovereignty": ("Souveraineté", "Sovereignty"),
    "certificates": ("Certifications", "Certifications"),
    "documents": ("Pièces demandées", "Documents asked for"),
    "contact": ("Contact", "Contact"),
    "sources": ("Sources de cette fiche", "Sources of this listing"),
    "organisations": ("Qui est derrière", "Who is behind it"),
    "history": ("Historique des modifications", "History of changes"),
    "published_first": ("publication", "publication"),
    "version": (
        "Version {version}, publiée le {published}, mise à jour le {updated}.",
        "Version {version}, published on {published}, updated on {updated}.",
    ),
    "as_data": ("Cette offre en JSON", "This offer as JSON"),
    "data": ("Données", "Data"),
    "data_text": (
        (
            "Un programme lit cette fiche comme vous : l'API publique est ouverte"
            " sans clé, et sa réponse nomme cette page (en-tête Link)."
        ),
        (
            "A program reads this listing as you do: the public API is open without a key, and"
            " its answer names this page (header Link)."
        ),
    ),
    "changes": ("Toutes les modifications du catalogue", "All changes of the catalogue"),
    "similar": ("Offres semblables", "Similar offers"),
    "report": ("Une erreur dans cette fiche ?", "An error in this listing?"),
    "compare_both": ("Comparer les deux", "Compare both"),
    "as_linked": ("en données liées (schema.org)", "as linked data (schema.org)"),
    "offered": ("Ses offres", "Its offers"),
    "site": ("Site de l'organisme", "Its site"),
}
STATUS_TONES = {
    "open": "good",
    "opens_soon": "warn",
    "closed": "bad",
    "by_recommendation": "warn",
    "unknown": "quiet",
}
