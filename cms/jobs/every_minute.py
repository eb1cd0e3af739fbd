"""What the clock does once a minute. Each app registers its acts in its ``AppConfig.ready``."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import Error, InterfaceError, OperationalError, connections

from cms.jobs.outage import in_one_line

if TYPE_CHECKING:
    from cms.jobs.processes import Heart

Act = Callable[[], object]

PATIENCE = 20.0
"""Seconds after which the next act no longer waits for one that takes long."""

logger = logging.getLogger(__name__)

_acts: list[Act] = []
_under_way: dict[str, threading.Thread] = {}


def register(act: Act, *, first: bool = False) -> None:
    """``first`` is for what people wait for by the minute."""
    _acts.insert(0 if first else len(_acts), act)


def name_of(act: Act) -> str:
    return f"{getattr(act, '__module__', '')}.{getattr(act, '__qualname__', act)}"


def do_all(clock: "Heart | None" = None) -> None:
    """Does each act; one that fails is logged, one that takes long is not waited for.

    A ``clock`` does what is its turn only, so that several of them do nothing twice; without one everything is done.
    """
    for act in list(_acts):
        if clock is None:
            _do(act)
            continue
        before = _under_way.get(name_of(act))
        if before is not None and before.is_alive():
            continue
        thread = threading.Thread(target=_do_in_turn, args=(act, clock), name=name_of(act), daemon=True)
        _under_way[name_of(act)] = thread
        thread.start()
        thread.join(PATIENCE)
        if thread.is_alive():
            logger.warning("%s takes long; the others go on", name_of(act))


def _do_in_turn(act: Act, clock: "Heart") -> None:
    from cms.jobs import turns  # a model: this module is imported before the apps are ready

    name = name_of(act)
    try:
        if turns.take(name, clock):
            try:
                _do(act)
            finally:
                turns.give_back(name, clock)
    except Error as error:
        logger.warning("%s failed: %s", name, in_one_line(error))
    finally:
        connections.close_all()


def _do(act: Act) -> None:
    try:
        act()
    except (OperationalError, InterfaceError) as error:  # the database is away or locked: no fault of the act
        logger.warning("%s failed: %s", name_of(act), in_one_line(error))
    except Exception:
        logger.exception("%s failed", name_of(act))
