"""The words of the command line in both languages."""

from aiff_client.cli.access import language

_WORDS = {
    "created": ("créées", "created"),
    "deadline": ("échéance", "deadline"),
    "errors_in": ("les lignes refusées et leurs raisons sont dans", "refused rows with reasons:"),
    "fields": ("champ", "field"),
    "no_json": ("le fichier n'est pas du JSON valable", "the file is no valid JSON"),
    "nothing": ("rien", "nothing"),
    "now_apply": (
        "rien n'est écrit ; pour l'appliquer : --apply",
        "nothing is written; to apply it: --apply",
    ),
    "offer": ("offre", "offer"),
    "option": ("accès", "option"),
    "provider": ("proposée par", "provider"),
    "refused": ("refusées", "refused"),
    "request": ("requête", "request"),
    "score": ("score", "score"),
    "stage": ("étape", "stage"),
    "status": ("ouverture", "status"),
    "stuck": (
        "le fichier est reçu, mais rien n'avance ; prévenez l'exploitant",
        "the file is there, but nothing moves; tell the operator",
    ),
    "title": ("titre", "title"),
    "unchanged": ("inchangées", "unchanged"),
    "updated": ("modifiées", "updated"),
    "use_address": (
        "le service est-il lancé, et AIFF_API_URL juste ?",
        "is the service running, and AIFF_API_URL right?",
    ),
    "use_key": (
        "donnez une clé valable dans AIFF_API_KEY ou ~/.config/aiff/key",
        "give a valid key in AIFF_API_KEY or ~/.config/aiff/key",
    ),
    "use_scope": (
        "demandez une clé qui en a le droit",
        "ask for a key that has the right",
    ),
    "value": ("valeur", "value"),
    "verdict": ("verdict", "verdict"),
    "why": ("pourquoi", "why"),
}


def word(name: str) -> str:
    """Return a word in the language of the terminal."""
    french, english = _WORDS[name]
    return french if language() == "fr" else english
