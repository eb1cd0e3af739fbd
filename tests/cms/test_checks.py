"""House rules that ``manage.py check`` verifies."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf.locale import LANG_INFO
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError

from cms import checks
from cms.localization import languages
from tests import factories


def ids(problems: list[Any]) -> list[str]:
    return [problem.id for problem in problems]


def test_every_language_of_the_site_is_complete() -> None:
    assert checks.language_completeness() == []


@pytest.fixture
def with_kurdish(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that somebody added to the list and nowhere else."""
    added = languages.Language("ku", "Kurdish", "Kurdî")
    monkeypatch.setattr(languages, "LANGUAGES", (*languages.LANGUAGES, added))


def test_a_language_that_is_only_listed_is_reported_by_name(with_kurdish: None) -> None:
    problems = checks.language_completeness()
    assert "cms.E001" in ids(problems)
    assert all("ku" in problem.msg for problem in problems)


def test_a_language_that_django_does_not_know_is_reported(with_kurdish: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(LANG_INFO, "ku", raising=False)
    assert "cms.E002" in ids(checks.language_completeness())


def test_a_wrong_direction_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    turned = tuple(
        replace(language, direction="ltr") if language.code == "ar" else language for language in languages.LANGUAGES
    )
    monkeypatch.setattr(languages, "LANGUAGES", turned)
    problems = checks.language_completeness()
    assert ids(problems) == ["cms.E003"]
    assert "ar" in problems[0].msg


def test_catalogues_that_are_not_compiled_are_a_warning_that_says_what_to_do(settings: Any, tmp_path: Path) -> None:
    for language in languages.LANGUAGES:
        folder = tmp_path / languages.catalogue_folder(language.code) / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").touch()
    settings.LOCALE_PATHS = [tmp_path]
    problems = checks.language_completeness()
    assert set(ids(problems)) == {"cms.W001"}
    assert len(problems) == len(languages.LANGUAGES)
    assert {problem.hint for problem in problems} == {"manage.py compile_catalogues"}


def test_missing_catalogues_are_errors(settings: Any, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    assert ids(checks.language_completeness()) == ["cms.E001"] * len(languages.LANGUAGES)


@pytest.mark.django_db
def test_demo_accounts_are_an_error_where_they_are_not_allowed(settings: Any) -> None:
    user = factories.press()
    user.is_demo = True
    user.save()
    assert checks.no_demo_accounts() == []
    settings.DEMO_ACCOUNTS_ALLOWED = False
    (problem,) = checks.no_demo_accounts()
    assert problem.id == "cms.E004"
    assert "remove_examples" in problem.hint


@pytest.mark.django_db
def test_other_accounts_are_none(settings: Any) -> None:
    factories.press()
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert checks.no_demo_accounts() == []


def test_without_a_database_the_check_leaves_it_to_others(settings: Any, db: None) -> None:
    def refuse(*_anything: object) -> None:
        raise OperationalError("gone")

    settings.DEMO_ACCOUNTS_ALLOWED = False
    with connection.execute_wrapper(refuse):
        assert checks.no_demo_accounts() == []


def test_removing_the_examples_satisfies_the_check(demo: None, settings: Any) -> None:
    settings.DEMO_ACCOUNTS_ALLOWED = False
    assert ids(checks.no_demo_accounts()) == ["cms.E004"]
    call_command("remove_examples", verbosity=0)
    assert checks.no_demo_accounts() == []


@pytest.mark.django_db
def test_the_checks_run_with_djangos_own() -> None:
    assert [problem for problem in run_checks() if problem.id.startswith("cms.")] == []


def test_every_warning_has_a_number_of_its_own() -> None:
    numbers = re.findall(r'id="(cms\.\w+)"', Path(checks.__file__).read_text(encoding="utf-8"))
    assert len(numbers) > 5
    assert len(set(numbers)) == len(numbers)
