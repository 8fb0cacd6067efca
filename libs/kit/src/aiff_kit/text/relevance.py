"""How well texts answer a question: one formula, whoever computes it.

Words: BM25 (Robertson and Zaragoza 2009, with the idf of Lucene) over the stems of a text, each
counted by where it stands. The constants are those of Lucene and tantivy. Meaning: the cosine of
sentence vectors. Both are stretched to [0, 1] over what is compared (the best by words has 1 and
what has none of them 0; the nearest has 1 and what is at or beyond `FARTHEST` 0) and added by
their shares. On top of that comes what titles say: a title gets `TITLED` times
the share of what the question tells (by the idf of its words) that it holds, `IN_SHORT` times the
share of its own words that the question says (a title that says more is of something else too),
`NAMED` where it holds all words, `SAME_MODEL` where it holds all models (as `H100`) of the
question, and `NAMED_WHOLLY` where it is the question.

The constants were chosen on the searches and needs at even places of `bench/judged`.
"""

SATURATION = 1.2
LENGTH_NORMALISATION = 0.75
WORDS_SHARE = 0.6
FARTHEST = 0.05
TITLED = 0.2
IN_SHORT = 0.25
NAMED = 0.2
SAME_MODEL = 0.6
NAMED_WHOLLY = 1.0
