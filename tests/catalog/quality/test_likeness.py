"""Which pairs a curator should look at: judged pairs, and the whole real catalogue."""

import itertools

import numpy as np
import pytest
from tests.catalog.real_documents import stored_documents
from tests.catalog.support import both, content

from aiff_catalog.quality.domain.likeness import likeness
from aiff_contracts.codec import parse_json
from aiff_contracts.offer import OfferDocument
from aiff_kit.embeddings import vectors_of
from aiff_kit.encoder import sentence_encoder

PAGE = "https://www.genci.fr/acces"
SAME_MEANING, OTHER_MEANING = 0.93, 0.6


def offer(title="Accès dynamique aux GPU", kind="training", url=PAGE, provider="genci"):
    organisations = [{"organisation": provider, "role": "provider"}]
    return content("acces", kind, title=both(title), url=url, organisations=organisations)


JUDGED = [
    (offer(), SAME_MEANING, True),
    (offer(url=f"{PAGE}/?utm_source=mail#top"), SAME_MEANING, True),
    (offer(url="https://portail.example/offres/12"), SAME_MEANING, True),
    (offer(url=None), SAME_MEANING, True),
    (offer(url=None), None, True),
    (offer("Accès dynamique aux GPU (GENCI)"), SAME_MEANING, True),
    (offer("Acces dynamique au GPU"), SAME_MEANING, True),
    (offer("GPU : accès dynamique aux"), SAME_MEANING, True),
    (offer(provider="inria"), SAME_MEANING, True),
    (offer("Accès régulier aux GPU"), OTHER_MEANING, False),
    (offer("Accès dynamique aux GPU 2027"), SAME_MEANING, False),
    (offer("Accès dynamique aux GPU, 8 H100"), SAME_MEANING, False),
    (offer("Formation à Slurm"), OTHER_MEANING, False),
    (offer(kind="incubation"), SAME_MEANING, False),
    (offer(url="https://genci.fr/autre"), OTHER_MEANING, False),
]


@pytest.mark.parametrize(("other", "cosine", "probable"), JUDGED)
def test_judged_pairs_are_told_apart(other, cosine, probable):
    assert likeness(offer(), other, cosine).is_probable is probable
    assert likeness(other, offer(), cosine).is_probable is probable


def test_the_score_is_the_weighted_sum_of_the_known_parts():
    found = likeness(offer(), offer(url=None), None)
    known = [part for part in found.parts if part.value is not None]
    assert [part.name for part in known] == ["title", "provider"]
    assert found.score == 1.0
    assert {part.said.fr for part in found.parts} >= {"L'une n'a pas de page web."}


def test_unknown_is_neither_likeness_nor_difference():
    titles = offer("Accès dynamique au calcul")
    with_page = likeness(offer(url=None), titles, None).score
    assert likeness(offer(), titles, None).score > with_page
    same_site = offer("Accès dynamique au calcul", url="https://genci.fr/autre")
    assert likeness(offer(), same_site, None).score < with_page


@pytest.mark.no_cover
def test_no_two_offers_of_the_real_catalogue_are_taken_for_one():
    documents = [parse_json(OfferDocument, one) for one in stored_documents()]
    alike = [
        (one, other)
        for one, other in itertools.combinations(documents, 2)
        if likeness(one, other, SAME_MEANING).is_probable
    ]
    assert len(alike) > 3
    texts = {one.id: one for pair in alike for one in pair}
    passages = [(_passage(one, "fr"), _passage(one, "en")) for one in texts.values()]
    vectors = dict(zip(texts, vectors_of(passages, sentence_encoder()), strict=True))
    taken = [
        (one.slug, other.slug)
        for one, other in alike
        if likeness(one, other, float(np.dot(vectors[one.id], vectors[other.id]))).is_probable
    ]
    assert taken == []


def _passage(one, language):
    said = (getattr(text, language) for text in (one.title, one.summary))
    return f"{'. '.join(said)} {', '.join(one.keywords)}"
