"""The words for the codes that rules and profiles use: (French, English)."""

from collections.abc import Mapping

from aiff_contracts.sectors import SECTORS

Labels = Mapping[str, tuple[str, str]]

ORGANISATION_TYPES: Labels = {
    "startup": ("start-up", "start-up"),
    "sme": ("PME", "SME"),
    "midcap": ("ETI", "mid-cap"),
    "large": ("grande entreprise", "large company"),
    "lab": ("laboratoire", "laboratory"),
    "university": ("université ou école", "university or school"),
    "public_body": ("organisme public", "public body"),
    "association": ("association", "association"),
    "individual": ("particulier", "individual"),
    "investor": ("investisseur", "investor"),
}
COMPANY_SIZES: Labels = {
    "micro": ("microentreprise", "micro enterprise"),
    "small": ("petite entreprise", "small enterprise"),
    "medium": ("moyenne entreprise", "medium-sized enterprise"),
    "small_midcap": ("petite ETI", "small mid-cap"),
    "midcap": ("ETI", "mid-cap"),
    "large": ("grande entreprise", "large company"),
}
STAGES: Labels = {
    "any": ("tous stades", "any stage"),
    "ideation": ("idée", "ideation"),
    "feasibility": ("faisabilité", "feasibility"),
    "pre_creation": ("avant création", "before creation"),
    "prototype": ("prototype", "prototype"),
    "pre_seed": ("pré-amorçage", "pre-seed"),
    "seed": ("amorçage", "seed"),
    "research": ("recherche", "research"),
    "validation": ("validation", "validation"),
    "development": ("développement", "development"),
    "demonstration": ("démonstration", "demonstration"),
    "industrialisation": ("industrialisation", "industrialisation"),
    "series_a": ("série A", "series A"),
    "series_b": ("série B", "series B"),
    "series_c": ("série C", "series C"),
    "growth": ("croissance", "growth"),
    "scale_up": ("changement d'échelle", "scale-up"),
    "adoption": ("adoption", "adoption"),
}
PURPOSES: Labels = {
    "open_research": ("recherche ouverte", "open research"),
    "innovation": ("innovation", "innovation"),
    "production": ("production", "production"),
}
USES: Labels = {
    "civil": ("civil", "civil"),
    "dual": ("dual", "dual"),
    "defence": ("défense", "defence"),
}
# By attribute; codes of other attributes (legal form, prior aid) have no fixed words.
VALUES: Mapping[str, Labels] = {
    "organisation_type": ORGANISATION_TYPES,
    "company_size": COMPANY_SIZES,
    "stage": STAGES,
    "sectors": SECTORS,
    "purpose": PURPOSES,
    "permitted_use": USES,
}


def label_of(attribute: str, code: str) -> tuple[str, str]:
    """Return the words for a code of an attribute, the code itself where there are none."""
    return VALUES.get(attribute, {}).get(code, (code, code))
