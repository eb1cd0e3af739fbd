"""Brings the catalogues of the interface up to date with the code, and says what they lack.

Strings are English in the code; every language, German too, has its words in ``locale/``. Templates are read by
Django's own ``templatize``, so that exactly what Django looks up at run time is extracted.
"""

import gettext
import io
import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.plurals import get_plural
from babel.messages.pofile import write_po
from django.conf import locale as django_locale
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

from cms.localization import languages
from cms.management.commands.compile_catalogues import read_catalogue

LANGUAGE_OF_STRINGS = "en"
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml"})
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "_lazy": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms};\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


# Extraction


def extract_template(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Strings of a Django template, for Babel."""
    python_like = templatize(file.read().decode())
    # What stood around the strings keeps its indentation, which a reader of Python would take for blocks.
    lines = "\n".join(line.strip() for line in python_like.split("\n"))
    return extract_python(io.BytesIO(lines.encode()), keywords, comment_tags, options)


def source_files(root: Path) -> Iterator[tuple[Path, Any]]:
    """Python files and templates of the packages in ``root``, each with the method that reads it."""
    packages = sorted(path.parent for path in root.glob("*/__init__.py") if path.parent.name != "tests")
    for package in packages:
        for path in sorted(package.rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                yield path, "python"
            elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
                yield path, extract_template


def extract_strings(root: Path) -> Catalog:
    """Every string that the code below ``root`` marks for translation."""
    strings = Catalog()
    for path, method in source_files(root):
        with path.open("rb") as file:
            try:
                for line, string, comments, context in extract(method, file, KEYWORDS, comment_tags=["Translators:"]):
                    location = (str(path.relative_to(root)), line)
                    strings.add(string, locations=[location], auto_comments=comments, context=context)
            except SyntaxError as error:
                raise CommandError(f"{path}: {error}") from error
    return strings


# Plural forms


def plural_forms_of(folder: str) -> str:
    """Value of the header ``Plural-Forms``: the rule of Django's own catalogue, else that of CLDR."""
    language = folder.partition("_")[0]
    try:
        django = gettext.translation("django", Path(django_locale.__file__).parent, languages=[folder, language])
        return django.info()["plural-forms"].strip("; ")
    except (FileNotFoundError, KeyError):
        return get_plural(language).plural_forms.strip("; ")


def numbers_by_form(plural_forms: str) -> list[list[int]]:
    """For each plural form the numbers up to 1000 that use it; a form for fractions only has none."""
    count, expression = plural_forms.removeprefix("nplurals=").split("; plural=")
    form_of = gettext.c2py(expression)
    numbers: list[list[int]] = [[] for _ in range(int(count))]
    for number in range(1001):
        numbers[form_of(number)].append(number)
    return numbers


# Catalogues


def originals(message: Message) -> tuple[str, ...]:
    """The string of the code; singular and plural for one that counts."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """One form, or as many as the language has for a string that counts."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def merge(strings: Catalog, folder: str, known: Catalog | None) -> Catalog:
    """A catalogue of exactly ``strings`` with the translations that are ``known``."""
    plural_forms = plural_forms_of(folder)
    forms = numbers_by_form(plural_forms)
    merged = Catalog()
    merged.mime_headers = [("Plural-Forms", plural_forms)]
    for message in strings:
        if not message.id:
            continue
        old = known.get(message.id, message.context) if known else None
        words = list(translations(old)) if old and old.pluralizable == message.pluralizable else [""]
        if message.pluralizable:
            words = [*words, *[""] * len(forms)][: len(forms)]
            for form, numbers in enumerate(forms):
                words[form] = words[form] or (words[form - 1] if form and not numbers else "")
        if folder == LANGUAGE_OF_STRINGS:
            words = list(originals(message))
        merged.add(
            message.id,
            tuple(words) if message.pluralizable else words[0],
            locations=message.locations,
            flags=message.flags | ({"fuzzy"} if old and old.fuzzy else set()),
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old else (),
            context=message.context,
        )
    return merged


def as_text(catalogue: Catalog, folder: str) -> str:
    """The file: sorted, unwrapped, with file names but neither line numbers nor dates, so that diffs stay small."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return HEADER.format(language=folder, plural_forms=plural_forms_of(folder)) + body.getvalue().decode()


# Faults


def placeholders(text: str) -> Counter[str]:
    """Named ones count once, since a sentence may repeat them; ``%s`` and ``{}`` as often as they stand there."""
    found = Counter(PLACEHOLDER.findall(text.replace("%%", "")))
    return Counter({name: count if name in {"%s", "%d", "{}"} else 1 for name, count in found.items()})


def faults_of(message: Message, forms: list[list[int]]) -> Iterator[str]:
    """What is wrong with the translation of one string."""
    if message.fuzzy:
        yield "is marked as fuzzy"
    if not any(translations(message)):
        yield "has no translation"
        return
    expected = placeholders(originals(message)[0]) | placeholders(originals(message)[-1])
    for form, words in enumerate(translations(message)):
        numbers = forms[form] if message.pluralizable else []
        where = f"plural form {form} (for {', '.join(map(str, numbers[:5]))} …)" if numbers else "its translation"
        if not words:
            yield f"lacks {where}"
            continue
        found = placeholders(words)
        # A form for one number only ("one event") may do without that number.
        may_miss = 1 if len(numbers) == 1 else 0
        if found - expected or (expected - found).total() > may_miss:
            yield f"has other placeholders in {where}: {words!r}"


def faults_in(path: Path, folder: str, strings: Catalog) -> Iterator[str]:
    """What stands between that catalogue and a complete translation of ``strings``."""
    if not path.exists():
        yield "there is no such catalogue"
        return
    known = read_catalogue(path)
    merged = merge(strings, folder, known)
    new = [message for message in merged if message.id and not known.get(message.id, message.context)]
    gone = [message for message in known if message.id and not strings.get(message.id, message.context)]
    yield from (f"{label(message)} is missing" for message in new)
    yield from (f"{label(message)} is no longer in the code" for message in gone)
    if not new and not gone and path.read_text(encoding="utf-8") != as_text(merged, folder):
        yield "references, order or plural rule are out of date"
    forms = numbers_by_form(plural_forms_of(folder))
    for message in merged:
        if message.id and message not in new:
            yield from (f"{label(message)} {fault}" for fault in faults_of(message, forms))


def label(message: Message) -> str:
    return repr(originals(message)[0]) + (f" (context {message.context!r})" if message.context else "")


class Command(BaseCommand):
    help = "Updates the catalogue of every language; with --check only says what is wrong and fails."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a catalogue has a fault")

    def handle(self, *args: Any, **options: Any) -> None:
        root, locale_path = Path(settings.BASE_DIR), Path(settings.LOCALE_PATHS[0])
        strings = extract_strings(root)
        faults = 0
        for language in languages.LANGUAGES:
            folder = languages.catalogue_folder(language.code)
            path = locale_path / folder / "LC_MESSAGES" / "django.po"
            name = path.relative_to(root) if path.is_relative_to(root) else path
            if options["check"]:
                for fault in faults_in(path, folder, strings):
                    faults += 1
                    self.stderr.write(f"{name}: {fault}")
                continue
            catalogue = merge(strings, folder, read_catalogue(path) if path.exists() else None)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_text(catalogue, folder), encoding="utf-8")
            empty = sum(not all(translations(message)) for message in catalogue if message.id)
            self.stdout.write(f"{name}: {len(catalogue)} strings, {empty} without translation")
        if faults:
            raise CommandError(f"The catalogues have {faults} faults. `make messages` brings them up to date.")
