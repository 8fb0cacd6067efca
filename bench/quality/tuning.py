"""What other weights of the order would give: `python -m bench.quality.tuning`.

Only the even half of each set is read. `python -m bench.quality.tuning text=8 verdict=2` starts
from other weights than those in use.
"""

import sys
from collections.abc import Iterator, Mapping
from statistics import mean

from aiff_matching.answers.domain.ranking import DEFAULT_WEIGHTS
from bench.quality.judged import MIXED, RESOURCES, STRUCTURED, WORDS, judged
from bench.quality.orders import Orders

_THEMES = (WORDS, STRUCTURED, MIXED, RESOURCES)
_FACTORS = (0.0, 0.5, 2.0)
_SILENT = frozenset(("ratings", "history", "exposure"))


def main(changes: list[str]) -> None:
    """Print the figures with the weights in use, then with each of them changed by itself."""
    given = (change.split("=") for change in changes)
    weights = DEFAULT_WEIGHTS | {name: float(value) for name, value in given}
    orders = Orders()
    print(f"{'weights':<24}{''.join(f'{theme:>20}' for theme in _THEMES)}")
    for title, tried in _tried(weights):
        figures = "".join(f"{_ndcg(orders, theme, tried):>20.4f}" for theme in _THEMES)
        print(f"{title:<24}{figures}", flush=True)


def _tried(weights: Mapping[str, float]) -> Iterator[tuple[str, Mapping[str, float]]]:
    yield "as given", weights
    for name, weight in weights.items():
        if name not in _SILENT:
            for factor in _FACTORS:
                yield f"{name} x {factor:g}", {**weights, name: weight * factor}


def _ndcg(orders: Orders, theme: str, weights: Mapping[str, float]) -> float:
    return mean(need.ndcg(orders.answered(need, weights)) for need in judged(theme)[0::2])


if __name__ == "__main__":
    main(sys.argv[1:])
