"""The texts of a thing that is searched for, and what is compared of them with a question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiff_kit.text.folding import readable
from aiff_kit.text.questions import terms_of
from aiff_kit.text.titles import marks_of
from aiff_kit.text.words import spellings_in, words_in, words_of

_TITLE, _KEYWORD, _NAME, _SLUG, _SUMMARY, _DESCRIPTION = 4, 3, 2, 2, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Texts by how much they tell, in any number of languages.

    `names` are those of whom and what it has to do with. What it is called by is its titles, its
    keywords, these names and the slugs, which are no way to write a word.
    """

    slugs: Sequence[str]
    titles: Sequence[str]
    keywords: Sequence[str] = ()
    names: Sequence[str] = ()
    summaries: Sequence[str] = ()
    descriptions: Sequence[str] = ()

    def terms(self) -> dict[str, int]:
        """Return its stems, each as often as it stands there, counted more in telling texts."""
        counts: dict[str, int] = {}
        slugs = ((_SLUG, slug.replace("-", " ")) for slug in self.slugs)
        for weight, text in (*slugs, *self._weighted()):
            for word in words_of(text):
                for term in terms_of(word):
                    counts[term] = counts.get(term, 0) + weight
        return counts

    def called(self) -> frozenset[str]:
        """Return the words that it is called by, folded."""
        named = (*self.titles, *self.keywords, *self.names, *self.slugs)
        return frozenset(word for text in named for word in words_in(text))

    def titled(self) -> frozenset[str]:
        """Return the marks of its titles and its slug (`aiff_kit.text.titles`)."""
        return marks_of(self.titles, self.slugs[0])

    def spellings(self) -> frozenset[tuple[str, str]]:
        """Return its words with how each is written."""
        return frozenset(pair for _, text in self._weighted() for pair in spellings_in(text))

    def _weighted(self) -> Iterator[tuple[int, str]]:
        yield from ((_TITLE, text) for text in self.titles)
        yield from ((_KEYWORD, text) for text in self.keywords)
        yield from ((_NAME, text) for text in self.names)
        yield from ((_SUMMARY, text) for text in self.summaries)
        yield from ((_DESCRIPTION, text) for text in self.descriptions)


def passage(title: str, summary: str, keywords: Sequence[str]) -> str:
    """Return what a sentence vector is made of."""
    return readable(f"{title}. {summary} {', '.join(keywords)}")
