"""Who asks in the tests of the pages: the same need in each of them."""

HEALTH = [
    ("kinds", "compute"),
    ("kinds", "funding"),
    ("description", "affiner un modèle de langue pour la santé"),
    ("organisation_type", "startup"),
    ("country", "FR"),
    ("site", "REG-11"),
    ("headcount", "6"),
    ("created_on", "2024-03-01"),
    ("gpu_hours", "20 000"),
    ("gpu_model", "H100"),
    ("gpus_min", "32"),
    ("amount_eur", "150 000"),
]
FINE_TUNING = [
    ("kinds", "compute"),
    ("organisation_type", "startup"),
    ("country", "FR"),
    ("task", "full_finetune"),
    ("parameters_b", "7"),
    ("tokens_b", "1"),
    ("gpus_min", "8"),
    ("start", "2027-01-11"),
    ("purpose", "innovation"),
]
PAGES = ("answers", "plan", "journey", "dossier")
HEAVIEST = 150_000
