"""The words of an application dossier."""

from aiff_portal.ui.domain.language import Pair

DOSSIER: dict[str, Pair] = {
    "title": ("Dossier de demande", "Application dossier"),
    "description": (
        "Ce que le formulaire d'un programme va demander, rempli avec vos réponses.",
        "What a programme's form will ask, filled with your answers.",
    ),
    "choose": ("Choisissez un programme", "Choose a programme"),
    "questions": ("{count} questions", "{count} questions"),
    "documents_count": ("{count} pièces", "{count} documents"),
    "open": ("Préparer ce dossier", "Prepare this dossier"),
    "others": ("Choisir un autre programme", "Choose another programme"),
    "filled": (
        "{filled} réponses sur {count} suivent de ce que vous avez dit",
        "{filled} of {count} answers follow from what you said",
    ),
    "apply": ("Où et comment candidater", "Where and how to apply"),
    "site": ("Site de candidature", "Where to apply"),
    "openings": ("Offres qui y mènent", "Offers that lead to it"),
    "deadline": ("Date limite", "Deadline"),
    "answer": ("Réponse", "Answer"),
    "from": ("d'après", "from"),
    "to_answer": ("À compléter", "To be filled in"),
    "mandatory": ("obligatoire", "required"),
    "optional": ("facultative", "optional"),
    "unknown": ("obligatoire ou non : non publié", "required or not: not published"),
    "source": ("Lu dans", "Read in"),
    "checked": ("vérifié le {day}", "checked on {day}"),
    "undemanded": (
        "Aucune source ne dit lesquelles sont obligatoires.",
        "No source tells which ones are required.",
    ),
    "sources": ("Sources lues", "Sources that were read"),
    "documents": ("Pièces à joindre", "Documents to add"),
    "no_documents": (
        "Aucune pièce n'est nommée par les sources lues.",
        "The sources that were read name no document.",
    ),
    "complete": ("Compléter ici", "Fill in here"),
    "complete_help": (
        "Ces réponses rempliraient d'autres questions du dossier.",
        "These answers would fill further questions of the dossier.",
    ),
    "fill": ("Remplir le dossier", "Fill the dossier"),
    "table": ("Télécharger en CSV", "Download as CSV"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "none": ("aucune", "none"),
    "notice": (
        (
            "Les questions sont dites avec nos mots, d'après les sources nommées ; le formulaire du"
            " programme fait foi."
        ),
        (
            "The questions are in our words, after the named sources; the programme's own form"
            " decides."
        ),
    ),
    "programs": (
        "Un programme pose la même question par POST /v1/dossiers.",
        "A program asks the same question by POST /v1/dossiers.",
    ),
}
MISSING: dict[str, Pair] = {
    "not_stated": ("Vous ne l'avez pas encore dit.", "You have not said it yet."),
    "not_exact": (
        "Vous avez donné une fourchette ; le formulaire veut une valeur.",
        "You gave a range; the form asks for one value.",
    ),
    "does_not_fit": (
        "Ce que vous avez dit ne rentre pas dans cette question.",
        "What you said does not fit this question.",
    ),
    "other_unit": (
        "Le programme compte dans une autre unité.",
        "The programme counts in another unit.",
    ),
    "for_applicant": (
        "À écrire vous-même : rien de ce que vous avez dit n'y répond.",
        "To be written by you: nothing that you said answers it.",
    ),
}
UNITS: dict[str, Pair] = {
    "EUR": ("euros", "euros"),
    "gpu_hour": ("heures GPU", "GPU hours"),
    "normalised_gpu_hour": ("heures GPU normalisées", "normalised GPU hours"),
    "month": ("mois", "months"),
    "GB": ("Go", "GB"),
    "TB": ("To", "TB"),
}
