"""Which services translate by machine, from environment variables; none by default. ``docs/operating.md`` has them."""

from typing import Any

from cms.settings.environment import env

NAMES = {"deepl": "deepl", "libretranslate": "libretranslate", "llm": "openai"}
"""Names of providers as operators write them, and as ``translations.machine.providers`` knows them."""

TIMEOUT = env.float("TRANSLATION_TIMEOUT", default=40.0)
"""Seconds without a sign of life from a provider; a whole answer may take twice as long."""
CONNECT_TIMEOUT = min(5.0, TIMEOUT)
LEASE = 2 * (TIMEOUT + CONNECT_TIMEOUT)
"""Seconds after which a job is taken up again whose worker has died: longer than any request lasts."""


def deepl_url(key: str) -> str:
    """Keys of the free plan end in ``:fx`` and have a server of their own."""
    return "https://api-free.deepl.com" if key.endswith(":fx") else "https://api.deepl.com"


def preferred() -> dict[str, str]:
    """``TRANSLATION_PROVIDERS``, such as ``uk=deepl,ar=llm``, as ``{language: provider}``; others are ignored."""
    pairs = (entry.partition("=") for entry in env.list("TRANSLATION_PROVIDERS", default=[]))
    found = {code.strip(): NAMES.get(name.strip().lower(), "") for code, _sign, name in pairs}
    return {code: name for code, name in found.items() if code and name}


def with_budget(entry: dict[str, Any], name: str) -> dict[str, Any]:
    """``entry`` with the characters of a month from ``TRANSLATION_BUDGET_…``, where they are set."""
    characters = env.str(f"TRANSLATION_BUDGET_{name.upper()}", default="")
    return {**entry, "BUDGET": int(characters)} if characters else entry


def machine_translation() -> dict[str, Any]:
    """The value of ``MACHINE_TRANSLATION``; an entry without what it needs does not count."""
    key = env.str("DEEPL_KEY", default="")
    entries: dict[str, dict[str, Any]] = {
        "deepl": {"URL": env.str("DEEPL_URL", default="") or deepl_url(key), "KEY": key},
        "libretranslate": {
            "URL": env.str("LIBRETRANSLATE_URL", default=""),
            "KEY": env.str("LIBRETRANSLATE_KEY", default=""),
        },
        "llm": {
            "URL": env.str("LLM_URL", default=""),
            "KEY": env.str("LLM_KEY", default=""),
            "MODEL": env.str("LLM_MODEL", default=""),
            "LANGUAGES": env.list("LLM_LANGUAGES", default=[]),
        },
    }
    found: dict[str, Any] = {NAMES[name]: with_budget(entry, name) for name, entry in entries.items()}
    return {**found, "PREFERRED": preferred(), "TIMEOUT": (CONNECT_TIMEOUT, TIMEOUT), "LEASE": LEASE}


MACHINE_TRANSLATION = machine_translation()
