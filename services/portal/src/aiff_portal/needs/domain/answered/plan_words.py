"""The words of the compute plan."""

from aiff_portal.ui.domain.charts import Mark
from aiff_portal.ui.domain.language import Pair

PLAN: dict[str, Pair] = {
    "title": ("Plan de calcul", "Compute plan"),
    "description": (
        "Toutes les voies vers vos heures GPU, en temps, coût et souveraineté.",
        "All ways to your GPU hours: time, cost and sovereignty.",
    ),
    "ways": ("Les voies côte à côte", "The ways side by side"),
    "chart": ("Temps et coût", "Time and cost"),
    "chart_title": ("Coût et {time} de chaque voie", "Cost and {time} of each way"),
    "chart_desc": (
        (
            "En abscisse : {time} ; en ordonnée : le coût en euros. Chaque marque porte les numéros"
            " du tableau qui suit ; sa forme dit la souveraineté. Un trait va du meilleur au pire"
            " cas ; pointillé vers le bord : fin inconnue."
        ),
        (
            "Across: {time}; upwards: cost in euros. Each mark bears the numbers of the table that"
            " follows; its shape tells the sovereignty. A line goes from the best to the worst"
            " case; dashed to the edge: end unknown."
        ),
    ),
    "finish": ("fin des calculs", "end of the work"),
    "access": ("date d'accès", "date of access"),
    "none_drawn": (
        (
            "Aucune voie n'a à la fois un coût publié en euros et une date : le tableau dit ce qui"
            " est connu."
        ),
        "No way has both a published cost in euros and a date: the table tells what is known.",
    ),
    "undrawn": (
        "{count} voies ne sont pas sur le graphique : coût non publié, ou dans une autre monnaie.",
        "{count} ways are not on the chart: cost not published, or in another currency.",
    ),
    "grouped_away": (
        "Le graphique montre les {count} premières marques.",
        "The chart shows the first {count} marks.",
    ),
    "table": ("Voies vers les heures GPU", "Ways to the GPU hours"),
    "table_note": (
        (
            "Chaque programme compte dans sa propre unité ; les coûts sont ceux publiés, hors"
            " taxes sauf mention."
        ),
        (
            "Each programme counts in its own unit; costs are the published ones, before tax unless"
            " stated."
        ),
    ),
    "sovereignty": ("Souveraineté", "Sovereignty"),
    "estimate": ("Heures nécessaires", "Hours needed"),
    "hours": (
        "{hours} sur {model}",
        "{hours} on {model}",
    ),
    "unnamed_gpu": ("un GPU non précisé", "a GPU that is not named"),
    "middle": ("milieu de la fourchette : {middle}", "middle of the range: {middle}"),
    "measured": ("D'après vos heures, sans estimation.", "From your hours, without an estimate."),
    "unknown_hours": (
        (
            "Le nombre d'heures est inconnu : donnez-le, ou le travail, la taille du modèle et les"
            " données, et les coûts suivront."
        ),
        (
            "The number of hours is unknown: give it, or the work, the size of the model and the"
            " data, and costs will follow."
        ),
    ),
    "formula": ("Le calcul, à refaire à la main", "The calculation, to do again by hand"),
    "result": ("Résultat", "Result"),
    "gigabytes": ("Go", "GB"),
    "memory": ("Mémoire nécessaire", "Memory needed"),
    "wall": ("Durée selon le nombre de GPU", "Days by number of GPUs"),
    "wall_note": (
        "Jour et nuit, sans attente en file.",
        "Day and night, without queueing.",
    ),
    "combinations": ("Combinaisons", "Combinations"),
    "no_combinations": (
        "Aucune combinaison ne fait mieux qu'une voie seule.",
        "No combination does better than one way alone.",
    ),
    "uncovered": ("Part sans place : {share}", "Share without a place: {share}"),
    "incomplete": ("Des coûts de parts sont inconnus.", "Costs of some parts are unknown."),
    "together": ("Coût connu", "Known cost"),
    "ends": ("Fin", "End"),
    "missing": ("Ce qui en dirait plus", "What would tell more"),
    "missing_help": ("{question} ({count} voies)", "{question} ({count} ways)"),
    "left": ("Voies fermées ou refusées", "Ways that are closed or refused"),
    "assumptions": ("Hypothèses", "Assumptions"),
    "assumption_gpu": (
        (
            "Table des GPU du {version} ; une heure sur un autre modèle est convertie par une"
            " fourchette."
        ),
        "GPU table of {version}; an hour on another model is converted by a range.",
    ),
    "change": ("Changer le besoin de calcul", "Change the compute need"),
    "compute": ("Recalculer", "Work it out again"),
    "rests": ("Repose sur", "Rests on"),
    "hidden": ("Laissées hors du plan", "Left out of the plan"),
    "programs": (
        "Un programme pose la même question par POST /v1/compute/plan.",
        "A program asks the same question by POST /v1/compute/plan.",
    ),
}
COLUMNS: tuple[Pair, ...] = (
    ("N°", "No."),
    ("Voie", "Way"),
    ("Verdict", "Verdict"),
    ("Quantité", "Amount"),
    ("Coût", "Cost"),
    ("Accès", "Access"),
    ("Fin", "End"),
    ("Souveraineté", "Sovereignty"),
)
WALL_COLUMNS: tuple[Pair, ...] = (("GPU", "GPUs"), ("Jours", "Days"))
TERM_COLUMNS: tuple[Pair, ...] = (
    ("Symbole", "Symbol"),
    ("Grandeur", "Quantity"),
    ("Valeur", "Value"),
    ("Source", "Source"),
)
PART_COLUMNS: tuple[Pair, ...] = (
    ("Voie", "Way"),
    ("Part", "Share"),
    ("Quantité", "Amount"),
    ("Coût", "Cost"),
    ("Fin", "End"),
)
DIVIDES: Pair = ("divise", "divides")
# The highest demand that is surely met, and the mark that says so on the chart.
SOVEREIGN_LEVELS: dict[str, tuple[Pair, Mark]] = {
    "sovereign_strict": (("souveraine au sens strict", "strictly sovereign"), "disc"),
    "eu_controlled": (("sous contrôle européen", "under European control"), "triangle"),
    "eu_hosted": (("données dans l'Union", "data in the Union"), "square"),
    "none": (("non établie", "not established"), "ring"),
}
UNITS: dict[str, Pair] = {
    "gpu_hour": ("heures GPU", "GPU hours"),
    "GB": ("Go", "GB"),
    "flop": ("opérations", "operations"),
    "parameters": ("paramètres", "parameters"),
    "tokens": ("jetons", "tokens"),
    "B": ("octets", "bytes"),
    "10^9 parameters": ("milliards de paramètres", "billion parameters"),
}
