"""What the pages of the network say."""

from aiff_portal.ui.domain.language import Pair

NETWORK: dict[str, Pair] = {
    "title": ("Le réseau en Europe", "The network in Europe"),
    "lead": (
        (
            "AI Factories, antennes, clusters et pôles : qui vous oriente, dans quel pays."
            " Commencez par celui de votre pays."
        ),
        (
            "AI Factories, antennas, clusters and hubs: who guides you, in which country. Begin"
            " with the one of your country."
        ),
    ),
    "map": ("Carte des membres par pays", "Map of the members by country"),
    "map_text": (
        (
            "Les pays qui ont des membres sont marqués d'un rond avec leur nombre. Le tableau qui"
            " suit donne les mêmes nombres et nomme chaque membre."
        ),
        (
            "Countries with members bear a circle with their number. The table below gives the"
            " same numbers and names each member."
        ),
    ),
    "outlines": (
        "Contours : Natural Earth, domaine public.",
        "Outlines: Natural Earth, public domain.",
    ),
    "by_country": ("Les membres par pays", "The members by country"),
    "country": ("Pays", "Country"),
    "members": ("Membres", "Members"),
    "counted": ("{members} membres, {countries} pays", "{members} members, {countries} countries"),
    "see": ("Voir les offres du réseau", "See the offers of the network"),
    "calendar": ("Calendrier des dates limites", "Calendar of deadlines"),
    "news": ("Ce qui est nouveau", "What is new"),
}
CALENDAR: dict[str, Pair] = {
    "title": ("Calendrier", "Calendar"),
    "lead": (
        (
            "Les prochaines dates limites publiées, mois par mois, sur un an. Les offres ouvertes à"
            " tout moment n'y sont pas."
        ),
        (
            "The next published deadlines, month by month, for a year. Offers that take"
            " applications at any time are not among them."
        ),
    ),
    "every": ("Tous les types", "All kinds"),
    "kinds": ("Type d'offre", "Kind of offer"),
    "months": ("Mois", "Months"),
    "none": (
        "Aucune date limite n'est publiée pour les douze mois qui viennent.",
        "No deadline is published for the twelve months to come.",
    ),
    "subscribe": ("Dans votre agenda", "In your own calendar"),
    "deadlines": ("Dates limites (fichier ICS)", "Deadlines (ICS file)"),
    "sessions": (
        "Sessions de formation et promotions (fichier ICS)",
        "Training sessions and cohorts (ICS file)",
    ),
    "always": ("Les offres ouvertes en ce moment", "The offers that are open now"),
}
NEWS: dict[str, Pair] = {
    "title": ("Ce qui est nouveau", "What is new"),
    "lead": (
        "Ce qui est entré au catalogue, et ce qui y a changé, depuis le {day}.",
        "What entered the catalogue, and what changed in it, since {day}.",
    ),
    "last": ("{days} derniers jours", "last {days} days"),
    "period": ("Période", "Period"),
    "published": ("Entrées au catalogue", "New in the catalogue"),
    "published_count": ("{count} offres", "{count} offers"),
    "published_one": ("1 offre", "1 offer"),
    "published_none": ("Aucune offre nouvelle.", "No new offer."),
    "see_all": ("Les chercher toutes", "Search all of them"),
    "changed": ("Mises à jour", "Updated"),
    "changed_none": (
        "Aucune autre offre n'a changé pendant cette période.",
        "No other offer changed in this period.",
    ),
    "follow": ("Suivre", "Follow"),
    "feed": ("Flux Atom, pour un lecteur de flux", "Atom feed, for a feed reader"),
    "api": ("Modifications en JSON, pour un programme", "Changes as JSON, for a program"),
    "calendar": ("Calendrier des dates limites", "Calendar of deadlines"),
}
