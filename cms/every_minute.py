"""What the clock does once a minute besides publishing. Each app registers its acts in its ``AppConfig.ready``."""

import logging
from collections.abc import Callable

Act = Callable[[], object]

logger = logging.getLogger(__name__)

_acts: list[Act] = []


def register(act: Act) -> None:
    _acts.append(act)


def do_all() -> None:
    """Does each act; one that fails is logged and stops neither the others nor the clock."""
    for act in _acts:
        try:
            act()
        except Exception:
            logger.exception("%s failed", getattr(act, "__qualname__", act))
