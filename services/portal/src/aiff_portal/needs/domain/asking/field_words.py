"""The words of each field, in French and in English, and what to write where it is refused."""

from dataclasses import dataclass

from aiff_portal.ui.domain.language import Pair


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a field is called, and what helps to answer it."""

    label: Pair
    hint: Pair = ("", "")


FIELD_WORDS: dict[str, FieldWords] = {
    "description": FieldWords(
        ("Votre projet en quelques mots", "Your project in a few words"),
        (
            "Par exemple : affiner un modèle de langue sur des comptes rendus médicaux.",
            "For example: fine-tune a language model on medical reports.",
        ),
    ),
    "kinds": FieldWords(
        ("Types d'offre", "Kinds of offer"),
        ("Cochez tout ce qui vous intéresse.", "Tick all that you are interested in."),
    ),
    "organisation_type": FieldWords(("Vous êtes", "You are")),
    "country": FieldWords(("Pays d'établissement", "Country of establishment")),
    "site": FieldWords(
        ("Région", "Region"),
        (
            "En France : celle de votre siège. Beaucoup d'aides en dépendent.",
            "In France: that of your seat. Much aid depends on it.",
        ),
    ),
    "created_on": FieldWords(
        ("Date de création", "Date of creation"),
        (
            "Celle de l'immatriculation ; laissez vide si l'entreprise n'existe pas encore.",
            "That of the registration; leave it empty if the company does not exist yet.",
        ),
    ),
    "headcount": FieldWords(
        ("Effectif", "Headcount"),
        ("En équivalents temps plein.", "In full-time equivalents."),
    ),
    "title": FieldWords(
        ("Nom du projet", "Name of the project"),
        ("Il ne sert qu'à nommer vos documents.", "It only names your documents."),
    ),
    "sectors": FieldWords(("Secteurs", "Sectors")),
    "stage": FieldWords(("Stade de développement", "Stage of development")),
    "gpu_hours": FieldWords(
        ("Heures GPU", "GPU hours"),
        (
            "Le total du projet. Si vous ne le savez pas, le plan de calcul l'estimera.",
            "For the whole project. If you do not know, the compute plan will estimate it.",
        ),
    ),
    "gpu_model": FieldWords(
        ("Modèle de GPU", "GPU model"),
        (
            "Celui sur lequel ces heures sont comptées, par exemple H100 ou A100 80 Go.",
            "The one that these hours are counted on, for example H100 or A100 80 GB.",
        ),
    ),
    "start": FieldWords(("Début souhaité des calculs", "Wanted start of the work")),
    "data_class": FieldWords(("Données", "Data")),
    "amount_eur": FieldWords(("Montant recherché, en euros", "Amount looked for, in euros")),
    "needed_by": FieldWords(("Pour quand", "Needed by")),
    "task": FieldWords(("Travail", "Work")),
    "parameters_b": FieldWords(
        ("Taille du modèle, en milliards de paramètres", "Size of the model, billion parameters")
    ),
    "tokens_b": FieldWords(
        ("Données, en milliards de tokens", "Data, billion tokens"),
        ("Un million de pages fait à peu près 0,5.", "A million pages make about 0.5."),
    ),
    "gpus_min": FieldWords(
        ("GPU dans un même travail", "GPUs in one job"),
        ("Il fixe la durée, et quelles machines conviennent.", "It sets how long it takes."),
    ),
    "duration_months": FieldWords(
        ("Durée de l'allocation, en mois", "Duration of the allocation, in months")
    ),
    "budget_eur": FieldWords(("Budget de calcul, en euros", "Budget for compute, in euros")),
    "sovereignty": FieldWords(("Exigence de souveraineté", "Sovereignty requirement")),
    "name": FieldWords(("Nom de l'organisme", "Name of the organisation")),
    "siren": FieldWords(
        ("SIREN", "SIREN"),
        ("Neuf chiffres, en France seulement.", "Nine digits, in France only."),
    ),
    "pic": FieldWords(
        ("PIC", "PIC"),
        (
            "Neuf chiffres, donnés par le portail Funding & Tenders de la Commission européenne.",
            "Nine digits, given by the Funding & Tenders portal of the European Commission.",
        ),
    ),
    "enterprises": FieldWords(("Entreprises liées ou partenaires", "Linked or partner companies")),
}
# What helps to answer questions that only the engine asks.
ASKED_WORDS: dict[str, Pair] = {
    "prior_aid": (
        "Une aide par ligne ; écrivez « aucune » s'il n'y en a pas eu.",
        "One a line; write \u201cnone\u201d if there was none.",
    ),
    "naf": ("Par exemple 62.01Z.", "For example 62.01Z."),
    "legal_form": ("Par exemple SAS.", "For example SAS."),
    "rd_expense_ratio": ("Par exemple 0,3 ou 30 %.", "For example 0.3 or 30%."),
    "round_committed_ratio": ("Par exemple 0,3 ou 30 %.", "For example 0.3 or 30%."),
    "turnover_eur": (
        "En euros, du dernier exercice clos ; 0 si vous n'en avez pas encore.",
        "In euros, of the last closed year; 0 if you have none yet.",
    ),
    "balance_sheet_eur": ("En euros.", "In euros."),
    "own_equity_eur": ("En euros.", "In euros."),
    "funds_raised_eur": ("En euros ; 0 si vous n'avez rien levé.", "In euros; 0 if nothing."),
    "de_minimis_received_eur": (
        (
            "En euros. Les petites aides publiques dont l'attribution cite le règlement"
            " « de minimis » : leur total sur trois ans est plafonné."
        ),
        (
            "In euros. Small public aid granted under the \u201cde minimis\u201d regulation: its"
            " total over three years has a ceiling."
        ),
    ),
    "project_cost_eur": ("En euros.", "In euros."),
    "round_eur": ("En euros.", "In euros."),
    "independent": (
        "Aucune : notre entreprise est autonome",
        "None: our company stands alone",
    ),
}
_NUMBER: Pair = (
    "Écrivez un nombre en chiffres, sans lettre ni signe, par exemple 12500 ou 12,5",
    "Write a number in digits, without letters or signs, for example 12500 or 12.5",
)
_CHOICE: Pair = (
    "Cette réponse ne fait plus partie des choix : choisissez de nouveau",
    "This answer is no longer among the choices: choose again",
)
# By the name of a field, else by its shape.
HELP: dict[str, Pair] = {
    "number": _NUMBER,
    "text": (
        "Ce texte ne peut pas être lu : raccourcissez-le ou suivez l'exemple",
        "This text cannot be read: shorten it or follow the example",
    ),
    "area": (
        "Ce texte est trop long ou contient un caractère illisible : raccourcissez-le",
        "This text is too long or holds an unreadable character: shorten it",
    ),
    "day": (
        "Écrivez une date qui existe, comme 2027-02-01 ou 01/02/2027",
        "Write a date that exists, like 2027-02-01 or 01/02/2027 (day first)",
    ),
    "radios": _CHOICE,
    "checks": _CHOICE,
    "select": _CHOICE,
    "headcount": (
        "Écrivez un nombre de personnes, par exemple 12 ou 12,5",
        "Write a number of people, for example 12 or 12.5",
    ),
    "duration_months": (
        "Écrivez un nombre entier de mois, de 1 à 120",
        "Write a whole number of months, from 1 to 120",
    ),
    "gpus_min": (
        "Écrivez un nombre entier de GPU, par exemple 8",
        "Write a whole number of GPUs, for example 8",
    ),
    "trl": ("Écrivez un nombre de 1 à 9", "Write a number from 1 to 9"),
    "naf": ("Écrivez un code comme 62.01Z", "Write a code like 62.01Z"),
    "siren": (
        "Écrivez les neuf chiffres du SIREN, par exemple 552 100 554",
        "Write the nine digits of the SIREN, for example 552 100 554",
    ),
    "pic": (
        "Écrivez les neuf chiffres du PIC, par exemple 999 993 953",
        "Write the nine digits of the PIC, for example 999 993 953",
    ),
    "rd_expense_ratio": (
        "Écrivez une part entre 0 et 1, ou un pourcentage, par exemple 30 %",
        "Write a share between 0 and 1, or a percentage, for example 30%",
    ),
    "round_committed_ratio": (
        "Écrivez une part entre 0 et 1, ou un pourcentage, par exemple 30 %",
        "Write a share between 0 and 1, or a percentage, for example 30%",
    ),
    "prior_aid": (
        "Écrivez le nom d'une aide par ligne, en 80 caractères au plus",
        "Write the name of one aid a line, in at most 80 characters",
    ),
}
YES_OR_NO: dict[str, Pair] = {"yes": ("oui", "yes"), "no": ("non", "no")}
TASKS: dict[str, Pair] = {
    "pretraining": ("préentraînement", "pretraining"),
    "continued_pretraining": ("préentraînement continué", "continued pretraining"),
    "full_finetune": ("ajustement complet", "full fine-tuning"),
    "lora": ("ajustement par LoRA", "fine-tuning with LoRA"),
    "qlora": ("ajustement par QLoRA", "fine-tuning with QLoRA"),
    "dpo": ("alignement (DPO)", "alignment (DPO)"),
    "inference": ("inférence", "inference"),
    "simulation": ("simulation", "simulation"),
    "other": ("autre", "other"),
}
DATA_CLASSES: dict[str, Pair] = {
    "public": ("publiques", "public"),
    "personal": ("personnelles", "personal"),
    "health": ("de santé", "health"),
    "secret": ("secrètes ou classifiées", "secret or classified"),
}
SOVEREIGNTY: dict[str, Pair] = {
    "none": ("aucune exigence", "no requirement"),
    "eu_hosted": ("données dans l'Union européenne", "data in the European Union"),
    "eu_controlled": (
        "opérateur sous contrôle européen",
        "operator under European control",
    ),
    "sovereign_strict": ("souverain au sens strict", "strictly sovereign"),
}
