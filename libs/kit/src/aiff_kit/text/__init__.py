"""One way to read texts, for search, matching, names and marks: words, stems, spellings."""

from aiff_kit.text.documents import Texts, passage
from aiff_kit.text.folding import folded, readable
from aiff_kit.text.questions import (
    AskedWord,
    Question,
    QuestionReader,
    has_meaning,
    terms_in,
    terms_of,
)
from aiff_kit.text.spelling import Lexicon, edit_distance
from aiff_kit.text.titles import Naming, marks_of, namings_of
from aiff_kit.text.words import (
    Word,
    asked_words,
    is_stop_word,
    parts_of,
    words_in,
    words_of,
    written_words,
)

__all__ = [
    "AskedWord",
    "Lexicon",
    "Naming",
    "Question",
    "QuestionReader",
    "Texts",
    "Word",
    "asked_words",
    "edit_distance",
    "folded",
    "has_meaning",
    "is_stop_word",
    "marks_of",
    "namings_of",
    "parts_of",
    "passage",
    "readable",
    "terms_in",
    "terms_of",
    "words_in",
    "words_of",
    "written_words",
]
