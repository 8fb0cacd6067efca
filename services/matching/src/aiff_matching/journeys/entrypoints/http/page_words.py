"""The words of a journey's page and of its calendar, in French and in English."""

from aiff_contracts.labels import INTAKE_STATUSES
from aiff_contracts.offer import Text
from aiff_matching.rules.domain.verdicts import Verdict
from aiff_matching.shared.bilingual import text

VERDICTS: dict[Verdict, Text] = {
    "eligible": text("Éligible", "Eligible"),
    "to_confirm": text("À confirmer", "To be confirmed"),
    "unknown": text("À préciser", "Answers missing"),
    "closed": text("Fermé", "Closed"),
    "not_eligible": text("Non éligible", "Not eligible"),
}
WORDS: dict[str, Text] = {
    "title": text("Votre parcours", "Your journey"),
    "for": text("Pour", "For"),
    "made": text("Établi le {when}", "Made on {when}"),
    "stages": text("Étapes du parcours", "Stages of the journey"),
    "covered": text("couverte", "covered"),
    "gap": text("manque", "gap"),
    "not_asked": text("non demandée", "not asked for"),
    "not_yet": text("plus tard", "later"),
    "dates": text("Dates à ne pas manquer", "Dates not to miss"),
    "no_dates": text(
        "Aucune date limite n'est publiée pour ces étapes.",
        "No closing date is published for these steps.",
    ),
    "clarify": text("À clarifier d'abord", "To clarify first"),
    "concerns": text("décide de : {steps}", "decides: {steps}"),
    "steps": text("Les étapes, dans l'ordre", "The steps, in order"),
    "when": text("Quand", "When"),
    "unknown": text(
        "calendrier non publié : le demander à l'organisme",
        "calendar not published: ask the organisation",
    ),
    "by_recommendation": text(*INTAKE_STATUSES["by_recommendation"]),
    "apply_by": text("avant le {day}", "by {day}"),
    "any_time": text("dès maintenant", "from now on"),
    "begins": text("Début", "Begins"),
    "ends": text("Fin", "Ends"),
    "opens": text("Ouverture", "Opens"),
    "closes": text("Date limite", "Deadline"),
    "later": text("Relève suivante", "Later cut-off"),
    "requires": text("D'abord", "First"),
    "confirm": text("À confirmer", "To confirm"),
    "watch_out": text("Attention", "Mind"),
    "amount": text("Montant", "Amount"),
    "rests_on": text("heures estimées : {basis}", "estimated hours: {basis}"),
    "cost": text("coût estimé {amount}", "estimated cost {amount}"),
    "otherwise": text("Sinon", "Otherwise"),
    "at_best": text("{day} au plus tôt", "{day} at the earliest"),
    "between": text("entre le {first} et le {last}", "between {first} and {last}"),
    "too_late": text("Trop tard pour le {day}", "Too late for {day}"),
    "maybe_late": text("Peut être trop tard pour le {day}", "May be too late for {day}"),
    "gaps": text("Ce qui manque, et ce qui le changerait", "What is missing, and what would help"),
    "left_out": text("Écartées, et pourquoi", "Left out, and why"),
    "register": text(
        "Des étapes attendent l'immatriculation de l'entreprise.",
        "Some steps wait for the company to be registered.",
    ),
    "notice": text(
        "Ce parcours repose sur les règles publiées et sur vos réponses ; la décision appartient "
        "à chaque organisme. Ce que personne ne publie reste inconnu.",
        "This journey rests on published rules and on your answers; each organisation decides. "
        "What nobody publishes stays unknown.",
    ),
    "made_by": text("AI Factory France, catalogue et mise en relation", "AI Factory France"),
    "revision": text("révision du catalogue", "catalogue revision"),
}
