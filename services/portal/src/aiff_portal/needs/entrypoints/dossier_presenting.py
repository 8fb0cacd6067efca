"""The values of the pages of dossiers."""

from collections.abc import Mapping
from typing import Any

from aiff_portal.api.domain import Document
from aiff_portal.needs.domain.answered.dossier_words import DOSSIER
from aiff_portal.needs.domain.answered.dossiers import Dossiers, answerable, answered
from aiff_portal.needs.domain.asking.forms import field_views
from aiff_portal.needs.domain.asking.state import State
from aiff_portal.needs.entrypoints.presenting import NeedPresenting
from aiff_portal.ui.domain.language import in_language

Values = Mapping[str, Any]


def programmes_values(programmes: Document, state: State, presenting: NeedPresenting) -> Values:
    """Return the values of the page on which a programme is chosen."""
    dossiers = Dossiers(presenting.formats, presenting.home)
    return {
        **presenting.framed(state),
        "say": in_language(DOSSIER, presenting.formats.language),
        "programmes": [dossiers.programme(one) for one in programmes["items"]],
    }


def dossier_values(dossier: Document, state: State, presenting: NeedPresenting) -> Values:
    """Return the values of the page of a dossier."""
    formats, names = presenting.formats, answerable(dossier)
    dossiers = Dossiers(formats, presenting.home)
    words = in_language(DOSSIER, formats.language)
    programme = dossiers.programme(dossier["programme"])
    return {
        **presenting.framed(state, ("programme", programme.slug)),
        "say": words,
        "programme": programme,
        "sections": dossiers.sections(dossier),
        "sources": dossiers.sources(dossier),
        "undemanded": all(one["required"] == "unknown" for one in dossier["questions"]),
        "documents": dossiers.documents(dossier),
        "progress": words["filled"].format(
            filled=answered(dossier), count=len(dossier["questions"])
        ),
        "fields": field_views(names, state, formats),
        "unseen": tuple(state.pairs(names)),
    }
