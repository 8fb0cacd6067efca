"""What the page of each kind of offer says before its offers."""

from dataclasses import dataclass

from aiff_portal.ui.domain.language import Pair


@dataclass(frozen=True, slots=True)
class KindPage:
    """A kind in a few sentences: what one gets, what to look at, and the facets to begin with."""

    title: Pair
    promise: Pair
    advice: Pair
    facets: tuple[str, ...]


KIND_PAGES: dict[str, KindPage] = {
    "compute": KindPage(
        ("Du calcul pour entraîner et servir", "Compute to train and to serve"),
        (
            (
                "Machines publiques, clouds, crédits et voies d'accès : des heures de GPU, avec"
                " leur quota, leur délai et leur prix."
            ),
            (
                "Public machines, clouds, credits and access routes: GPU hours with their quota,"
                " delay and price."
            ),
        ),
        (
            (
                "Les heures publiques sont souvent gratuites pour la recherche ouverte et demandent"
                " un dossier ; un cloud s'ouvre en minutes et se paie à l'heure. Chaque programme"
                " compte à sa façon : une heure normalisée de GENCI n'est pas une heure de H100."
            ),
            (
                "Public hours are often free for open research and need an application; a cloud"
                " opens within minutes and is paid by the hour. Each programme counts in its own"
                " unit: a normalised hour of GENCI is not an H100 hour."
            ),
        ),
        ("gpu_model", "price_basis", "status"),
    ),
    "training": KindPage(
        ("Se former à l'IA", "Learn AI"),
        (
            "Cours en ligne et sur place, pour débuter comme pour passer à l'échelle.",
            "Courses online and on site, to begin or to scale up.",
        ),
        (
            (
                "Regardez le niveau, la langue et ce qu'il faut savoir avant : beaucoup de cours"
                " sont gratuits, certains seulement pour la recherche."
            ),
            (
                "Look at the level, the language and what must be known before: many courses are"
                " free, some for research only."
            ),
        ),
        ("language", "price_basis", "status"),
    ),
    "funding": KindPage(
        ("Financer un projet d'IA", "Fund an AI project"),
        (
            "Subventions, avances, prêts, crédits d'impôt et fonds propres, région, État et Union.",
            "Grants, advances, loans, tax credits and equity, from the region to the Union.",
        ),
        (
            (
                "Regardez d'abord l'instrument et la dilution : une subvention ne se rembourse pas,"
                " des fonds propres se paient en parts. Certaines aides ne se cumulent pas."
            ),
            (
                "Look at the instrument and at dilution first: a grant is not paid back, equity is"
                " paid in shares. Some aids cannot be combined."
            ),
        ),
        ("instrument", "dilution", "status"),
    ),
    "incubation": KindPage(
        ("Être accompagné dans un programme", "Join a programme"),
        (
            "Incubateurs et accélérateurs, avec leurs promotions, leur durée, leurs demandes.",
            "Incubators and accelerators, with their cohorts, their length and what they ask for.",
        ),
        (
            (
                "Demandez si une part du capital est prise, et qui choisit : appel ouvert, comité"
                " ou recommandation."
            ),
            (
                "Ask whether a share of the company is taken, and who selects: an open call, a"
                " committee or a recommendation."
            ),
        ),
        ("stage", "region", "status"),
    ),
    "expertise": KindPage(
        ("Trouver des gens qui savent", "Find people who know"),
        (
            (
                "Ingénieurs, juristes et évaluateurs qui aident à porter un code, tenir une règle"
                " ou protéger une invention."
            ),
            (
                "Engineers, lawyers and assessors who help port code, meet a rule or protect an"
                " invention."
            ),
        ),
        (
            (
                "L'aide publique est souvent gratuite et compte en heures d'ingénieur : dites ce"
                " que vous avez déjà essayé."
            ),
            (
                "Public help is often free and counts in engineer hours: say what you have already"
                " tried."
            ),
        ),
        ("region", "price_basis", "status"),
    ),
    "resource": KindPage(
        ("Prendre et réutiliser", "Take and reuse"),
        (
            "Modèles, corpus, logiciels, guides et bancs d'essai, avec licence et taille.",
            "Models, corpora, software, guides and benchmarks, with their licence and their size.",
        ),
        (
            "Lisez la licence avant de bâtir dessus : certaines interdisent l'usage commercial.",
            "Read the licence before you build on it: some forbid commercial use.",
        ),
        ("sector", "language", "price_basis"),
    ),
    "network": KindPage(
        ("Rejoindre le réseau européen", "Join the European network"),
        (
            "AI Factories, antennes, clusters et pôles : qui vous oriente, dans quel pays.",
            "AI Factories, antennas, clusters and hubs: who guides you, in which country.",
        ),
        (
            (
                "Commencez par l'AI Factory de votre pays ; elle ouvre aussi l'accès aux machines"
                " des autres."
            ),
            "Begin with the AI Factory of your country; it also opens the machines of the others.",
        ),
        ("region", "sector", "status"),
    ),
}
