"""``python -m tests.chaos [names]``: every scenario on an installation of its own, some at the same time.

Prints one line for each: ok, skipped or FAILED, with figures; ends with status 1 when one failed.
"""

import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.chaos import processes, servers, storage
from tests.chaos.machine import Failed, Installation, Skipped

Scenario = Callable[[Installation], str]

LANES: tuple[tuple[Scenario, ...], ...] = (
    (servers.database_restarted, storage.full_disk),
    (processes.killed_worker_and_clock, processes.two_clocks),
    (servers.mail_server_dead, servers.mail_server_silent),
    (storage.locked_database, processes.killed_server, servers.redis_gone),
)
"""Scenarios that mostly wait run beside each other; those of one lane follow one another."""

_printing = threading.Lock()


def attempt(scenario: Scenario, base: Installation) -> str:
    """Runs one and says how it went: "ok", "skipped" or "FAILED"."""
    begun = time.monotonic()
    try:
        verdict, figures = "ok", scenario(base)
    except Skipped as reason:
        verdict, figures = "skipped", str(reason)
    except Failed as reason:
        verdict, figures = "FAILED", str(reason)
    except Exception:  # noqa: BLE001 (shown; the other scenarios go on)
        verdict, figures = "FAILED", traceback.format_exc()
    with _printing:
        print(f"{verdict:8}{scenario.__name__} ({time.monotonic() - begun:.0f} s): {figures}", flush=True)
    return verdict


def main(names: list[str]) -> int:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        base = Installation(Path(folder, "base"))
        base.data.mkdir()
        base.manage("compile_catalogues")
        static = threading.Thread(target=base.manage, args=("collectstatic", "--noinput", "--verbosity", "0"))
        static.start()
        base.manage("migrate", "--noinput", "--verbosity", "0")
        base.make_site()
        static.join()
        print(f"prepared in {time.monotonic() - begun:.0f} s", flush=True)
        lanes = [[each for each in lane if not names or each.__name__ in names] for lane in LANES]
        with ThreadPoolExecutor(len(lanes)) as pool:
            done = pool.map(lambda lane: [attempt(scenario, base) for scenario in lane], lanes)
            verdicts = [verdict for lane in done for verdict in lane]
    told = ", ".join(f"{verdicts.count(each)} {each}" for each in ("ok", "skipped", "FAILED") if each in verdicts)
    print(f"{told}; {time.monotonic() - begun:.0f} s")
    return int("FAILED" in verdicts or not verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
