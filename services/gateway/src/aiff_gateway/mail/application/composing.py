"""A letter as a message (RFC 5322) in both forms of its text."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from aiff_gateway.mail.application.ports import Message, Texts
from aiff_gateway.mail.domain.letters import LIST_OF, Letter, MailingList, StoredLetter
from aiff_gateway.mail.domain.tokens import MailSecrets, Unsubscription

_POLICY = SMTP.clone(max_line_length=998)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who letters are from, as `Name <address>`, and where the platform is reached."""

    name_and_address: str
    public_url: str

    @property
    def name(self) -> str:
        """Return the name alone."""
        return parseaddr(self.name_and_address)[0]

    @property
    def address(self) -> str:
        """Return the address alone."""
        return parseaddr(self.name_and_address)[1]

    @property
    def domain(self) -> str:
        """Return the domain that its messages are numbered under."""
        return self.address.rpartition("@")[2]


class Composing:
    """Turns letters into messages."""

    def __init__(self, texts: Texts, sender: Sender, secrets: MailSecrets) -> None:
        """Keep the parts."""
        self._texts = texts
        self._sender = sender
        self._secrets = secrets

    def message(self, stored: StoredLetter) -> Message:
        """Return the message; LookupError or ValueError where its text cannot be written."""
        letter = stored.letter
        mailing_list = LIST_OF.get(letter.kind)
        unsubscribe = self._unsubscribe(letter, mailing_list) if mailing_list else None
        written = self._texts.write(letter, unsubscribe)
        mail = EmailMessage(policy=_POLICY)
        mail["From"] = Address(self._sender.name, addr_spec=self._sender.address)
        mail["To"] = Address(addr_spec=letter.to)
        mail["Subject"] = written.subject
        mail["Date"] = format_datetime(stored.created_at)
        # Derived from the letter: a receiver that gets it twice can tell.
        mail["Message-ID"] = f"<{stored.id}@{self._sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = letter.language
        if mailing_list is not None and unsubscribe is not None:
            mail["List-Id"] = f"<{mailing_list.value}.{self._sender.domain}>"
            mail["List-Unsubscribe"] = f"<{unsubscribe}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(written.text, cte="quoted-printable")
        mail.add_alternative(written.html, subtype="html", cte="quoted-printable")
        return Message(stored.id, self._sender.address, letter.to, mail.as_bytes())

    def _unsubscribe(self, letter: Letter, mailing_list: MailingList) -> str:
        what = Unsubscription(self._secrets.digest(letter.to), mailing_list)
        return f"{self._sender.public_url}/v1/mail/unsubscriptions/{self._secrets.token(what)}"
