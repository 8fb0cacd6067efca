"""Extreme mappings and vocabularies: each is taken and used, or refused with a reason."""

import json

import pytest
from tests.catalog.support import CURATOR, PARTNER
from tests.hostile import HOW_MANY, Hostile

from aiff_catalog.imports.domain.column_mapping import ColumnMapping
from aiff_contracts.codec import MOST_TOLD, Faults, dump, parse
from aiff_contracts.sparing import LEFT_OUT
from aiff_contracts.vocabulary import VocabularyEntry

REAL = parse(
    ColumnMapping,
    {
        "external_id": "ref",
        "columns": {
            "titre": [{"to": "/title/fr"}, {"to": "/title/en"}],
            "mots": {"to": "/keywords", "type": "list", "separator": ";"},
            "fin": {"to": "/intake/window/closes/on", "type": "date"},
        },
        "constants": {"/details/kind": "funding"},
    },
)
ENTRY = parse(
    VocabularyEntry,
    {"code": "llm", "label": {"fr": "grand modèle", "en": "large model"}, "source": "Cap Digital"},
)
TABLE = "ref,titre,mots,fin\nA-1,Un,a;b,30/11/2027\nA-2,=1+1,,31/12/9999\n"


@pytest.mark.no_cover
def test_a_mapping_is_stored_read_back_and_used(place):
    headers = {"Content-Type": "text/csv"}
    for number, mapping in enumerate(Hostile(ColumnMapping, 24).objects([REAL], HOW_MANY // 2)):
        address = f"/v1/partners/genci/mappings/m{number}"
        stored = place.client.put(
            address, json=dump(mapping), headers=place.as_(PARTNER, If_Match='"0"')
        )
        assert stored.status_code in {200, 400, 422}, stored.text
        if stored.status_code != 200:
            continue
        told = {"partner": "genci", "source": f"m{number}"}
        sent = place.client.post(
            "/v1/imports", params=told, content=TABLE, headers={**place.as_(PARTNER), **headers}
        )
        assert sent.status_code in {202, 409, 422, 429}, sent.text
        while place.catalog.imports.job.step():
            pass
        if sent.status_code == 202:
            seen = place.client.get(sent.headers["Location"], headers=place.as_(PARTNER)).json()
            assert seen["state"] in {"previewed", "refused"}
            assert "fault of the catalogue" not in json.dumps(seen)
            ended = f"/v1/imports/{seen['id']}/cancel"
            place.client.post(ended, headers=place.as_(PARTNER))


@pytest.mark.no_cover
def test_a_vocabulary_is_drafted_and_previewed(place):
    LEFT_OUT.clear()
    entries = [*Hostile(VocabularyEntry, 25).objects([ENTRY], HOW_MANY)]
    headers = place.as_(CURATOR, If_Match="*")
    for some in (entries[:1], entries[1:4], entries):
        body = {"entries": [dump(one) for one in some]}
        drafted = place.client.put(
            "/v1/vocabularies/search_synonyms/draft", json=body, headers=headers
        )
        assert drafted.status_code in {200, 422}, drafted.text
        seen = place.client.post(
            "/v1/vocabularies/search_synonyms/preview", json=body, headers=place.as_(CURATOR)
        )
        assert seen.status_code in {200, 422}, seen.text
    assert LEFT_OUT == {}


def test_a_mapping_with_a_field_filled_a_thousand_times_is_refused_in_short():
    columns = {f"c{n}": [{"to": f"/keywords/{m}"} for m in range(20)] for n in range(1_000)}
    with pytest.raises(Faults) as refused:
        parse(ColumnMapping, {"columns": columns})
    assert len(refused.value.faults) <= MOST_TOLD + 1
