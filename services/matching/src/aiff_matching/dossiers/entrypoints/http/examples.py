"""Questions for a dossier, as the API's documentation shows them."""

from typing import Any

EXAMPLES: dict[str, Any] = {
    "playground": {
        "summary": "A start-up that applies to the EuroHPC Playground, by the slug of the offer",
        "value": {
            "programme": "eurohpc-aif-playground",
            "profile": {
                "name": "Lexia",
                "country": "FR",
                "sites": ["COM-75056"],
                "organisation_type": "startup",
                "has_legal_entity": True,
                "created_on": "2024-11-01",
                "ai_company": True,
                "contract_covers_allocation": True,
            },
            "need": {
                "title": "Modèle de langue juridique",
                "description": "Affiner un modèle de langue ouvert sur le droit français.",
                "compute": {"task": "lora", "framework": "PyTorch", "duration_months": 2},
            },
        },
    },
    "grant": {
        "summary": "A company of some months that applies for the Bourse French Tech",
        "value": {
            "programme": "bourse-french-tech",
            "profile": {
                "country": "FR",
                "sites": ["COM-59350"],
                "organisation_type": "startup",
                "has_legal_entity": True,
                "created_on": "2026-03-02",
                "own_equity_eur": 25000,
                "turnover_eur": 0,
                "prior_aid": [],
            },
            "need": {"funding": {"amount_eur": 30000, "project_cost_eur": 43000}},
        },
    },
}
