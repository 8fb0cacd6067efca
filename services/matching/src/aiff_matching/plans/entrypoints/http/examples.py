"""Questions for a compute plan, as the API's documentation shows them."""

from typing import Any

_STARTUP = {"country": "FR", "organisation_type": "startup", "has_legal_entity": True}

EXAMPLES: dict[str, Any] = {
    "health_finetune": {
        "summary": "Fine-tune a 7 B model with health data kept in France",
        "value": {
            "profile": _STARTUP,
            "need": {
                "compute": {
                    "task": "full_finetune",
                    "parameters_b": 7,
                    "tokens_b": 1,
                    "precision": "bf16",
                    "stack": "cuda",
                    "data_class": "health",
                    "data_locations": ["FR"],
                    "sovereignty": "eu_controlled",
                    "start": "2027-01-11",
                    "support": {"languages": ["fr"], "application_help": True},
                }
            },
        },
    },
    "pretraining": {
        "summary": "Pretrain a 30 B model on 2,000 billion tokens with 512 GPUs in one job",
        "value": {
            "profile": _STARTUP,
            "need": {
                "compute": {
                    "task": "pretraining",
                    "parameters_b": 30,
                    "tokens_b": 2000,
                    "gpus_min": 512,
                    "stack": "any",
                    "purpose": "open_research",
                }
            },
        },
    },
    "measured_hours": {
        "summary": "30,000 hours measured on H100, in each programme's own unit",
        "value": {
            "profile": _STARTUP,
            "need": {
                "compute": {"gpu_hours": 30000, "gpu_model": "H100", "purpose": "open_research"}
            },
        },
    },
}
