"""Questions for a journey, as the API's documentation shows them."""

from typing import Any

EXAMPLES: dict[str, Any] = {
    "before_creation": {
        "summary": "A team before its company: funding for a prototype, a programme, skills",
        "value": {
            "profile": {
                "country": "FR",
                "sites": ["COM-75056"],
                "organisation_type": "startup",
                "has_legal_entity": False,
                "ai_company": True,
                "deeptech": True,
                "trl": 3,
            },
            "need": {
                "title": "Assistant IA pour le diagnostic",
                "description": "financer un prototype et se former au deep learning",
                "funding": {"amount_eur": 50000, "non_dilutive_only": True},
                "training": {"topics": ["deep learning"]},
                "incubation": {"no_equity": True},
            },
        },
    },
    "hours_and_money": {
        "summary": "A start-up of two years: 20,000 H100 hours and EUR 300,000, by dates",
        "value": {
            "profile": {
                "country": "FR",
                "sites": ["COM-75056"],
                "organisation_type": "startup",
                "has_legal_entity": True,
                "created_on": "2024-11-01",
                "headcount": 12,
                "turnover_eur": 200000,
                "balance_sheet_eur": 600000,
                "own_equity_eur": 400000,
                "stage": "seed",
                "trl": 5,
                "ai_company": True,
                "deeptech": True,
                "hpc_experience": False,
                "contract_covers_allocation": True,
                "prior_aid": [],
            },
            "need": {
                "title": "Modèle de langue juridique",
                "description": "entraîner un modèle de langue pour le droit",
                "compute": {
                    "task": "full_finetune",
                    "gpu_hours": 20000,
                    "gpu_model": "H100",
                    "start": "2027-01-15",
                    "purpose": "innovation",
                },
                "funding": {
                    "amount_eur": 300000,
                    "project_cost_eur": 600000,
                    "needed_by": "2027-03-31",
                },
            },
        },
    },
}
