"""Three real questions, asked as a program would, with readable explained answers."""

import json
import textwrap
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Say = Callable[[str], None]
Language = Literal["fr", "en"]
_SHOWN = 4
_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks what, in which language the answer is read."""

    title: str
    language: Language
    body: dict[str, Any]


FOUNDER = {
    "country": "FR",
    "sites": ["COM-75056"],
    "created_on": "2026-02-20",
    "headcount": 4,
    "turnover_eur": 0,
    "own_equity_eur": 10_000,
    "de_minimis_received_eur": 0,
    "prior_aid": [],
    "organisation_type": "startup",
    "has_legal_entity": True,
    "deeptech": True,
    "ai_company": True,
    "trl": 3,
    "stage": "feasibility",
}
QUESTIONS = (
    Question(
        "Une deeptech parisienne de neuf mois, quatre personnes, TRL 3, veut financer son "
        "prototype sans dilution",
        "fr",
        {
            "profile": FOUNDER,
            "need": {
                "description": "financer un prototype d'intelligence artificielle",
                "funding": {"amount_eur": 80_000, "non_dilutive_only": True},
            },
        },
    ),
    Question(
        "A start-up needs 30,000 H100 hours to pretrain a model",
        "en",
        {
            "profile": {
                "country": "FR",
                "sites": ["REG-84"],
                "organisation_type": "startup",
                "has_legal_entity": True,
                "headcount": 25,
                "ai_company": True,
                "hpc_experience": True,
                "contract_covers_allocation": True,
            },
            "need": {
                "kinds": ["compute"],
                "compute": {
                    "task": "pretraining",
                    "gpu_hours": 30_000,
                    "gpu_model": "H100-SXM",
                    "purpose": "innovation",
                    "permitted_use": "civil",
                },
            },
            "limit": 30,
        },
    ),
    Question(
        "Affiner un modèle de 7 milliards de paramètres sur des données de santé, souveraineté "
        "stricte",
        "fr",
        {
            "profile": {"country": "FR", "organisation_type": "startup", "has_legal_entity": True},
            "need": {
                "kinds": ["compute"],
                "compute": {
                    "task": "full_finetune",
                    "parameters_b": 7,
                    "data_class": "health",
                    "sovereignty": "sovereign_strict",
                },
            },
        },
    ),
)


def ask_all(url: str, say: Say) -> None:
    """Ask every question of the product at `url` and say the answers line by line."""
    for number, question in enumerate(QUESTIONS, 1):
        answer = _ask(url, question.body)
        say(f"\n{'=' * _WIDTH}\n{number}. {question.title}\n{'=' * _WIDTH}")
        for line in _lines(answer, question.language):
            say(line)


def _ask(url: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(  # noqa: S310  Loopback only.
        f"{url}/v1/matches", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  Loopback only.
        return json.loads(answer.read())


def _lines(answer: Any, language: Language) -> Iterator[str]:
    counts = ", ".join(f"{name} {count}" for name, count in answer["counts"].items() if count)
    yield f"({counts})"
    for item in answer["items"][:_SHOWN]:
        yield from _match(item, language)
    for hidden in answer["hidden"]:
        yield f"  [{hidden['count']}] {hidden['sentence'][language]}"
    question = answer["next_question"]
    if question:
        yield f"  ? {question['question'][language]}"


def _match(item: Any, language: Language) -> Iterator[str]:
    offer = item["offer"]
    yield ""
    yield f"- {offer['title'][language]} ({offer['provider']})"
    yield f"  {item['sentence'][language]}; score {item['score']:.2f}"
    yield from _reasons(item["reasons"], language, "  ")
    for option in item["options"]:
        yield from _option(option, language)


def _option(option: Any, language: Language) -> Iterator[str]:
    name = option["name"][language] if option["name"] else "-"
    amount = option["amount"]
    asked = f", {amount['low']:,.0f} {amount['unit']}" if amount else ""
    yield f"    * {name}: {option['verdict']}{asked}"
    # What remains to be confirmed is told once, with the offer.
    yield from _reasons({**option["reasons"], "passing": (), "conditions": ()}, language, "      ")


def _reasons(reasons: Any, language: Language, indent: str) -> Iterator[str]:
    signs = (("passing", "+"), ("failing", "-"), ("unknown", "?"))
    for name, sign in signs:
        for reason in reasons[name]:
            yield _wrapped(f"{sign} {reason['sentence'][language]}", indent)
    for condition in reasons["conditions"]:
        yield _wrapped(f"~ {condition[language]}", indent)


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
