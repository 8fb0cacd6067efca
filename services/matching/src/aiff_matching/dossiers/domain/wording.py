"""Why a question is not answered, and what would answer it, in sentences."""

from aiff_contracts.offer import Text
from aiff_matching.dossiers.domain.filling import MissingAnswer
from aiff_matching.shared.bilingual import text


def what_would_answer(missing: MissingAnswer) -> Text:
    """Return what the applicant can do about an answer that is missing."""
    match missing.reason:
        case "not_stated":
            return text(
                f"Renseignez {missing.field} : la réponse en suivra.",
                f"State {missing.field}: the answer follows from it.",
            )
        case "not_exact":
            return text(
                f"{missing.field} ne donne pas une valeur unique : précisez-la.",
                f"{missing.field} gives no single value: make it exact.",
            )
        case "does_not_fit":
            return text(
                f"{missing.field} n'entre pas tel quel dans ce que le formulaire admet :"
                " répondez vous-même.",
                f"{missing.field} does not fit as it stands into what the form admits:"
                " answer it yourself.",
            )
        case "other_unit":
            return text(
                f"{missing.field} vaut pour le GPU nommé : convertissez pour le système choisi,"
                " par exemple avec /v1/compute/plan.",
                f"{missing.field} holds for the GPU that is named: convert it for the chosen"
                " system, for example with /v1/compute/plan.",
            )
        case "for_applicant":
            return text(
                "Répondez vous-même : aucun champ du profil ou du besoin ne le dit.",
                "Answer it yourself: no field of the profile or need says it.",
            )
