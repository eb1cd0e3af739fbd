"""Compiles the translations of the interface, so that no installation needs the gettext programs."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


def catalogue_paths() -> Iterator[Path]:
    """Every catalogue below ``LOCALE_PATHS``, in the order of their folders."""
    for locale_path in settings.LOCALE_PATHS:
        yield from sorted(Path(locale_path).glob("*/LC_MESSAGES/*.po"))


def read_catalogue(path: Path) -> Catalog:
    """The catalogue in that file; raises CommandError with file and reason when it is not valid.

    Babel writes the plural rule of a catalogue only for locales that it knows. A variant that only we know
    (``de_Simple``) therefore goes by its language.
    """
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CommandError(f"{path} is not a valid catalogue: {error}") from error
    if catalogue.locale is None:
        catalogue.locale = path.parent.parent.name.partition("_")[0]
    return catalogue


def compile_catalogue(source: Path, target: Path) -> None:
    """Writes what is completely translated; fuzzy and half-translated entries fall back to the next language."""
    catalogue = read_catalogue(source)
    for message in list(catalogue):
        if not isinstance(message.string, str) and not all(message.string or ()):
            catalogue.delete(message.id, message.context)
    unfinished = target.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(target)


class Command(BaseCommand):
    help = "Compiles every catalogue that is newer than its compiled form."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those whose compiled form is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        for source in catalogue_paths():
            target = source.with_suffix(".mo")
            if options["all"] or not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                compile_catalogue(source, target)
                if options["verbosity"] > 1:
                    self.stdout.write(f"{target} compiled.")
