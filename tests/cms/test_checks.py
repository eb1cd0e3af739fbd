"""House rules that Django's ``check`` verifies."""

from pathlib import Path

import pytest
from django.conf.locale import LANG_INFO
from pytest_django import Settings

from cms import checks, languages
from tests import factories


def found() -> set[str | None]:
    return {problem.id for problem in checks.language_completeness()}


def test_all_is_well() -> None:
    assert found() == set()


def test_a_language_without_catalogue_is_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    messages = [problem.msg for problem in checks.language_completeness()]
    assert found() == {"cms.E001"}
    assert "The language de-simple has no catalogue locale/de_Simple." in messages


def test_a_catalogue_that_is_not_compiled_is_a_warning(settings: Settings, tmp_path: Path) -> None:
    for language in languages.LANGUAGES:
        folder = tmp_path / languages.catalogue_folder(language.code) / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").touch()
    settings.LOCALE_PATHS = [tmp_path]
    assert found() == {"cms.W001"}


def test_a_language_that_django_does_not_know_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(LANG_INFO, "de-simple")
    assert "cms.E002" in found()


def test_a_direction_that_django_sees_differently_is_an_error(settings: Settings) -> None:
    settings.LANGUAGES_BIDI = ["he"]
    assert found() == {"cms.E003"}


@pytest.mark.django_db
def test_demo_accounts_in_production_are_an_error(settings: Settings) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert checks.no_demo_accounts() == []
    factories.person(is_demo=True)
    assert [problem.id for problem in checks.no_demo_accounts()] == ["cms.E004"]
    settings.DEMO_ACCOUNTS_ALLOWED = True
    assert checks.no_demo_accounts() == []
