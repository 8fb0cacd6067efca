"""The words of an answer: verdicts, what to do, what to weigh, why an offer is put aside."""

from aiff_portal.ui.domain.language import Pair

VERDICT_NAMES: dict[str, Pair] = {
    "eligible": ("Éligible", "Eligible"),
    "to_confirm": ("À confirmer", "To be confirmed"),
    "unknown": ("À préciser", "Answers missing"),
    "closed": ("Fermé", "Closed"),
    "not_eligible": ("Non éligible", "Not eligible"),
}
VERDICT_TONES = {
    "eligible": "good",
    "to_confirm": "good",
    "unknown": "warn",
    "closed": "quiet",
    "not_eligible": "bad",
}
GROUP_HELP: dict[str, Pair] = {
    "eligible": (
        "Toutes les règles publiées sont remplies ; l'organisme décide.",
        "All published rules are met; the organisation decides.",
    ),
    "to_confirm": (
        "Aucune règle ne s'y oppose ; des points restent à confirmer avec l'organisme.",
        "No rule stands against it; some points remain to be confirmed with the organisation.",
    ),
    "unknown": (
        "Il manque une ou plusieurs réponses pour le savoir.",
        "One or more answers are missing to know.",
    ),
    "closed": (
        "Pas de candidature possible aujourd'hui.",
        "No applications are taken today.",
    ),
    "not_eligible": (
        "Au moins une règle publiée n'est pas remplie ; ce qui le changerait est dit.",
        "At least one published rule is not met; what would change it is said.",
    ),
}
ACTIONS: dict[str, Pair] = {
    "apply": ("Vous pouvez candidater", "You can apply"),
    "prepare": ("Préparez votre candidature", "Prepare your application"),
    "seek_recommendation": ("Faites-vous recommander", "Get recommended"),
    "ask": ("Demandez quand candidater", "Ask when to apply"),
    "watch": ("À surveiller", "Keep an eye on it"),
    "none": ("", ""),
}
CRITERIA: dict[str, Pair] = {
    "text": ("Proximité avec vos mots", "Closeness to your words"),
    "verdict": ("Certitude d'y avoir droit", "How sure it is that you can have it"),
    "fit": ("Adéquation au besoin chiffré", "Fit to the figures of your need"),
    "cost": ("Coût faible", "Low cost"),
    "delay": ("Réponse rapide", "Quick answer"),
    "territory": ("Proximité géographique", "Closeness in space"),
    "sector": ("Secteur", "Sector"),
    "stage": ("Stade de développement", "Stage of development"),
    "support": ("Accompagnement", "Support"),
    "ratings": ("Avis des start-ups", "Ratings by start-ups"),
}
REASON_NAMES: dict[str, Pair] = {
    "expensive": ("Trop cher", "Too expensive"),
    "late": ("Trop tard", "Too late"),
    "off_topic": ("Hors sujet", "Off topic"),
    "held": ("Déjà obtenu", "Already had"),
    "other": ("Autre raison", "Another reason"),
}
ANSWERS: dict[str, Pair] = {
    "title": ("Ce à quoi vous avez droit", "What you can get"),
    "description": (
        "Les offres du catalogue triées selon vos réponses, avec leurs raisons.",
        "The offers of the catalogue sorted by your answers, with their reasons.",
    ),
    "stored": (
        (
            "Rien n'est enregistré chez nous : vos réponses restent dans cette page. Gardez"
            " l'onglet ouvert, ou imprimez."
        ),
        (
            "Nothing is stored with us: your answers stay in this page. Keep the tab open, or"
            " print it."
        ),
    ),
    "found": ("{count} offres examinées", "{count} offers looked at"),
    "groups": ("Groupes d'offres", "Groups of offers"),
    "your_answers": ("Vos réponses", "Your answers"),
    "no_answers": (
        "Vous avez tout passé : répondez à une question pour trier les offres.",
        "You skipped everything: answer one question to sort the offers.",
    ),
    "change": ("Changer mes réponses", "Change my answers"),
    "remove": ("Retirer cette réponse", "Remove this answer"),
    "next_title": ("Une question de plus", "One more question"),
    "next_help": (
        "Votre réponse aiderait à trancher {count} offres parmi les premières.",
        "Your answer would help to settle {count} of the first offers.",
    ),
    "answer": ("Répondre", "Answer"),
    "no_question": (
        "Plus aucune question ne changerait les premières offres.",
        "No further question would change the first offers.",
    ),
    "effect_title": ("Ce que votre réponse a changé", "What your answer changed"),
    "effect_line": (
        "{name} : {before} avant, {now} maintenant",
        "{name}: {before} before, {now} now",
    ),
    "effect_none": (
        "Elle n'a changé aucun verdict ; l'ordre a pu bouger.",
        "It changed no verdict; the order may have moved.",
    ),
    "weights": ("Ce qui compte pour vous", "What counts for you"),
    "weights_help": (
        "De 0 (sans effet sur l'ordre) à {most}. Les verdicts n'en dépendent pas.",
        "From 0 (no effect on the order) to {most}. Verdicts do not depend on them.",
    ),
    "weigh": ("Reclasser", "Sort again"),
    "why": ("Pourquoi", "Why"),
    "passing": ("Remplies", "Met"),
    "failing": ("Ce qui s'y oppose", "What stands against it"),
    "unknown": ("Réponses manquantes", "Missing answers"),
    "conditions": ("À confirmer avec l'organisme", "To confirm with the organisation"),
    "changes": ("Ce qui le changerait", "What would change it"),
    "according": ("selon", "according to"),
    "deadline": ("Date limite", "Deadline"),
    "amounts": ("Ce qui est versé", "What is paid"),
    "way": ("Voie d'accès", "Access"),
    "cost": ("coût", "cost"),
    "by": ("par", "by"),
    "aside": ("Pas pour moi", "Not for me"),
    "aside_why": ("Pour quelle raison ?", "For what reason?"),
    "aside_title": ("Mises de côté par vous", "Put aside by you"),
    "aside_help": (
        "Elles ne comptent que dans cette page ; l'organisme n'en sait rien.",
        "This counts in this page only; the organisation learns nothing of it.",
    ),
    "aside_back": ("Reprendre", "Take back"),
    "more": ("Voir {count} autres offres de ce groupe", "See {count} more offers of this group"),
    "beyond": (
        "Les 100 premières offres sont détaillées ; précisez les types pour voir les autres.",
        "The first 100 offers are shown in detail; choose kinds to see the others.",
    ),
    "on": ("Pour aller plus loin", "To go further"),
    "plan": ("Plan de calcul", "Compute plan"),
    "plan_help": (
        "Toutes les voies vers vos heures GPU, en temps, coût et souveraineté.",
        "All ways to your GPU hours: time, cost and sovereignty.",
    ),
    "journey": ("Parcours", "Journey"),
    "journey_help": (
        "Les étapes dans l'ordre, avec leurs dates, à imprimer ou dans votre agenda.",
        "The steps in order, with their dates, to print or for your calendar.",
    ),
    "dossier": ("Dossier de demande", "Application dossier"),
    "dossier_help": (
        "Ce qu'un programme va demander, rempli avec vos réponses.",
        "What a programme will ask, filled with your answers.",
    ),
    "nothing": ("Rien ne convient en l'état", "Nothing fits as it stands"),
    "nothing_help": (
        "Voici ce qui pourrait être assoupli :",
        "Here is what could be loosened:",
    ),
    "loosen_kinds": ("Regarder tous les types d'offre", "Look at all kinds of offer"),
    "hidden": ("Laissées hors du résultat", "Left out of the result"),
    "degraded": (
        "Les textes ont été comparés par leurs mots seulement en ce moment.",
        "Texts were compared by their words alone at the moment.",
    ),
    "programs": (
        "Un programme pose la même question par POST /v1/matches.",
        "A program asks the same question by POST /v1/matches.",
    ),
}
