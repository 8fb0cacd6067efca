# ruff: noqa: E501, ERA001
"""Tables of territories. Facts of INSEE's official geography (2025), ISO 3166 and NUTS 2024."""

MEMBERS = {
    "AT": "Autriche", "BE": "Belgique", "BG": "Bulgarie", "CY": "Chypre", "CZ": "Tchéquie",
    "DE": "Allemagne", "DK": "Danemark", "EE": "Estonie", "ES": "Espagne", "FI": "Finlande",
    "FR": "France", "GR": "Grèce", "HR": "Croatie", "HU": "Hongrie", "IE": "Irlande",
    "IT": "Italie", "LT": "Lituanie", "LU": "Luxembourg", "LV": "Lettonie", "MT": "Malte",
    "NL": "Pays-Bas", "PL": "Pologne", "PT": "Portugal", "RO": "Roumanie", "SE": "Suède",
    "SI": "Slovénie", "SK": "Slovaquie",
}  # fmt: skip
# Countries associated to Horizon Europe or Digital Europe.
ASSOCIATED = {
    "AL": "Albanie", "AM": "Arménie", "BA": "Bosnie-Herzégovine", "CH": "Suisse", "FO": "Îles Féroé",
    "GB": "Royaume-Uni", "GE": "Géorgie", "IL": "Israël", "IS": "Islande", "LI": "Liechtenstein",
    "MD": "Moldavie", "ME": "Monténégro", "MK": "Macédoine du Nord", "NO": "Norvège", "RS": "Serbie",
    "TN": "Tunisie", "TR": "Turquie", "UA": "Ukraine", "XK": "Kosovo",
}  # fmt: skip
OTHER_COUNTRIES = {
    "AU": "Australie", "BR": "Brésil", "CA": "Canada", "CN": "Chine", "DZ": "Algérie", "IN": "Inde",
    "JP": "Japon", "KR": "Corée du Sud", "MA": "Maroc", "NZ": "Nouvelle-Zélande", "SG": "Singapour",
    "US": "États-Unis",
}  # fmt: skip
# English names; what is not here has the same name in both languages.
ENGLISH = {
    "WORLD": "World", "EU-ASSOCIATED": "EU and associated countries", "EU": "European Union",
    "AT": "Austria", "BE": "Belgium", "BG": "Bulgaria", "CY": "Cyprus", "CZ": "Czechia",
    "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "ES": "Spain", "FI": "Finland",
    "GR": "Greece", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland", "IT": "Italy",
    "LT": "Lithuania", "LV": "Latvia", "MT": "Malta", "NL": "Netherlands", "PL": "Poland",
    "RO": "Romania", "SE": "Sweden", "SI": "Slovenia", "SK": "Slovakia",
    "AL": "Albania", "AM": "Armenia", "BA": "Bosnia and Herzegovina", "CH": "Switzerland",
    "FO": "Faroe Islands", "GB": "United Kingdom", "GE": "Georgia", "IL": "Israel",
    "IS": "Iceland", "MD": "Moldova", "MK": "North Macedonia", "NO": "Norway", "RS": "Serbia",
    "TN": "Tunisia", "TR": "Türkiye", "AU": "Australia", "BR": "Brazil", "CN": "China",
    "DZ": "Algeria", "IN": "India", "JP": "Japan", "KR": "South Korea", "MA": "Morocco",
    "NZ": "New Zealand", "SG": "Singapore", "US": "United States",
    "REG-28": "Normandy", "REG-53": "Brittany", "REG-94": "Corsica", "REG-03": "French Guiana",
    "REG-04": "Réunion", "DEP-973": "French Guiana", "DEP-974": "Réunion",
}  # fmt: skip
# number: (name, ISO 3166-2, NUTS)
REGIONS = {
    "11": ("Île-de-France", "FR-IDF", "FR1"),
    "24": ("Centre-Val de Loire", "FR-CVL", "FRB"),
    "27": ("Bourgogne-Franche-Comté", "FR-BFC", "FRC"),
    "28": ("Normandie", "FR-NOR", "FRD"),
    "32": ("Hauts-de-France", "FR-HDF", "FRE"),
    "44": ("Grand Est", "FR-GES", "FRF"),
    "52": ("Pays de la Loire", "FR-PDL", "FRG"),
    "53": ("Bretagne", "FR-BRE", "FRH"),
    "75": ("Nouvelle-Aquitaine", "FR-NAQ", "FRI"),
    "76": ("Occitanie", "FR-OCC", "FRJ"),
    "84": ("Auvergne-Rhône-Alpes", "FR-ARA", "FRK"),
    "93": ("Provence-Alpes-Côte d'Azur", "FR-PAC", "FRL"),
    "94": ("Corse", "FR-20R", "FRM"),
    "01": ("Guadeloupe", "FR-971", "FRY1"),
    "02": ("Martinique", "FR-972", "FRY2"),
    "03": ("Guyane", "FR-973", "FRY3"),
    "04": ("La Réunion", "FR-974", "FRY4"),
    "06": ("Mayotte", "FR-976", "FRY5"),
}
# number: (name, region)
DEPARTMENTS = {
    "01": ("Ain", "84"), "02": ("Aisne", "32"), "03": ("Allier", "84"),
    "04": ("Alpes-de-Haute-Provence", "93"), "05": ("Hautes-Alpes", "93"),
    "06": ("Alpes-Maritimes", "93"), "07": ("Ardèche", "84"), "08": ("Ardennes", "44"),
    "09": ("Ariège", "76"), "10": ("Aube", "44"), "11": ("Aude", "76"), "12": ("Aveyron", "76"),
    "13": ("Bouches-du-Rhône", "93"), "14": ("Calvados", "28"), "15": ("Cantal", "84"),
    "16": ("Charente", "75"), "17": ("Charente-Maritime", "75"), "18": ("Cher", "24"),
    "19": ("Corrèze", "75"), "21": ("Côte-d'Or", "27"), "22": ("Côtes-d'Armor", "53"),
    "23": ("Creuse", "75"), "24": ("Dordogne", "75"), "25": ("Doubs", "27"), "26": ("Drôme", "84"),
    "27": ("Eure", "28"), "28": ("Eure-et-Loir", "24"), "29": ("Finistère", "53"),
    "2A": ("Corse-du-Sud", "94"), "2B": ("Haute-Corse", "94"), "30": ("Gard", "76"),
    "31": ("Haute-Garonne", "76"), "32": ("Gers", "76"), "33": ("Gironde", "75"),
    "34": ("Hérault", "76"), "35": ("Ille-et-Vilaine", "53"), "36": ("Indre", "24"),
    "37": ("Indre-et-Loire", "24"), "38": ("Isère", "84"), "39": ("Jura", "27"),
    "40": ("Landes", "75"), "41": ("Loir-et-Cher", "24"), "42": ("Loire", "84"),
    "43": ("Haute-Loire", "84"), "44": ("Loire-Atlantique", "52"), "45": ("Loiret", "24"),
    "46": ("Lot", "76"), "47": ("Lot-et-Garonne", "75"), "48": ("Lozère", "76"),
    "49": ("Maine-et-Loire", "52"), "50": ("Manche", "28"), "51": ("Marne", "44"),
    "52": ("Haute-Marne", "44"), "53": ("Mayenne", "52"), "54": ("Meurthe-et-Moselle", "44"),
    "55": ("Meuse", "44"), "56": ("Morbihan", "53"), "57": ("Moselle", "44"), "58": ("Nièvre", "27"),
    "59": ("Nord", "32"), "60": ("Oise", "32"), "61": ("Orne", "28"), "62": ("Pas-de-Calais", "32"),
    "63": ("Puy-de-Dôme", "84"), "64": ("Pyrénées-Atlantiques", "75"),
    "65": ("Hautes-Pyrénées", "76"), "66": ("Pyrénées-Orientales", "76"), "67": ("Bas-Rhin", "44"),
    "68": ("Haut-Rhin", "44"), "69": ("Rhône", "84"), "70": ("Haute-Saône", "27"),
    "71": ("Saône-et-Loire", "27"), "72": ("Sarthe", "52"), "73": ("Savoie", "84"),
    "74": ("Haute-Savoie", "84"), "75": ("Paris", "11"), "76": ("Seine-Maritime", "28"),
    "77": ("Seine-et-Marne", "11"), "78": ("Yvelines", "11"), "79": ("Deux-Sèvres", "75"),
    "80": ("Somme", "32"), "81": ("Tarn", "76"), "82": ("Tarn-et-Garonne", "76"), "83": ("Var", "93"),
    "84": ("Vaucluse", "93"), "85": ("Vendée", "52"), "86": ("Vienne", "75"),
    "87": ("Haute-Vienne", "75"), "88": ("Vosges", "44"), "89": ("Yonne", "27"),
    "90": ("Territoire de Belfort", "27"), "91": ("Essonne", "11"), "92": ("Hauts-de-Seine", "11"),
    "93": ("Seine-Saint-Denis", "11"), "94": ("Val-de-Marne", "11"), "95": ("Val-d'Oise", "11"),
    "971": ("Guadeloupe", "01"), "972": ("Martinique", "02"), "973": ("Guyane", "03"),
    "974": ("La Réunion", "04"), "976": ("Mayotte", "06"),
}  # fmt: skip
# Only the NUTS level 3 codes that the catalogue's sources use.
NUTS3 = {
    "75": "FR101", "77": "FR102", "78": "FR103", "91": "FR104", "92": "FR105", "93": "FR106",
    "94": "FR107", "95": "FR108", "38": "FRK24", "69": "FRK26", "31": "FRJ23", "34": "FRJ13",
    "35": "FRH03", "06": "FRL03", "13": "FRL04", "67": "FRF11", "54": "FRF31", "59": "FRE11",
    "76": "FRD22", "14": "FRD11", "33": "FRI12", "44": "FRG01", "57": "FRF33",
}  # fmt: skip
# The communes that the catalogue names; any other well-formed code is accepted too.
COMMUNES = {
    "75056": ("Paris", "75"), "91471": ("Orsay", "91"), "91312": ("Palaiseau", "91"),
    "34172": ("Montpellier", "34"), "91106": ("Bruyères-le-Châtel", "91"),
    "38185": ("Grenoble", "38"), "31555": ("Toulouse", "31"), "06088": ("Nice", "06"),
    "69123": ("Lyon", "69"), "13055": ("Marseille", "13"), "59350": ("Lille", "59"),
    "35238": ("Rennes", "35"), "44109": ("Nantes", "44"), "67482": ("Strasbourg", "67"),
    "33063": ("Bordeaux", "33"), "54395": ("Nancy", "54"),
}  # fmt: skip
