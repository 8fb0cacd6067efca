"""The values of the page of a check: questions filled, the verdict in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiff_portal.api.domain import Document
from aiff_portal.checks.domain.questions import first_questions
from aiff_portal.checks.domain.words import CHECK
from aiff_portal.needs.domain.answered.match_words import VERDICT_NAMES, VERDICT_TONES
from aiff_portal.needs.domain.answered.matches import Answers
from aiff_portal.needs.domain.asking.fields import fields_for
from aiff_portal.needs.domain.asking.forms import FieldView, asked_views, field_views
from aiff_portal.needs.domain.asking.state import State
from aiff_portal.ui.domain.formats import FORMATS
from aiff_portal.ui.domain.language import LANGUAGES, Language, in_language

Values = Mapping[str, Any]


class CheckPresenting:
    """Presents a check in one language."""

    def __init__(self, language: Language) -> None:
        """Prepare the words."""
        self._place = LANGUAGES.index(language)
        self._formats, self._home = FORMATS[language], f"/{language}/"
        self._words = in_language(CHECK, language)

    def asking(self, offer: Document, state: State, faulty: Sequence[str] = ()) -> Values:
        """Return the values of the first questions, or of those that have to be answered anew."""
        asked = first_questions(offer)
        names = dict.fromkeys(name for one in asked for name in fields_for(one))
        shown = field_views((*names, *(one for one in faulty if one not in names)), state,
                            self._formats, faulty)  # fmt: skip
        fields = shown if faulty else self._in_the_engine_s_words(asked, state)
        return self._framed(offer, state, fields)

    def judged(self, offer: Document, state: State, answer: Document) -> Values:
        """Return the values of the verdict, with the question that it depends on next."""
        following = answer["next_question"]
        asked = following["attribute"] if following else ""
        first = asked_views(asked, state, self._formats) if asked else ()
        known = {field.name for field in first}
        given = field_views(
            (name for name in state.answers if name not in known), state, self._formats
        )
        groups = Answers(self._formats, self._home).groups(answer, state, "")
        return {
            **self._framed(offer, state, given),
            "following": first,
            "group": groups[0] if groups else None,
            "match": groups[0].matches[0] if groups else None,
            "ways": self._ways(answer["items"]),
            "hidden": [self._formats.text(one["sentence"]) for one in answer["hidden"]],
        }

    def _in_the_engine_s_words(self, asked: Sequence[str], state: State) -> tuple[FieldView, ...]:
        return tuple(view for one in asked for view in asked_views(one, state, self._formats))

    def _framed(self, offer: Document, state: State, fields: Sequence[FieldView]) -> Values:
        shown = {field.name for field in fields}
        return {
            "say": self._words,
            "form": {"unknown": self._words["unknown"]},
            "slug": offer["slug"],
            "kind": offer["kind"],
            "title": self._formats.text(offer["title"]),
            "fields": fields,
            "faults": [
                {"name": one.name, "label": f"{one.label} {one.fault}"}
                for one in fields
                if one.fault
            ],
            "unseen": [pair for pair in state.pairs() if pair[0] not in shown],
            "group": None,
            "following": (),
            "hidden": (),
        }

    def _ways(self, items: Sequence[Document]) -> list[tuple[str, str, str]]:
        """Return the access modes of the offer, each with its own verdict."""
        options = [option for item in items for option in item["options"] if option["name"]]
        return [
            (
                self._formats.text(option["name"]) or "",
                VERDICT_NAMES[option["verdict"]][self._place],
                VERDICT_TONES[option["verdict"]],
            )
            for option in options
        ]
