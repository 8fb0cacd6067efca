"""The words of the form with which readers report an error."""

from aiff_portal.ui.domain.language import Pair

WORDS: dict[str, Pair] = {
    "title": ("Signaler une erreur", "Report an error"),
    "lead": (
        (
            "Une date passée, un montant qui a changé, un lien mort ? Dites-le : un curateur relit"
            " la fiche et la corrige. Aucun compte n'est demandé."
        ),
        (
            "A date that has passed, an amount that changed, a dead link? Say so: a curator reads"
            " the listing again and mends it. No account is needed."
        ),
    ),
    "about": ("La fiche", "The listing"),
    "subject": ("Qu'est-ce qui est faux ?", "What is wrong?"),
    "message": ("Dites ce qui est faux", "Say what is wrong"),
    "message_help": (
        "De 10 à 2 000 signes. Le mieux : la bonne valeur et la page où elle se lit.",
        "10 to 2,000 characters. Best: the right value and the page where it can be read.",
    ),
    "contact": ("Votre courriel, si vous voulez une réponse", "Your e-mail, if you want an answer"),
    "contact_help": (
        (
            "Facultatif. Il ne sert qu'à vous répondre : il est effacé dès que le signalement est"
            " traité, et après 180 jours dans tous les cas."
        ),
        (
            "Optional. It only serves to answer you: it is deleted as soon as the report is dealt"
            " with, and after 180 days whatever happens."
        ),
    ),
    "send": ("Envoyer le signalement", "Send the report"),
    "back": ("Revenir à la fiche", "Back to the listing"),
    "thanks": ("Merci, c'est noté", "Thank you, it is noted"),
    "received": (
        "Un curateur lira votre signalement. La fiche ne change qu'après vérification à la source.",
        "A curator will read your report. The listing changes only once the source was checked.",
    ),
    "number": ("Numéro du signalement", "Number of the report"),
    "no_subject": ("Choisissez ce qui est faux.", "Choose what is wrong."),
    "bad_message": (
        "Écrivez de 10 à 2 000 signes ; il y en a {count}.",
        "Write 10 to 2,000 characters; there are {count}.",
    ),
    "bad_contact": (
        "Écrivez une adresse comme ada@exemple.fr, ou laissez vide.",
        "Write an address like ada@example.org, or leave it empty.",
    ),
    "full": (
        "Les curateurs ont déjà beaucoup de signalements sur cette fiche : ils la relisent.",
        "Curators already have many reports on this listing: they are looking at it.",
    ),
}
SUBJECTS: dict[str, Pair] = {
    "amount": ("Un montant ou un prix", "An amount or a price"),
    "deadline": ("Une date ou le statut", "A date or the status"),
    "eligibility": ("Les conditions", "The conditions"),
    "contact": ("Le contact", "The contact"),
    "link": ("Un lien qui ne mène nulle part", "A link that leads nowhere"),
    "over": ("L'offre n'existe plus", "The offer no longer exists"),
    "text": ("Une phrase ou la traduction", "A sentence or the translation"),
    "other": ("Autre chose", "Something else"),
}
