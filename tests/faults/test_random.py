"""Two hundred writes while twenty processes die at random: every promise is kept."""

import random
import threading
import time

from tests.faults.running import embedded_only

pytestmark = embedded_only
ACTIONS = ("publish", "edit", "edit", "edit", "archive")
WRITES, KILLS = 200, 20


class Killer:
    """Kills a process or an engine every so often and starts it again, from another thread."""

    def __init__(self, running, dice):
        self._running, self._dice = running, dice
        self.killed, self._done = [], threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._thread.join()

    @property
    def finished(self):
        return len(self.killed) == KILLS

    def _run(self):
        servers = [name for name in self._running.product.running if name != "portal"]
        victims = [*servers * 3, *self._running.engines]
        while not self.finished:
            time.sleep(self._dice.uniform(0.1, 1.0))
            victim = self._dice.choice(victims)
            if victim in self._running.engines:
                self._running.engines[victim].kill()
                time.sleep(self._dice.uniform(0, 1))
                self._running.engines[victim].launch()
            else:
                self._running.kill(victim)
                self._running.product.revive()
            self.killed.append(victim)
        self._running.heal()


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
    with Killer(running, random.Random(seed + 1)) as killer:
        while ledger.writes - before < WRITES or not killer.finished:
            write_once(ledger, dice)
            time.sleep(0.02)
    assert len(killer.killed) == KILLS
    ledger.assert_everywhere(90)
