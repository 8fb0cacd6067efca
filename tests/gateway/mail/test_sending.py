"""Letters leave with the transaction, once, in the language and form of their reader."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest

from aiff_gateway.mail.adapters.outbox_folder import OutboxFolder
from aiff_gateway.mail.adapters.texts import JinjaTexts
from aiff_gateway.mail.application.composing import Composing, Sender
from aiff_gateway.mail.application.sending import LEFT_BEHIND_AFTER, SUPPRESSED_FOR, MailSending
from aiff_gateway.mail.domain.errors import CarrierAwayError
from aiff_gateway.mail.domain.letters import Kind, Letter, LetterState, MailingList
from aiff_gateway.mail.domain.outcomes import Passing, Refused, Sent, Unknown
from aiff_gateway.mail.domain.tokens import MailSecrets
from aiff_gateway.main.unit_of_work import SqlUnitOfWork
from aiff_gateway.shared.mail_tables import MAIL_LETTER
from aiff_gateway.shared.migrations import MIGRATIONS
from aiff_kit.db import open_engine, sqlite_url, upgrade
from aiff_kit.testing import SettableClock

PUBLIC = "https://aif.example"
SECRETS = MailSecrets("a secret that only this test knows, long enough")
ADA = "ada@example.org"


class Killed(BaseException):
    """What ends a process at any instruction."""


class Hand:
    """A carrier that answers as a test wants and remembers what it was given."""

    repeatable = False

    def __init__(self, *outcomes) -> None:
        self.outcomes = list(outcomes)
        self.carried: list[str] = []

    @contextmanager
    def open(self) -> Iterator["Hand"]:
        yield self

    def carry(self, message, handing_over):
        outcome = self.outcomes.pop(0) if self.outcomes else Sent()
        if outcome == "killed before":
            raise Killed
        if isinstance(outcome, Exception):
            raise outcome
        handing_over()
        self.carried.append(message.recipient)
        if outcome == "killed after":
            raise Killed
        return outcome

    def forget(self, letter_ids) -> None:
        pass


class Post:
    """The gateway's letters on a database of their own."""

    def __init__(self, engine) -> None:
        self.clock = SettableClock(datetime.now(UTC) + timedelta(seconds=1))
        self.open = partial(SqlUnitOfWork, engine)

    def write(self, kind=Kind.ACCOUNT_RESET, to=ADA, key="reset:1", **facts) -> bool:
        letter = Letter(
            kind=kind, to=to, language="fr", key=key, facts={"path": "/fr/compte?t=x", **facts}
        )
        with self.open() as uow:
            added = uow.letters.add(letter)
            uow.commit()
        return added

    def sending(self, carrier) -> MailSending:
        composing = Composing(
            JinjaTexts(PUBLIC), Sender("AIF <no-reply@aif.example>", PUBLIC), SECRETS
        )
        return MailSending(self.open, carrier, composing, SECRETS, self.clock)

    def states(self) -> list[str]:
        with self.open() as uow:
            rows = uow.letters._connection.execute(MAIL_LETTER.select().order_by(MAIL_LETTER.c.id))
            return [row.state for row in rows]


@pytest.fixture
def post(tmp_path):
    url = sqlite_url(tmp_path / "gateway.db")
    upgrade(url, MIGRATIONS)
    engine = open_engine(url)
    yield Post(engine)
    engine.dispose()


def read(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def test_a_letter_becomes_one_private_file_that_mail_programs_open(post, tmp_path):
    assert post.write()
    assert not post.write()
    folder = tmp_path / "mail"
    assert post.sending(OutboxFolder(folder)).step() == 1
    assert post.sending(OutboxFolder(folder)).step() == 0
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    letter = read(path)
    assert letter["To"] == ADA
    assert letter["Message-ID"] == f"<{path.stem}@aif.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in letter
    for form in ("plain", "html"):
        assert f"{PUBLIC}/fr/compte?t=x" in letter.get_body((form,)).get_content()
    assert "<style" not in letter.get_body(("html",)).get_content()


def test_what_is_no_answer_can_be_unsubscribed_from_with_one_click(post, tmp_path):
    post.write(Kind.INTRODUCTION_REQUESTED, title="Jean Zay")
    post.sending(OutboxFolder(tmp_path / "mail")).step()
    letter = read(next((tmp_path / "mail").iterdir()))
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = letter["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    what = SECRETS.read(token)
    assert what.mailing_list is MailingList.INTRODUCTIONS
    assert what.address_digest == SECRETS.digest(ADA.upper())
    assert "ada" not in token


def test_a_letter_that_was_not_committed_never_leaves(post):
    with post.open() as uow:
        uow.letters.add(Letter(kind=Kind.ACCOUNT_RESET, to=ADA, language="fr", key="k"))
    assert post.sending(Hand()).step() == 0


def test_a_process_that_dies_before_handing_over_sends_later_and_once(post):
    post.write()
    hand = Hand("killed before")
    with pytest.raises(Killed):
        post.sending(hand).step()
    assert post.sending(hand).step() == 0
    post.clock.advance(seconds=LEFT_BEHIND_AFTER.total_seconds() + 1)
    post.sending(hand).step()
    assert (hand.carried, post.states()) == ([ADA], [LetterState.SENT])


def test_a_process_that_dies_while_handing_over_is_told_and_never_sends_again(post):
    post.write()
    hand = Hand("killed after")
    with pytest.raises(Killed):
        post.sending(hand).step()
    post.clock.advance(seconds=LEFT_BEHIND_AFTER.total_seconds() + 1)
    post.sending(hand).step()
    assert (hand.carried, post.states()) == ([ADA], [LetterState.UNKNOWN])


def test_what_passes_is_tried_again_with_growing_waits_and_given_up_after_days(post):
    post.write()
    hand, begun = Hand(*[Passing("451 4.7.1")] * 20), post.clock.now
    waits = []
    while post.states() == [LetterState.WAITING]:
        tried = len(hand.carried)
        while len(hand.carried) == tried:
            post.sending(hand).step()
            post.clock.advance(seconds=300)
        waits.append(post.clock.now)
    assert post.states() == [LetterState.GIVEN_UP]
    assert timedelta(days=4) < post.clock.now - begun < timedelta(days=7)
    gaps = [b - a for a, b in pairwise(waits)]
    assert gaps == sorted(gaps)


def test_an_address_that_is_refused_for_good_gets_nothing_for_three_months(post):
    post.write()
    hand = Hand(Refused("550 5.1.1", nobody_there=True))
    post.sending(hand).step()
    post.write(key="reset:2")
    post.sending(hand).step()
    assert post.states() == [LetterState.REFUSED, LetterState.SUPPRESSED]
    post.clock.advance(seconds=SUPPRESSED_FOR.total_seconds())
    post.write(key="reset:3")
    post.sending(hand).step()
    assert post.states()[-1] == LetterState.SENT


def test_who_unsubscribed_gets_no_more_of_that_list_and_all_of_the_rest(post):
    with post.open() as uow:
        uow.mail_stops.add(SECRETS.digest(ADA), MailingList.DIGEST, "asked", post.clock.now)
        uow.commit()
    post.write(Kind.DIGEST, key="d", count=1, items=[{"title": "Jean Zay", "path": "/fr/offers/x"}])
    post.write()
    post.sending(Hand()).step()
    assert post.states() == [LetterState.SUPPRESSED, LetterState.SENT]


def test_a_server_that_is_away_costs_no_letter(post):
    post.write()
    with pytest.raises(CarrierAwayError):
        post.sending(Hand(CarrierAwayError("gone"))).step()
    assert post.states() == [LetterState.WAITING]


def test_an_answer_that_never_came_is_unknown(post):
    post.write()
    post.sending(Hand(Unknown("no answer"))).step()
    assert post.states() == [LetterState.UNKNOWN]


def test_a_letter_that_cannot_be_written_holds_up_no_other(post):
    post.write(Kind.KEY_EXPIRING, key="broken")
    post.write()
    hand = Hand()
    post.sending(hand).step()
    assert (hand.carried, post.states()) == ([ADA], [LetterState.REFUSED, LetterState.SENT])
