"""The words of the steps, and what all pages of a need say."""

from aiff_portal.ui.domain.language import Pair

STEP_TITLES: dict[str, Pair] = {
    "what": ("Que cherchez-vous ?", "What are you looking for?"),
    "who": ("Qui êtes-vous ?", "Who are you?"),
    "project": ("Où en est votre projet ?", "How far is your project?"),
    "amount": ("De combien avez-vous besoin ?", "How much do you need?"),
    "last": ("Une dernière question", "One last question"),
}
STEP_HELP: dict[str, Pair] = {
    "what": (
        "Cinq étapes au plus, sans compte. Tout peut être passé : ce qui est passé reste inconnu.",
        "At most five steps, no account. Everything can be skipped: what is skipped is unknown.",
    ),
    "who": (
        "Les règles des programmes portent surtout sur ces réponses.",
        "The rules of programmes are mostly about these answers.",
    ),
    "project": (
        "Le secteur et le stade rapprochent les offres de votre projet.",
        "Sector and stage bring offers closer to your project.",
    ),
    "amount": (
        "Une estimation suffit ; laissez vide ce que vous ne savez pas.",
        "An estimate is enough; leave empty what you do not know.",
    ),
    "last": (
        "Le moteur l'a choisie : c'est elle qui tranche le plus d'offres parmi les premières.",
        "The engine chose it: it settles the most of the first offers.",
    ),
}
FORM: dict[str, Pair] = {
    "steps": ("Étapes", "Steps"),
    "step_of": ("Étape {place} sur {count}", "Step {place} of {count}"),
    "next": ("Continuer", "Continue"),
    "finish": ("Voir le résultat", "See the result"),
    "skip": ("Passer cette étape", "Skip this step"),
    "back": ("Revenir", "Go back"),
    "now": ("Voir le résultat maintenant", "See the result now"),
    "answer": ("Répondre", "Answer"),
    "unknown": ("Je ne sais pas", "I do not know"),
    "print": (
        "Pour imprimer cette page ou l'enregistrer en PDF : menu Imprimer du navigateur (Ctrl+P).",
        "To print this page or save it as PDF: the browser's Print menu (Ctrl+P).",
    ),
    "back_to_answers": ("Revenir au résultat", "Back to the result"),
    "change": ("Changer mes réponses", "Change my answers"),
    "description": (
        "En cinq questions au plus, les offres d'IA auxquelles votre projet a droit.",
        "In at most five questions, the AI offers that your project can get.",
    ),
    "compute": ("Calcul", "Compute"),
    "funding": ("Financement", "Funding"),
    "stored": (
        "Vos réponses restent dans cette page ; rien n'est enregistré chez nous.",
        "Your answers stay in this page; nothing is stored with us.",
    ),
}
