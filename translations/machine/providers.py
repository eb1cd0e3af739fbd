"""Which services translate by machine, and which one does which language."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from translations.machine.deepl import DeepL
from translations.machine.libretranslate import LibreTranslate
from translations.machine.openai_compatible import OpenAICompatible
from translations.machine.provider import TIMEOUT, Provider


def configured() -> dict[str, Provider]:
    """The usable entries of ``settings.MACHINE_TRANSLATION`` by name, in its order.

    ``{"deepl": {"URL", "KEY"}, "libretranslate": {"URL", "KEY"}, "openai": {"URL", "KEY", "MODEL"},
    "PREFERRED": {language: name}, "DEFAULT": name, "TIMEOUT": (connect, read)}``; each entry can have
    ``LANGUAGES``. Without URL, or without the KEY (and MODEL) that DeepL and OpenAI want, an entry does not count.
    """
    chosen = _settings()
    timeout = chosen.get("TIMEOUT") or TIMEOUT
    found: dict[str, Provider] = {}
    for name, entry in chosen.items():
        if name not in {"deepl", "libretranslate", "openai"} or not (entry and entry.get("URL")):
            continue
        key, model = entry.get("KEY") or "", entry.get("MODEL") or ""
        url, languages = entry["URL"].rstrip("/"), frozenset(entry.get("LANGUAGES") or ())
        if name == "deepl" and key:
            found[name] = DeepL(url=url, key=key, languages=languages, timeout=timeout)
        elif name == "libretranslate":
            found[name] = LibreTranslate(url=url, key=key, languages=languages, timeout=timeout)
        elif name == "openai" and key and model:
            found[name] = OpenAICompatible(url=url, key=key, languages=languages, timeout=timeout, model=model)
    return found


def for_language(language: str) -> Provider | None:
    """The provider preferred for ``language``, else the default, else any that can; None when nobody can."""
    chosen, available = _settings(), configured()
    names = [(chosen.get("PREFERRED") or {}).get(language), chosen.get("DEFAULT"), *available]
    able = (available[name] for name in names if name in available and available[name].can_translate(language))
    return next(able, None)


def _settings() -> Mapping[str, Any]:
    return getattr(settings, "MACHINE_TRANSLATION", None) or {}
