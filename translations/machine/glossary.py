"""What machines must say in one way only: terms with a fixed translation, and names that stay."""

from collections.abc import Callable, Iterable

from translations.machine.models import GlossaryTerm, KeptName

Names = Callable[[], Iterable[str]]

_sources: list[Names] = []


def register_names(source: Names) -> None:
    """Called by an app, when it is ready, for the proper names that it knows."""
    _sources.append(source)


def names() -> list[str]:
    """Every name that stays, once; one query for each app that knows some."""
    own = KeptName.objects.values_list("name", flat=True)
    found = (name.strip() for source in (lambda: own, *_sources) for name in source())
    return list(dict.fromkeys(name for name in found if name))


def terms(language: str) -> dict[str, str]:
    """German term to its translation into ``language``, for those that have one."""
    rows = GlossaryTerm.objects.values_list("german", "translations")
    return {german: words[language] for german, words in rows if words.get(language)}
