"""What the page of a comparison says besides what the offers say."""

from aiff_portal.ui.domain.language import Pair

COMPARE: dict[str, Pair] = {
    "title": ("Comparer des offres", "Compare offers"),
    "lead": (
        "Deux à quatre offres côte à côte. Chaque chiffre reste dans sa propre unité.",
        "Two to four offers side by side. Each figure stays in its own unit.",
    ),
    "choose": (
        (
            "Choisissez-en au moins deux : cochez «\xa0Comparer\xa0» sous les offres d'une"
            " recherche, puis «\xa0Comparer les offres cochées\xa0»."
        ),
        (
            "Choose at least two: tick “Compare” under the offers of a search, then “Compare the"
            " ticked offers”."
        ),
    ),
    "too_many": (
        "Quatre offres au plus se comparent d'un coup d'œil. Retirez-en {more} :",
        "Four offers at most can be compared at a glance. Remove {more} of them:",
    ),
    "chosen": ("Offres choisies", "Chosen offers"),
    "unknown": (
        "Aucune offre publiée ne s'appelle «\xa0{name}\xa0» : elle n'est pas comparée.",
        "No published offer is called “{name}”: it is not compared.",
    ),
    "field": ("Caractéristique", "Property"),
    "differs": ("différent", "different"),
    "same": ("identique", "the same"),
    "open": ("pas publié partout", "not published everywhere"),
    "alone": ("ne concerne qu'une offre", "about one offer only"),
    "not_applicable": ("sans objet", "does not apply"),
    "remove": ("Retirer", "Remove"),
    "counted": (
        (
            "{count} différences. Chaque ligne dit «\xa0différent\xa0» là où les valeurs publiées"
            " diffèrent."
        ),
        "{count} differences. Each line says “different” where the published values differ.",
    ),
    "counted_one": (
        ("1 différence. La ligne dit «\xa0différent\xa0» là où les valeurs publiées diffèrent."),
        "1 difference. The line says “different” where the published values differ.",
    ),
    "counted_none": (
        "Aucune différence entre les valeurs publiées.",
        "No difference between the published values.",
    ),
    "only": ("Montrer seulement les différences", "Show the differences only"),
    "every": ("Montrer toutes les lignes", "Show all lines"),
    "add": ("Ajouter une offre semblable", "Add a similar offer"),
    "search": ("Chercher d'autres offres", "Search for other offers"),
    "as_data": (
        "Cette comparaison vient de",
        "This comparison comes from",
    ),
}
