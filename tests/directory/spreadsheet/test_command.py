"""``manage.py import_organisations``."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from directory.models import DirectoryPage, OrganisationPage, SpreadsheetImport
from tests import factories
from tests.directory.spreadsheet import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    return factories.directory(factories.municipality())


def file(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / "liste.csv"
    path.write_bytes(samples.as_csv(rows))
    return str(path)


GOOD, BAD = {"Name": "Verein A", "Telefon": "02331 2070"}, {"Name": "Verein B", "Telefon": "0815"}


def test_good_rows_come_in(directory: DirectoryPage, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_organisations", file(tmp_path, GOOD), "--publish")
    assert OrganisationPage.objects.get().live
    assert "Verein A" in capsys.readouterr().out


def test_a_refused_row_is_told_and_gives_status_1(
    directory: DirectoryPage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        call_command("import_organisations", file(tmp_path, GOOD, BAD))
    assert end.value.code == 1
    assert [page.title for page in OrganisationPage.objects.all()] == ["Verein A"]
    assert "0815" in capsys.readouterr().out


def test_a_dry_run_leaves_nothing(directory: DirectoryPage, tmp_path: Path) -> None:
    call_command("import_organisations", file(tmp_path, GOOD), "--dry-run")
    assert not OrganisationPage.objects.exists()
    assert not SpreadsheetImport.objects.exists()


def test_the_site_is_chosen_by_its_name(directory: DirectoryPage, tmp_path: Path) -> None:
    other = factories.directory(factories.municipality("Anderswo", hostname="anderswo.localhost"))
    call_command("import_organisations", file(tmp_path, GOOD), "--site", "anderswo.localhost")
    assert OrganisationPage.objects.child_of(other).count() == 1


def test_a_file_that_is_not_there_or_no_list_is_told(directory: DirectoryPage, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_organisations", str(tmp_path / "nichts.csv"))
    (tmp_path / "bild.png").write_bytes(b"\x89PNG\0")
    with pytest.raises(CommandError):
        call_command("import_organisations", str(tmp_path / "bild.png"))


def test_a_site_without_directory_is_told(directory: DirectoryPage, tmp_path: Path) -> None:
    assert not Site.objects.filter(hostname="nirgends").exists()
    with pytest.raises(CommandError):
        call_command("import_organisations", file(tmp_path, GOOD), "--site", "nirgends")


def test_headings_that_are_not_known_are_named(directory: DirectoryPage, tmp_path: Path) -> None:
    rows = {**GOOD, "Kassenwart": "Frau Muster"}
    with pytest.raises(CommandError, match="Kassenwart"):
        call_command("import_organisations", file(tmp_path, rows))
    assert not OrganisationPage.objects.exists()
    assert not SpreadsheetImport.objects.exists()
    call_command("import_organisations", file(tmp_path, rows), "--ignore-unknown-columns")
    assert OrganisationPage.objects.count() == 1


def test_a_file_that_may_be_read_in_two_ways_is_refused_until_somebody_says_which(
    directory: DirectoryPage, tmp_path: Path
) -> None:
    (tmp_path / "liste.csv").write_bytes("Name\nHaus ü\n".encode("cp1252"))
    with pytest.raises(CommandError, match=r"(?s)cp1252.*Haus ü.*cp1251.*Haus ь"):
        call_command("import_organisations", str(tmp_path / "liste.csv"))
    assert not SpreadsheetImport.objects.exists()
    call_command("import_organisations", str(tmp_path / "liste.csv"), "--reading", "cp1252")
    assert OrganisationPage.objects.get().title == "Haus ü"


def test_a_question_is_told_and_nothing_is_done(
    directory: DirectoryPage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.organisation(directory, "Ukrainer in Hagen", native_name="Українці в Хагені")
    for more in ([], ["--dry-run"]):
        with pytest.raises(SystemExit):
            call_command("import_organisations", file(tmp_path, {"Name": "Ukraintsi v Hageni"}), *more)
        assert "Ukrainer in Hagen" in capsys.readouterr().out
    assert OrganisationPage.objects.count() == 1
