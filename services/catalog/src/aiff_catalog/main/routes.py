"""The routes of all capabilities."""

from aiff_catalog.exchange.entrypoints.http import changes, exports, feeds
from aiff_catalog.imports.entrypoints.http import imports, mappings
from aiff_catalog.offers.entrypoints.http import (
    comparing,
    history,
    lists,
    organisations,
    reading,
    writing,
)
from aiff_catalog.partners.entrypoints.http import policies
from aiff_catalog.partners.entrypoints.http import writing as partner_writing
from aiff_catalog.quality.entrypoints.http import duplicates, reports, similar, work_list
from aiff_catalog.reviews.entrypoints.http import publication, queue, submission
from aiff_catalog.search.entrypoints.http import searching
from aiff_catalog.statistics import entrypoints as statistics
from aiff_catalog.vocabularies.entrypoints.http import editing, previews, territories
from aiff_catalog.vocabularies.entrypoints.http import reading as vocabularies

# Searching comes before reading: /search is no slug.
_ROUTERS = tuple(
    module.router
    for module in (
        searching,
        writing,
        submission,
        partner_writing,
        publication,
        duplicates,
        similar,
        work_list,
        reports,
        statistics,
        history,
        comparing,
        reading,
        lists,
        queue,
        organisations,
        policies,
        imports,
        mappings,
        vocabularies,
        territories,
        editing,
        previews,
        changes,
        exports,
        feeds,
    )
)
ROUTERS = (*_ROUTERS, history.texts)
