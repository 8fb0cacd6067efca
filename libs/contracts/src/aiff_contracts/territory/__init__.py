"""Territories as a hierarchy: Union > country > region > department > commune.

Codes follow the French official geography (INSEE COG) with its level prefix (`REG-11`,
`DEP-75`, `COM-75056`) inside France and ISO 3166-1 for countries; `EU` is the Union. ISO
3166-2 and NUTS codes in force and former ones are accepted as other names, former communes lead
to the commune in force. A region contains its departments, a country its regions, the Union its
members: an offer for the whole is an offer for the part. Overseas collectivities carry the
numbers that they have beside the departments (`DEP-978`), and lie in France.
"""

from aiff_contracts.territory.finding import find
from aiff_contracts.territory.hierarchy import (
    ancestry,
    canonical_or_none,
    contains,
    name_of,
    names_of,
    parent_of,
    postal_codes_of,
    territory,
)
from aiff_contracts.territory.places import (
    COUNTRY_CODES,
    FORMERLY_IN,
    GROUPS,
    METROPOLIS,
    TERRITORIES,
    Territory,
)
from aiff_contracts.territory.reading import canonical
from aiff_contracts.territory.tables import INTERCOMMUNALITIES, METROPOLIS_GROUP

__all__ = [
    "COUNTRY_CODES",
    "FORMERLY_IN",
    "GROUPS",
    "INTERCOMMUNALITIES",
    "METROPOLIS",
    "METROPOLIS_GROUP",
    "TERRITORIES",
    "Territory",
    "ancestry",
    "canonical",
    "canonical_or_none",
    "contains",
    "find",
    "name_of",
    "names_of",
    "parent_of",
    "postal_codes_of",
    "territory",
]
