"""The words of a journey."""

from aiff_portal.ui.domain.language import Pair

JOURNEY: dict[str, Pair] = {
    "title": ("Votre parcours", "Your journey"),
    "description": (
        "Les étapes dans l'ordre, d'aujourd'hui à votre but, avec leurs dates.",
        "The steps in order, from today to your goal, with their dates.",
    ),
    "made": ("Établi le {day}", "Made on {day}"),
    "calendar": ("Télécharger le calendrier (.ics)", "Download the calendar (.ics)"),
    "calendar_help": (
        "Chaque date limite avec un rappel deux semaines et deux jours avant.",
        "Each deadline with reminders two weeks and two days before.",
    ),
    "stages": ("Où vous en êtes", "Where you are"),
    "dates": ("Dates à ne pas manquer", "Dates not to miss"),
    "no_dates": (
        "Aucune date limite n'est publiée pour ces étapes.",
        "No deadline is published for these steps.",
    ),
    "clarify": ("À clarifier d'abord", "To clarify first"),
    "clarify_help": ("décide de {count} étapes", "decides {count} steps"),
    "clarify_one": ("décide d'une étape", "decides one step"),
    "steps": ("Les étapes, dans l'ordre", "The steps, in order"),
    "no_steps": (
        "Aucune étape ne convient en l'état : répondez à plus de questions.",
        "No step fits as it stands: answer more questions.",
    ),
    "when": ("Quand", "When"),
    "now": ("dès maintenant", "from now on"),
    "no_calendar": (
        "calendrier non publié : à demander à l'organisme",
        "calendar not published: ask the organisation",
    ),
    "apply_by": ("avant le {day}", "by {day}"),
    "opens": ("Ouverture", "Opening"),
    "closes": ("Date limite", "Deadline"),
    "begins": ("Début", "Begins"),
    "ends": ("Fin", "Ends"),
    "first": ("D'abord", "First"),
    "amounts": ("Montant", "Amount"),
    "confirm": ("À confirmer", "To confirm"),
    "watch_out": ("Attention", "Mind"),
    "too_late": ("Trop tard pour le {day}.", "Too late for {day}."),
    "maybe_late": ("Peut-être trop tard pour le {day}.", "May be too late for {day}."),
    "otherwise": ("Sinon", "Otherwise"),
    "gaps": ("Ce qui manque", "What is missing"),
    "left_out": ("Écartées, et pourquoi", "Left out, and why"),
    "register": (
        "Des étapes attendent l'immatriculation de l'entreprise.",
        "Some steps wait for the company to be registered.",
    ),
    "by": ("par", "by"),
    "notice": (
        (
            "Ce parcours repose sur les règles publiées et sur vos réponses ; la décision"
            " appartient à chaque organisme. Ce que personne ne publie reste inconnu."
        ),
        (
            "This journey rests on published rules and on your answers; each organisation decides."
            " What nobody publishes stays unknown."
        ),
    ),
    "programs": (
        "Un programme pose la même question par POST /v1/journeys.",
        "A program asks the same question by POST /v1/journeys.",
    ),
}
STAGE_STATES: dict[str, tuple[Pair, str]] = {
    "covered": (("couverte", "covered"), "good"),
    "gap": (("manque", "gap"), "bad"),
    "not_asked": (("non demandée", "not asked for"), "quiet"),
    "not_yet": (("plus tard", "later"), "quiet"),
}
