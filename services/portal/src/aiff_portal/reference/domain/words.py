"""What the pages of the reference say besides what the API says of itself."""

from aiff_portal.ui.domain.language import Pair

REFERENCE: dict[str, Pair] = {
    "title": ("L'API publique", "The public API"),
    "lead": (
        (
            "Tout ce que montrent ces pages, vos programmes peuvent le demander : lire est ouvert"
            " à tous sans clé, écrire demande une clé ou une session."
        ),
        (
            "Whatever these pages show, your programs can ask for: reading is open to everybody"
            " without a key, writing needs a key or a session."
        ),
    ),
    "first": ("Une première question", "A first question"),
    "document": ("Le document OpenAPI 3.1", "The OpenAPI 3.1 document"),
    "errors": ("Ce que veulent dire les erreurs", "What the errors mean"),
    "incomplete": (
        "Une partie du service ne répond pas en ce moment ; il manque ses opérations.",
        "A part of the service does not answer at the moment; its operations are missing.",
    ),
    "groups": ("Opérations par sujet", "Operations by subject"),
    "address": ("Adresse", "Address"),
    "parameters": ("Paramètres", "Parameters"),
    "body": ("Corps de la demande", "Body of the request"),
    "answers": ("Réponses", "Answers"),
    "fields": ("Champs", "Fields"),
    "alternatives": ("L'une de ces formes", "One of these forms"),
    "name": ("Nom", "Name"),
    "place": ("Où", "Where"),
    "type": ("Type", "Type"),
    "required": ("requis", "required"),
    "optional": ("facultatif", "optional"),
    "about": ("Sens", "Meaning"),
    "status": ("Statut", "Status"),
    "no_parameters": ("Aucun paramètre.", "No parameter."),
    "credential": (
        "Une clé (X-API-Key) ou une session est demandée.",
        "A key (X-API-Key) or a session is asked for.",
    ),
    "open": ("Ouvert à tous, sans clé.", "Open to everybody, without a key."),
    "trail": ("API", "API"),
}
PROBLEMS: dict[str, Pair] = {
    "title": ("Erreurs de l'API", "Errors of the API"),
    "lead": (
        (
            "Chaque erreur de l'API est un document (RFC 9457) dont le champ type est l'adresse"
            " d'une de ces pages : ce qui s'est passé, et quoi faire."
        ),
        (
            "Every error of the API is a document (RFC 9457) whose type is the address of one of"
            " these pages: what happened, and what to do."
        ),
    ),
    "error": ("Erreur", "Error"),
    "mend": ("Quoi faire", "What to do"),
    "type": ("Dans la réponse, le champ type vaut", "In the answer, the field type is"),
}
