"""The words of the layout, in French and in English."""

from dataclasses import dataclass

from aiff_portal.ui.domain.language import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the layout says around a page."""

    skip: str
    navigation: str
    other_language: str
    documentation: str
    footer: str


WORDS: dict[Language, Words] = {
    "fr": Words(
        skip="Aller au contenu",
        navigation="Principale",
        other_language="English",
        documentation="Documentation de l'API",
        footer="AI Factory France : catalogue de services et mise en relation.",
    ),
    "en": Words(
        skip="Skip to content",
        navigation="Main",
        other_language="Français",
        documentation="API documentation",
        footer="AI Factory France: service catalogue and matchmaking.",
    ),
}
