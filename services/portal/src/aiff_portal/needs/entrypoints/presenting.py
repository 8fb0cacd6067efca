"""The values of the templates of a need: all words chosen, all fields filled."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiff_portal.api.domain import Document
from aiff_portal.needs.domain.answered.match_words import ANSWERS, CRITERIA, REASON_NAMES
from aiff_portal.needs.domain.answered.matches import Answers, counted, effect_of
from aiff_portal.needs.domain.asking.fields import fields_for
from aiff_portal.needs.domain.asking.form_words import FORM, STEP_HELP, STEP_TITLES
from aiff_portal.needs.domain.asking.forms import FieldView, answer_lines, asked_views, field_views
from aiff_portal.needs.domain.asking.state import HEAVIEST, REASONS, WEIGHED, State
from aiff_portal.needs.domain.asking.steps import Step
from aiff_portal.needs.domain.saying import COLON, say
from aiff_portal.ui.domain.formats import FORMATS
from aiff_portal.ui.domain.language import Language, in_language

Values = Mapping[str, Any]
_LIKELY = ("eligible", "to_confirm", "unknown")


class NeedPresenting:
    """Presents steps and answers in one language."""

    def __init__(self, language: Language) -> None:
        """Prepare the words."""
        self.formats = FORMATS[language]
        self.home = f"/{language}/"
        self._form = in_language(FORM, language)
        self._answers = in_language(ANSWERS, language)

    def framed(self, state: State, *carried: tuple[str, str]) -> dict[str, Any]:
        """Return what every page of a need has; `carried` says which page it is."""
        return {
            "form": self._form,
            "carried": tuple(state.pairs()),
            "again": (*state.pairs(), *carried),
        }

    def faults(self, fields: Iterable[FieldView]) -> list[dict[str, str]]:
        """Return the list of faults that stands above a form, each leading to its field."""
        return [
            {"name": one.name, "label": f"{one.label}{COLON[self.formats.language]}{one.fault}"}
            for one in fields
            if one.fault
        ]

    def hidden(self, answer: Document) -> list[tuple[int, str | None]]:
        """Return how many offers an answer leaves out, and why."""
        return [(one["count"], self.formats.text(one["sentence"])) for one in answer["hidden"]]

    def step(self, step: Step, state: State, faulty: Sequence[str] = ()) -> Values:
        """Return the values of a screen with questions."""
        fields = (
            asked_views(state.asked, state, self.formats)
            if step.name == "last" and not faulty
            else field_views(step.fields, state, self.formats, faulty)
        )
        return {
            **self.framed(state, ("step", step.name), ("asked", state.asked)),
            "step": step,
            "title": say(STEP_TITLES[step.name], self.formats),
            "help": say(STEP_HELP[step.name], self.formats),
            "fields": fields,
            "faults": self.faults(fields),
            "unseen": tuple(state.pairs(step.fields)),
            "asked_attribute": state.asked,
        }

    def answers(self, answer: Document, state: State, opened: str) -> Values:
        """Return the values of the result."""
        groups = Answers(self.formats, self.home).groups(answer, state, opened)
        counts, asked = answer["counts"], answer["next_question"]
        names = fields_for(asked["attribute"]) if asked else ()
        return {
            **self.framed(state, ("show", opened)),
            "say": self._answers,
            "groups": groups,
            "count": self.formats.number(sum(counts.values())),
            "beyond": sum(counts.values()) > len(answer["items"]),
            "nothing": not any(counts[verdict] for verdict in _LIKELY),
            "lines": answer_lines(state, self.formats),
            "question": asked,
            "question_fields": asked_views(asked["attribute"], state, self.formats)
            if asked
            else (),
            "question_unseen": tuple(state.pairs(names)),
            "before": counted(counts),
            "effects": effect_of(state.before, counts, self.formats),
            "answered": bool(state.before),
            "weights": self._weights(answer["weights"]),
            "weights_unseen": tuple(_unweighed(state.pairs())),
            "heaviest": HEAVIEST,
            "reasons": [(code, say(REASON_NAMES[code], self.formats)) for code in REASONS],
            "aside": self._aside(answer, state),
            "kinds": state.kinds,
            "hidden": self.hidden(answer),
            "degraded": answer["degraded"],
        }

    def _weights(self, weights: Mapping[str, float]) -> list[dict[str, Any]]:
        return [
            {
                "name": f"weight_{name}",
                "label": say(CRITERIA[name], self.formats),
                "value": {
                    "number": f"{min(weights[name], HEAVIEST):g}",
                    "words": self.formats.number(weights[name]),
                },
            }
            for name in WEIGHED
        ]

    def _aside(self, answer: Document, state: State) -> list[tuple[str, str, str]]:
        titles = {
            item["offer"]["slug"]: self.formats.text(item["offer"]["title"])
            for item in answer["items"]
        }
        return [
            (slug, titles.get(slug) or slug, say(REASON_NAMES[reason], self.formats))
            for slug, reason in state.aside.items()
        ]


def _unweighed(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return (pair for pair in pairs if not pair[0].startswith("weight_"))
