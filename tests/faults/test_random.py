"""Two hundred writes while twenty processes die at random: every promise is kept."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

ACTIONS = ("publish", "edit", "edit", "edit", "archive")
WRITES, KILLS = 200, 20
# How many writes come through between two kills; with none the second meets a recovery.
PAUSES = (0, 4, 8, 16)


class Killer:
    """Kills a process or an engine now and then, from another thread.

    What has ended is started again all the time, as an orchestrator does: a service whose engine
    is away when it starts ends with a message.
    """

    def __init__(self, running, ledger, dice):
        self._running, self._ledger, self._dice = running, ledger, dice
        self.killed, self._stopping = [], threading.Event()
        self._pool = ThreadPoolExecutor(1)
        self._killing = self._pool.submit(self._kill_all)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stopping.set()
        self._pool.shutdown()
        self._killing.result()

    @property
    def finished(self):
        return self._killing.done()

    def _kill_all(self):
        servers = [name for name in self._running.product.running if name != "portal"]
        victims = [*servers * 3, *self._running.engines]
        while len(self.killed) < KILLS and not self._stopping.is_set():
            self._await_writes(self._dice.choice(PAUSES))
            self._kill(self._dice.choice(victims))
        self._running.heal()

    def _await_writes(self, more):
        time.sleep(self._dice.uniform(0.1, 1.0))
        wanted = self._ledger.writes + more
        while self._ledger.writes < wanted and not self._stopping.is_set():
            self._running.product.revive()
            time.sleep(0.2)

    def _kill(self, victim):
        if victim in self._running.engines:
            self._running.engines[victim].kill()
            time.sleep(self._dice.uniform(0, 1))
            self._running.engines[victim].launch()
        else:
            self._running.kill(victim)
            self._running.product.revive()
        self.killed.append(victim)


def write_once(ledger, dice):
    action, published = dice.choice(ACTIONS), ledger.published()
    if action == "publish" or len(published) < 5:
        ledger.publish()
    else:
        getattr(ledger, action)(dice.choice(published))


def test_after_random_kills_every_write_is_everywhere_once_in_its_last_version(running, ledger):
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201  It repeats a run that failed.
    dice, before = random.Random(seed), ledger.writes
    with Killer(running, ledger, random.Random(seed + 1)) as killer:
        while ledger.writes - before < WRITES or not killer.finished:
            write_once(ledger, dice)
            time.sleep(0.02)
    assert len(killer.killed) == KILLS
    ledger.assert_everywhere(90)
