"""Sentences of a journey that several parts say."""

from aiff_contracts.labels import ACCESS_UNITS
from aiff_contracts.offer import AccessMode, Text
from aiff_matching.rules.domain.verdicts import Verdict
from aiff_matching.shared.bilingual import number_en, number_fr, text

VERDICTS_IN_WORDS: dict[Verdict, Text] = {
    "eligible": text("toutes les règles publiées sont remplies", "all published rules are met"),
    "to_confirm": text("des points restent à confirmer", "some points remain to be confirmed"),
    "unknown": text("des réponses manquent", "answers are missing"),
    "closed": text("fermée aujourd'hui", "closed today"),
    "not_eligible": text("une règle n'est pas remplie", "a rule is not met"),
}
REGISTER = text(
    "Immatriculer l'entreprise : la règle demande une entité juridique.",
    "Register the company: the rule asks for a legal entity.",
)
RECOMMENDED = text(
    "On n'y postule pas : se faire recommander.",
    "Nobody applies to it: have yourself recommended.",
)
PRESCRIBED = text("Un prescripteur présente le dossier.", "A prescriber presents the application.")
EXPERIENCED = text(
    "La règle demande une équipe qui connaît le calcul intensif : l'étape précédente en donne "
    "l'occasion, à confirmer avec l'organisme.",
    "The rule asks for a team that knows high-performance computing: the step before is the "
    "occasion, to be confirmed with the provider.",
)
MAY_BE_TOO_LATE = text(
    "L'étape qui précède peut se terminer après la clôture.",
    "The step before may end after the closing day.",
)
CLOSED = text(
    "Fermée, et aucune réouverture n'est annoncée.", "Closed, and no reopening is announced."
)
TOO_LATE = text(
    "Se ferme avant que les étapes nécessaires puissent être faites.",
    "Closes before the steps that it needs can be done.",
)
NOT_NEEDED = text(
    "Le besoin décrit n'en parle pas ; décrivez-le pour planifier cette étape.",
    "The need does not mention it; describe it to have this stage planned.",
)
NOT_YET = text(
    "Étape d'après : rien à faire avant les premières levées.",
    "A later stage: nothing to do before the first rounds.",
)
STAGE_UNKNOWN = text(
    "À préciser : à quel stade en est l'entreprise ? Cette étape en dépend.",
    "To be answered: at which stage is the company? This stage depends on it.",
)
NEAREST = text(
    "Rien de possible aujourd'hui ; voici le plus proche et ce qui changerait la réponse.",
    "Nothing is possible today; this comes nearest, with what would change the answer.",
)
NOTHING = text(
    "Le catalogue n'a aucune offre pour cette étape et ce profil.",
    "The catalogue has no offer for this stage and this profile.",
)
COVERED = text("Couverte par les étapes ci-dessous.", "Covered by the steps below.")
NOT_COMPUTE = text(
    "Aucune voie d'accès au calcul ne convient aujourd'hui ; voici le plus proche.",
    "No way to compute fits today; this comes nearest.",
)
NOT_MONEY = text(
    "Aucun financement du projet ne convient aujourd'hui ; voici le plus proche.",
    "No funding of the project fits today; this comes nearest.",
)


def part_of(mode: AccessMode) -> Text:
    """Say that an allocation carries a part of the work only."""
    most, unit = float(mode.maximum or 0), ACCESS_UNITS[mode.unit]
    return text(
        f"Pour commencer : au plus {number_fr(most)} {unit[0]}, une part du travail.",
        f"To begin with: at most {number_en(most)} {unit[1]}, a part of the work.",
    )
