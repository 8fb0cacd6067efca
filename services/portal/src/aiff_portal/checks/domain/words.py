"""What the page of a check says besides the verdict."""

from aiff_portal.ui.domain.language import Pair

CHECK: dict[str, Pair] = {
    "title": ("Pouvons-nous l'avoir ?", "Can we have it?"),
    "lead": (
        "Trois questions au plus, d'après les règles publiées de l'offre. Rien n'est enregistré.",
        "Three questions at most, from the offer's published rules. Nothing is stored.",
    ),
    "unknown": ("Je ne sais pas", "I do not know"),
    "ask": ("Vérifier", "Check"),
    "again": ("Vérifier à nouveau", "Check again"),
    "next": ("La question qui trancherait", "The question that would settle it"),
    "answers": ("Vos réponses", "Your answers"),
    "verdict": ("Réponse", "Answer"),
    "according": ("selon", "according to"),
    "failing": ("Ce qui s'y oppose", "What stands against it"),
    "changes": ("Ce qui changerait la réponse", "What would change the answer"),
    "missing": ("Ce qu'il reste à savoir", "What remains to be known"),
    "conditions": ("À confirmer avec le fournisseur", "To confirm with the provider"),
    "passing": ("Ce qui est rempli", "What is met"),
    "ways": ("Selon le mode d'accès", "By access mode"),
    "no_question": (
        "L'offre ne publie aucune règle qui se vérifie par une question : demandez au fournisseur.",
        "The offer publishes no rule that a question could check: ask its provider.",
    ),
    "not_judged": (
        "Cette offre ne peut pas être vérifiée en ce moment",
        "This offer cannot be checked at the moment",
    ),
    "back": ("Retour à l'offre", "Back to the offer"),
    "all": ("Tout ce à quoi nous avons droit", "Everything that we can have"),
    "degree": (
        "La décision appartient à l'organisme ; ceci n'en est qu'une lecture des règles publiées.",
        "The decision is the organisation's; this only reads its published rules.",
    ),
}
