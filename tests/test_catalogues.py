"""The interface speaks every language, completely and with the right plurals."""

from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import locale as django_locale
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.translation import gettext, ngettext

from cms.localization import languages
from cms.management.commands.messages import extract_strings

CODES = [language.code for language in languages.LANGUAGES]


def test_every_catalogue_is_complete_and_up_to_date() -> None:
    call_command("messages", "--check")


def test_a_missing_translation_would_be_found(tmp_path, settings) -> None:
    folder = tmp_path / "locale" / "tr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    original = settings.LOCALE_PATHS[0] / "tr" / "LC_MESSAGES" / "django.po"
    text = original.read_text()
    start = text.index('msgid "News"\n')
    end = text.index("\n\n", start)
    (folder / "django.po").write_text(text[:start] + 'msgid "News"\nmsgstr ""' + text[end:])
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    with pytest.raises(CommandError):
        call_command("messages", "--check")


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_catalogue_is_used(code: str) -> None:
    with translation.override(code):
        assert translation.get_language() == code
        news = gettext("News")
    assert (news == "News") is (code == "en")


@pytest.mark.parametrize("code", CODES)
def test_no_fuzzy_entry_is_shipped(code: str) -> None:
    path = settings.LOCALE_PATHS[0] / languages.catalogue_folder(code) / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        assert [entry.id for entry in read_po(file) if entry.id and entry.fuzzy] == []


def results(count: int) -> str:
    return ngettext("%(number)s result", "%(number)s results", count)


PLURALS = {
    # for 0, 1, 2, 3, 5, 11, 21
    "de": ("0 Treffer", "1 Treffer", "2 Treffer", "3 Treffer", "5 Treffer", "11 Treffer", "21 Treffer"),
    "en": ("0 results", "1 result", "2 results", "3 results", "5 results", "11 results", "21 results"),
}


@pytest.mark.parametrize("code", PLURALS)
def test_counts_take_the_right_plural(code: str) -> None:
    with translation.override(code):
        said = tuple(
            ngettext("%(number)s result", "%(number)s results", n) % {"number": n} for n in (0, 1, 2, 3, 5, 11, 21)
        )
    assert said == PLURALS[code]


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        # Numbers in one group share a form, numbers of different groups do not (CLDR's cardinal categories).
        ("uk", [(1, 21, 101), (2, 3, 22, 104), (0, 5, 11, 12, 100)]),
        ("ru", [(1, 21, 101), (2, 3, 22, 104), (0, 5, 11, 12, 100)]),
        ("ar", [(0,), (1,), (2,), (3, 10, 103), (11, 26, 111), (100, 101, 202)]),
        ("ro", [(1,), (0, 2, 19, 101), (20, 21, 100)]),
        ("bg", [(1,), (0, 2, 5, 21)]),
        ("tr", [(0, 1, 2, 21)]),
    ],
)
def test_numbers_fall_into_the_plural_groups_of_the_language(code: str, groups: list[tuple[int, ...]]) -> None:
    with translation.override(code):
        forms = [
            {without_number(ngettext("%(number)s result", "%(number)s results", n)) for n in group} for group in groups
        ]
    assert all(len(form) == 1 for form in forms)
    assert len({form.pop() for form in forms}) >= max(1, len(groups) - 2)  # two groups may sound alike


def without_number(text: str) -> str:
    return text.replace("%(number)s", "").strip()


BETTER_WORDED = {
    # Copies of Wagtail's templates, and acts of our own with Wagtail's words: the same meaning, addressed politely.
    "Choose who can view the live version of this page",
    "Last published by",
    "Locales",
    "No pages found.",
    "Once live anyone can view",
    "Privacy changes apply to all children of this page too.",
    "Translations",
    "Usage",
    "Used %(usage_count)s time",
    "Yes, delete",
}


@cache
def marked() -> list[Message]:
    """Every string that the code marks for translation."""
    return [message for message in extract_strings(Path(settings.BASE_DIR)) if message.id]


def words_of_others(code: str) -> dict[str, set[str]]:
    """What Django, Wagtail and other packages translate, without context, into ``code``."""
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs()]
    folders = [folder for folder in folders if folder not in map(Path, settings.LOCALE_PATHS)]
    found: dict[str, set[str]] = {}
    for folder in [*folders, Path(django_locale.__file__).parent]:
        path = folder / code / "LC_MESSAGES" / "django.mo"
        if path.exists():
            with path.open("rb") as file:
                messages = read_mo(file)
            for message in messages:
                if message.id and not message.context:
                    originals = message.id if isinstance(message.id, str) else message.id[0]
                    said = message.string if isinstance(message.string, str) else message.string[0]
                    found.setdefault(originals, set()).add(said)
    return found


def test_no_word_of_ours_replaces_a_word_of_wagtails_with_another_meaning() -> None:
    """Our catalogues come first, so "Date" without context would be "Termin" in Wagtail's history of pages, too.

    German is the only language of the admin that is translated. Such a string needs a context (``pgettext``).
    """
    others = words_of_others("de")
    assert others["Date"] == {"Datum"}
    with (settings.LOCALE_PATHS[0] / "de" / "LC_MESSAGES" / "django.po").open("rb") as file:
        german = read_po(file)
    replaced = {}
    for message in marked():
        original = message.id if isinstance(message.id, str) else message.id[0]
        ours = german.get(message.id) if not message.context else None
        said = "" if ours is None else ours.string if isinstance(ours.string, str) else ours.string[0]
        if said and original in others and said not in others[original]:
            replaced[original] = (said, others[original])
    assert not {original: said for original, said in replaced.items() if original not in BETTER_WORDED}


NEVER_SHOWN = {
    "Taggit",
    "Wagtail locales (Wagtail Localize version)",
    'Expected a list of items but got type "{input_type}".',
    "Invalid json list. A tag list submitted in string form must be valid json.",
    "All list items must be of string type.",
}
"""Names of apps, and errors of interfaces that the project has not."""


def test_what_others_lack_in_german_is_marked_for_our_catalogue() -> None:
    """No English in the German admin: what an update of Wagtail brings untranslated goes into ``wagtail_messages``."""
    ours = {message.id if isinstance(message.id, str) else message.id[0] for message in marked()}
    german = words_of_others("de")
    lacking = set()
    for app in apps.get_app_configs():
        path = Path(app.path) / "locale" / "en" / "LC_MESSAGES" / "django.po"
        if path.exists():
            with path.open("rb") as file:
                messages = [message for message in read_po(file) if message.id and not message.context]
            originals = (message.id if isinstance(message.id, str) else message.id[0] for message in messages)
            lacking |= {original for original in originals if original not in german}
    assert lacking - ours - NEVER_SHOWN == set()
