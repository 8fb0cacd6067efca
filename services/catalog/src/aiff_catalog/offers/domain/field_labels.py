"""What the fields of an offer are called when a person reads a difference or a fault."""

from collections.abc import Mapping

from aiff_contracts.labels import SUPPORT

# One line a field name: name | French | English. The same name means the same thing everywhere.
_TABLE = """
access|accès|access
access_modes|modes d'accès|access modes
active_parameters_b|paramètres actifs (milliards)|active parameters (billions)
after|à compter de|counted from
aid_families|familles d'aides|families of aid
aid_level|niveau de l'aide|level of the aid
amount|montant|amount
as_of|état au|as of
at|heure|time
attribute|critère|attribute
audience|publics|audience
availability|disponibilité|availability
basis|base|basis
capped_by_own_equity|plafonné par les fonds propres|capped by own equity
certificate|certificat|certificate
certifications|certifications|certifications
checked_at|vérifié le|checked on
chosen|valeur retenue|chosen value
claims|valeurs divergentes|conflicting values
closes|clôture|closes
cohort_size|taille de la promotion|cohort size
cohorts|promotions|cohorts
components|composantes|components
conditions|conditions|conditions
confidence|fiabilité|confidence
contact|contact|contact
count|nombre|count
countries|pays|countries
covers_gpu|couvre les GPU|covers GPUs
cpu_architecture|architecture du processeur|CPU architecture
credits_exclude|exclu des crédits|excluded from credits
currency|devise|currency
cut_offs|dates de relève|cut-offs
data_locations|localisation des données|data locations
de_minimis|de minimis|de minimis
decision_delay|délai de décision|delay of the decision
delay|délai|delay
description|description|description
details|détails|details
device_memory_gb|mémoire par périphérique (Go)|memory per device (GB)
devices_per_gpu|périphériques par GPU|devices per GPU
dilution|dilution|dilution
duration_hours|durée (heures)|duration (hours)
duration_months|durée (mois)|duration (months)
duration_weeks|durée (semaines)|duration (weeks)
durations_months|durées possibles (mois)|possible durations (months)
earliest|au plus tôt|earliest
eligibility|éligibilité|eligibility
email|adresse électronique|e-mail
en|anglais|English
end_user_restrictions|restrictions d'usage final|end-user restrictions
ends|fin|ends
engineer_hours|heures d'ingénieur|engineer hours
equity|prise de participation|equity
evidence_url|preuve|evidence
excludes|incompatible avec|excludes
expected|prévision|expected
expires_at|expire le|expires
fees|frais|fees
field|champ|field
fields|champs|fields
formats|formats|formats
fr|français|French
full_cut_offs|dates de relève du dossier complet|cut-offs of the full step
gpu|GPU|GPU
gpus|nombre de GPU|number of GPUs
granted_within_months|accordée depuis (mois au plus)|granted within (months)
hands_on|travaux pratiques|hands-on
id|identifiant|identifier
in_kind_credits|crédits en nature|in-kind credits
instrument|instrument|instrument
intake|calendrier de candidature|intake
interconnect|réseau d'interconnexion|interconnect
interest_rate|taux d'intérêt|interest rate
joint_gpus_maximum|GPU réunis au plus|joint GPUs at most
joint_gpus_minimum|GPU réunis au moins|joint GPUs at least
keywords|mots-clés|keywords
kind|type|kind
label|libellé|label
label_en|libellé anglais|English label
label_fr|libellé français|French label
language|langue|language
largest_job_gpus|plus grand calcul (GPU)|largest job (GPUs)
levels|niveaux|levels
licence|licence|licence
limit|limite|limit
location|lieu|location
max_cumulated_rate|taux d'aide cumulé maximal|maximum cumulated aid rate
maximum|maximum|maximum
members|membres|members
memory_gb|mémoire (Go)|memory (GB)
minimum|minimum|minimum
modality|modalité|modality
model|modèle|model
name|nom|name
nature|nature|nature
needs_prior|aide préalable requise|needs a prior aid
network|type de réseau|kind of network
nodes|nœuds|nodes
non_eu_law_exposure|exposition à un droit extra-européen|exposure to non-EU law
note|note|note
observed_at|observé le|observed at
offer|offre|offer
on|date|date
once_per_beneficiary|une fois par bénéficiaire|once per beneficiary
op|comparaison|comparison
open_ended|sans fin fixée|open-ended
open_to_all|ouvert à tous|open to all
opens|ouverture|opens
operator_hq|siège de l'opérateur|operator's seat
operator_type|type d'opérateur|type of operator
organisation|organisme|organisation
outside|hors de|outside
organisations|organismes|organisations
parameters_b|paramètres (milliards)|parameters (billions)
partition|partition|partition
pays_founder|rémunère le porteur|pays the founder
peak|performance de crête|peak performance
per_node|par nœud|per node
percent|pourcentage|percentage
period|période|period
permitted_use|usages permis|permitted use
phone|téléphone|telephone
place|lieu|place
prerequisites|prérequis|prerequisites
pricing|tarif|pricing
programme|programme|programme
project_cost_maximum|coût de projet maximal|maximum project cost
project_cost_minimum|coût de projet minimal|minimum project cost
queue_hours|attente (heures)|queue (hours)
quota_scope|portée du quota|scope of the quota
rate|taux|rate
recurring|récurrent|recurring
region|région|region
regions|régions|regions
remaining|places restantes|remaining
renewable|renouvelable|renewable
required_documents|pièces à fournir|required documents
resource|type de ressource|kind of resource
review_by|à revoir avant le|review by
role|rôle|role
rows|lignes|rows
rule|règle|rule
rules|règles|rules
scheme|référentiel|scheme
scope|périmètre|scope
seal_level|niveau SEAL|SEAL level
seats|places|seats
seats_left|places restantes|seats left
sector|secteur|sector
sectors|secteurs|sectors
selection|sélection|selection
service|service|service
sessions|sessions|sessions
shape|forme du calendrier|shape of the intake
share|part|share
since|depuis le|since
size|taille|size
slug|nom d'adresse|slug
source|source|source
sources|sources|sources
sovereignty|souveraineté|sovereignty
stack|pile logicielle|software stack
stacking|règles de cumul|stacking rules
stages|stades|stages
starts|début|starts
state|état|state
status|statut|status
summary|résumé|summary
support|accompagnement|support
system|système|system
systems|systèmes|systems
tax|taxe|tax
terms|conditions d'accès et d'usage|terms of access and use
territories|territoires|territories
text|texte|text
timezone|fuseau horaire|time zone
title|titre|title
topics|sujets|topics
trl_maximum|TRL maximal|maximum TRL
trl_minimum|TRL minimal|minimum TRL
type|type|type
ultimate_owner|actionnaire ultime|ultimate owner
unbounded|sans plafond|unbounded
unit|unité|unit
url|adresse web|web address
valid_from|valable du|valid from
valid_to|valable jusqu'au|valid to
value|valeur|value
vendor|fabricant|vendor
verified_at|vérifié le|verified on
verified_by|vérifié par|verified by
version|version|version
wave|vague|wave
waves|vagues|waves
window|période de candidature|application window
"""


def _read(table: str) -> Mapping[str, Mapping[str, str]]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return {name: {"fr": french, "en": english} for name, french, english in rows}


LABELS = {
    **_read(_TABLE),
    **{name: {"fr": french, "en": english} for name, (french, english) in SUPPORT.items()},
}
_WHOLE = {"fr": "texte entier", "en": "whole text"}


def label_of(pointer: str, language: str) -> str:
    """Return what a field is called, from its JSON pointer; items of lists are counted from 1."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    if not parts:
        return _WHOLE[language]
    # "Details" is a box of the data model, not something that a reader knows.
    told = parts[1:] if parts[0] == "details" and len(parts) > 1 else parts
    return " / ".join(_said(part, language) for part in told)


def _said(part: str, language: str) -> str:
    if part.isdigit():
        return str(int(part) + 1)
    return LABELS[part][language] if part in LABELS else part
