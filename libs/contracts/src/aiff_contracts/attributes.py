"""The attributes that rules may ask about: the vocabulary between curators and start-ups.

Each one has a type, the words for it and the question that asks for it, in French and in
English. `derived` attributes are computed from the others and are never asked directly.
"""

from dataclasses import dataclass
from typing import Literal

ValueType = Literal["number", "flag", "date", "code", "codes", "naf", "territory"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One fact about a company or its project."""

    name: str
    type: ValueType
    label_fr: str
    label_en: str
    question_fr: str
    question_en: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    derived: bool = False


_TABLE = (
    # About the company.
    Attribute(
        "organisation_type",
        "code",
        "type d'organisation",
        "type of organisation",
        "Quel type d'organisation êtes-vous ?",
        "What type of organisation are you?",
        choices=(
            "startup",
            "sme",
            "midcap",
            "large",
            "lab",
            "university",
            "public_body",
            "association",
            "individual",
            "investor",
        ),
    ),
    Attribute(
        "has_legal_entity",
        "flag",
        "entité juridique créée",
        "legal entity exists",
        "Votre entreprise est-elle déjà immatriculée ?",
        "Is your company already registered?",
    ),
    Attribute(
        "company_size",
        "code",
        "taille d'entreprise (définition UE)",
        "company size (EU definition)",
        "Quelle est la taille de votre entreprise ?",
        "What is the size of your company?",
        choices=("micro", "small", "medium", "small_midcap", "midcap", "large"),
        derived=True,
    ),
    Attribute(
        "headcount",
        "number",
        "effectif",
        "headcount",
        "Combien de personnes employez-vous ?",
        "How many people do you employ?",
        unit="people",
    ),
    Attribute(
        "turnover_eur",
        "number",
        "chiffre d'affaires annuel",
        "annual turnover",
        "Quel est votre chiffre d'affaires annuel ?",
        "What is your annual turnover?",
        unit="EUR",
    ),
    Attribute(
        "balance_sheet_eur",
        "number",
        "total du bilan",
        "balance sheet total",
        "Quel est le total de votre bilan ?",
        "What is your balance sheet total?",
        unit="EUR",
    ),
    Attribute(
        "age_months",
        "number",
        "âge de l'entreprise",
        "age of the company",
        "Quand l'entreprise a-t-elle été créée ?",
        "When was the company created?",
        unit="months",
        derived=True,
    ),
    Attribute(
        "created_on",
        "date",
        "date de création",
        "creation date",
        "Quand l'entreprise a-t-elle été créée ?",
        "When was the company created?",
    ),
    Attribute(
        "country",
        "territory",
        "pays",
        "country",
        "Dans quel pays l'entreprise est-elle établie ?",
        "In which country is the company established?",
    ),
    Attribute(
        "sites",
        "territory",
        "implantations",
        "sites",
        "Où sont vos établissements (région ou commune) ?",
        "Where are your sites (region or municipality)?",
    ),
    Attribute(
        "legal_form",
        "code",
        "forme juridique",
        "legal form",
        "Quelle est votre forme juridique ?",
        "What is your legal form?",
    ),
    Attribute(
        "naf",
        "naf",
        "code NAF",
        "NAF activity code",
        "Quel est votre code NAF ?",
        "What is your NAF activity code?",
    ),
    Attribute(
        "sectors",
        "codes",
        "secteurs",
        "sectors",
        "Dans quels secteurs travaillez-vous ?",
        "Which sectors do you work in?",
    ),
    Attribute(
        "stage",
        "code",
        "stade de développement",
        "development stage",
        "À quel stade en êtes-vous ?",
        "Which stage are you at?",
    ),
    Attribute(
        "trl",
        "number",
        "niveau de maturité technologique (TRL)",
        "technology readiness level (TRL)",
        "Quel est le TRL de votre technologie (1 à 9) ?",
        "What is the TRL of your technology (1 to 9)?",
    ),
    Attribute(
        "deeptech",
        "flag",
        "projet deeptech",
        "deep tech project",
        "Votre projet repose-t-il sur une innovation issue de la recherche (deeptech) ?",
        "Is your project built on an innovation that comes from research (deep tech)?",
    ),
    Attribute(
        "research_link",
        "flag",
        "lien avec la recherche publique",
        "link with public research",
        "Travaillez-vous avec un laboratoire public ?",
        "Do you work with a public laboratory?",
    ),
    Attribute(
        "rd_expense_ratio",
        "number",
        "part des dépenses de R&D dans les charges",
        "share of R&D in expenses",
        "Quelle part de vos charges est consacrée à la R&D (0 à 1) ?",
        "What share of your expenses is spent on R&D (0 to 1)?",
        unit="share",
    ),
    Attribute(
        "own_equity_eur",
        "number",
        "fonds propres",
        "own equity",
        "Quel est le montant de vos fonds propres ?",
        "What is the amount of your own equity?",
        unit="EUR",
    ),
    Attribute(
        "funds_raised_eur",
        "number",
        "fonds levés",
        "funds raised",
        "Combien avez-vous levé depuis la création ?",
        "How much have you raised since creation?",
        unit="EUR",
    ),
    Attribute(
        "de_minimis_received_eur",
        "number",
        "aides de minimis reçues sur trois ans",
        "de minimis aid received over three years",
        "Combien d'aides de minimis avez-vous reçues sur trois ans, vous et chacune des "
        "entreprises liées à la vôtre ?",
        "How much de minimis aid have you received over three years, you and each of the "
        "enterprises that are linked to yours?",
        unit="EUR",
    ),
    Attribute(
        "prior_aid",
        "codes",
        "aides déjà obtenues",
        "aid already obtained",
        "Quelles aides avez-vous déjà obtenues ?",
        "Which aid have you already obtained?",
    ),
    Attribute(
        "private_coinvestor",
        "flag",
        "co-investisseur privé",
        "private co-investor",
        "Avez-vous un co-investisseur privé ?",
        "Do you have a private co-investor?",
    ),
    Attribute(
        "prescriber",
        "flag",
        "prescripteur labellisé",
        "accredited referrer",
        "Êtes-vous présenté par un prescripteur labellisé ?",
        "Are you presented by an accredited referrer?",
    ),
    Attribute(
        "eic_failures",
        "number",
        "candidatures EIC refusées",
        "rejected EIC applications",
        "Combien de candidatures EIC vous ont été refusées ?",
        "How many of your EIC applications were rejected?",
    ),
    Attribute(
        "under_represented_founder",
        "flag",
        "fondateur issu d'un milieu sous-représenté",
        "founder from an under-represented background",
        "Un fondateur est-il issu d'un milieu sous-représenté ?",
        "Is a founder from an under-represented background?",
    ),
    Attribute(
        "full_time_founder",
        "flag",
        "porteur de projet à temps plein",
        "full-time project holder",
        "Un porteur se consacre-t-il au projet à temps plein ?",
        "Does a project holder work on it full time?",
    ),
    Attribute(
        "founder_is_doctoral",
        "flag",
        "porteur doctorant ou jeune docteur",
        "doctoral or recent PhD founder",
        "Un porteur est-il doctorant ou jeune docteur ?",
        "Is a founder a doctoral student or a recent PhD?",
    ),
    Attribute(
        "ai_company",
        "flag",
        "activité en intelligence artificielle",
        "works on artificial intelligence",
        "Votre activité porte-t-elle sur l'intelligence artificielle ?",
        "Is your activity about artificial intelligence?",
    ),
    # About the project (the need).
    Attribute(
        "purpose",
        "code",
        "finalité des calculs",
        "purpose of the work",
        "Recherche ouverte (résultats publiés), innovation ou production ?",
        "Open research (results published), innovation or production?",
        choices=("open_research", "innovation", "production"),
    ),
    Attribute(
        "hpc_experience",
        "flag",
        "expérience du calcul intensif",
        "experience with HPC",
        "Avez-vous déjà utilisé un supercalculateur ?",
        "Have you used a supercomputer before?",
    ),
    Attribute(
        "contract_covers_allocation",
        "flag",
        "contrat du responsable du projet",
        "contract of the principal investigator",
        "Le contrat du responsable du projet court-il au moins trois mois après l'allocation ?",
        "Does the principal investigator's contract run three months past the allocation?",
    ),
    Attribute(
        "eu_project",
        "flag",
        "projet Horizon Europe ou Digital Europe en cours",
        "part of a Horizon Europe or Digital Europe project",
        "Le projet fait-il partie d'un projet Horizon Europe ou Digital Europe ?",
        "Is the work part of a Horizon Europe or Digital Europe project?",
    ),
    Attribute(
        "permitted_use",
        "code",
        "usage (civil, dual, défense)",
        "use (civil, dual, defence)",
        "L'usage est-il civil, dual ou de défense ?",
        "Is the use civil, dual or defence?",
        choices=("civil", "dual", "defence"),
    ),
    Attribute(
        "project_cost_eur",
        "number",
        "coût du projet",
        "cost of the project",
        "Quel est le coût total du projet ?",
        "What is the total cost of the project?",
        unit="EUR",
    ),
    Attribute(
        "round_eur",
        "number",
        "montant du tour de table",
        "size of the funding round",
        "Quel est le montant du tour de table ?",
        "How large is the funding round?",
        unit="EUR",
    ),
    Attribute(
        "round_committed_ratio",
        "number",
        "part du tour déjà engagée",
        "share of the round already committed",
        "Quelle part du tour est déjà engagée (0 à 1) ?",
        "What share of the round is already committed (0 to 1)?",
        unit="share",
    ),
    Attribute(
        "consortium_size",
        "number",
        "nombre de partenaires du consortium",
        "number of consortium partners",
        "Combien de partenaires compte le consortium (vous compris) ?",
        "How many partners are in the consortium (you included)?",
    ),
    Attribute(
        "consortium_countries",
        "number",
        "nombre de pays du consortium",
        "number of countries in the consortium",
        "Combien de pays compte le consortium ?",
        "How many countries are in the consortium?",
    ),
)
ATTRIBUTES: dict[str, Attribute] = {attribute.name: attribute for attribute in _TABLE}
