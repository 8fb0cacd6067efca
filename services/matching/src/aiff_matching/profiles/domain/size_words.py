"""How a company's size class came about, in sentences."""

from collections.abc import Iterator
from math import inf

from aiff_contracts.offer import Text
from aiff_matching.profiles.domain.enterprises import (
    PUBLIC_CONTROL,
    Enterprise,
    public_share,
)
from aiff_matching.profiles.domain.sizes import Size
from aiff_matching.profiles.domain.wording import measure_text
from aiff_matching.shared.bilingual import text
from aiff_matching.shared.intervals import Between

_NOTHING_SAID = text(
    "Comptée comme entreprise autonome, car aucune entreprise liée ou partenaire n'est indiquée",
    "Counted as an autonomous enterprise, as no linked or partner enterprise is stated",
)
_AUTONOMOUS = text(
    "Entreprise autonome : ni entreprise liée, ni entreprise partenaire",
    "Autonomous enterprise: neither linked nor partner enterprises",
)
_ONE_YEAR = text(
    "Un seul exercice est indiqué : la classe vaut si l'exercice précédent donne la même",
    "One year is stated: the class holds if the year before gives the same",
)
_TWO_YEARS = text(
    "Un seuil n'est franchi qu'après deux exercices de suite de l'autre côté",
    "A ceiling is passed only after two consecutive years on its other side",
)


def size_sentences(size: Size) -> tuple[Text, ...]:
    """Return the steps from the answers to the size class, in order."""
    return tuple(_steps(size))


def _steps(size: Size) -> Iterator[Text]:
    if size.enterprises:
        yield from map(_counted, size.enterprises)
    else:
        yield _NOTHING_SAID if size.enterprises is None else _AUTONOMOUS
    totals = size.totals
    for span, unit, french, english in (
        (totals.headcount, "people", "Effectif retenu", "Headcount that counts"),
        (totals.turnover, "EUR", "Chiffre d'affaires retenu", "Turnover that counts"),
        (totals.balance, "EUR", "Total du bilan retenu", "Balance sheet total that counts"),
    ):
        amount = _amount(span, unit)
        yield text(f"{french} : {amount.fr}", f"{english}: {amount.en}")
    if public_share(size.enterprises or ()).high >= PUBLIC_CONTROL:
        yield _public(size)
    yield _ONE_YEAR if size.years == 1 else _TWO_YEARS


def _amount(span: Between, unit: str) -> Text:
    if span == Between(0, inf):
        return text("non connu", "not known")
    return measure_text(span, unit)


def _counted(entry: Enterprise) -> Text:
    name = f" {entry.name}" if entry.name else ""
    share = measure_text(entry.held, "share")
    match entry.relation:
        case "linked":
            return text(
                f"Entreprise liée{name} : comptée à 100 %",
                f"Linked enterprise{name}: counted whole",
            )
        case "partner":
            return text(
                f"Entreprise partenaire{name} : comptée au prorata, {share.fr}",
                f"Partner enterprise{name}: counted pro rata, {share.en}",
            )
        case "investor":
            return text(
                f"Investisseur{name} : non compté, jusqu'à 50 % du capital",
                f"Investor{name}: not counted, up to 50% of the capital",
            )
        case "public_body":
            return text(f"Organisme public{name} : {share.fr}", f"Public body{name}: {share.en}")


def _public(size: Size) -> Text:
    held = measure_text(public_share(size.enterprises or ()), "share")
    return text(
        f"Détention publique de {held.fr} : à partir de 25 %, l'entreprise n'est pas une PME",
        f"Public bodies hold {held.en}: from 25% on, the enterprise is not an SME",
    )
