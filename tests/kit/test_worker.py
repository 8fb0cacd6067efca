import threading
import time

from aiff_kit.worker import Worker


def test_a_failing_step_is_tried_again_and_does_not_stop_the_others():
    done, failures = [], []

    def steady():
        done.append(1)
        return 0

    def failing():
        failures.append(1)
        raise OSError("away")

    worker = Worker({"steady": steady, "failing": failing})
    threads = [threading.Thread(target=worker._loop, args=item) for item in worker._steps.items()]
    for thread in threads:
        thread.start()
    limit = time.monotonic() + 10
    while (len(failures) < 2 or len(done) < 5) and time.monotonic() < limit:
        time.sleep(0.01)
    worker.stop()
    for thread in threads:
        thread.join()
    assert len(failures) >= 2
    assert len(done) >= 5
