"""Lists in the admin, as people do it: file, columns, look, do; and who may."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from wagtail.models import Site

from directory.models import DirectoryPage, OrganisationPage, SpreadsheetImport
from directory.spreadsheet import reading
from tests import factories, webpages
from tests.directory.spreadsheet import samples

pytestmark = pytest.mark.django_db

START = "/admin/organisations/lists/"


@pytest.fixture
def site(db: None) -> Site:
    site = factories.municipality()
    for key in ("kultur", "sport", "soziales"):
        factories.topic(key)
    for key in ("mitte", "haspe"):
        factories.district(site, key)
    return site


@pytest.fixture
def directory(site: Site) -> DirectoryPage:
    return factories.directory(site)


@pytest.fixture
def ki(directory: DirectoryPage) -> Client:
    client = Client()
    client.force_login(factories.ki())
    return client


def choose(client: Client, content: bytes, directory: DirectoryPage, name: str = "liste.csv") -> Any:
    return client.post(START, {"file": SimpleUploadedFile(name, content), "directory": directory.pk}, follow=True)


def fields(answer: Any) -> dict[str, str]:
    """What the browser would send of the form on the page."""
    form = webpages.read(answer).select_one("main form[method=post]")
    assert form is not None
    found = {
        str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]:not([type=checkbox])")
    }
    for select in form.select("select"):
        option = select.select_one("option[selected]") or select.select_one("option")
        assert option is not None
        found[str(select["name"])] = str(option["value"])
    return found


def go_on(client: Client, answer: Any, **changes: str) -> Any:
    return client.post(answer.request["PATH_INFO"], {**fields(answer), **changes}, follow=True)


def take_over(client: Client, answer: Any, capture: Any, **changes: str) -> Any:
    with capture(execute=True):
        done = go_on(client, answer, **changes)
    return client.get(done.request["PATH_INFO"])


def test_from_a_file_to_organisations(
    ki: Client, directory: DirectoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    answer = choose(ki, samples.as_xlsx(samples.sixty()), directory, "liste.xlsx")
    assert fields(answer)["column-1"] == "title"
    answer = go_on(ki, answer)
    shown = webpages.text(webpages.read(answer))
    assert not OrganisationPage.objects.exists()
    assert re.search(r"\b45 new organisations|\b45 neue", shown)
    assert "Klingonisch" in shown
    answer = take_over(ki, answer, django_capture_on_commit_callbacks, publish="on")
    assert OrganisationPage.objects.live().count() == 45
    page = webpages.read(answer)
    assert len(page.select("tbody tr")) == 15
    assert page.select_one("a[href='/admin/organisations/records/invite-all/']") is not None


def test_refused_rows_come_back_as_a_file_with_what_is_wrong(
    ki: Client, directory: DirectoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    answer = go_on(ki, choose(ki, samples.as_csv(samples.sixty()), directory))
    take_over(ki, answer, django_capture_on_commit_callbacks)
    of = SpreadsheetImport.objects.get()
    rows = reading.read(ki.get(f"{START}{of.pk}/refused.csv").content)
    assert len(rows) == 16
    assert all(row.cells[-1] for row in rows)
    again = choose(ki, ki.get(f"{START}{of.pk}/refused.csv").content, directory)
    assert fields(again)["column-1"] == "title"


def test_columns_may_be_named_by_hand(ki: Client, directory: DirectoryPage) -> None:
    answer = choose(ki, b"Spalte A;Spalte B\nVerein;Hagen\n", directory)
    answer = go_on(ki, answer, **{"column-0": "title", "column-1": "city"})
    assert "Verein" in webpages.text(webpages.read(answer))
    assert SpreadsheetImport.objects.get().mapping == ["title", "city"]


@pytest.mark.parametrize(
    "columns", [{"column-0": "", "column-1": "city"}, {"column-0": "title", "column-1": "title"}, {"column-0": "evil"}]
)
def test_columns_that_make_no_sense_are_refused(ki: Client, directory: DirectoryPage, columns: dict[str, str]) -> None:
    answer = go_on(ki, choose(ki, b"Name;Ort\nVerein;Hagen\n", directory), **columns)
    assert answer.status_code == 422
    assert "error" in answer.content.decode() or "help-critical" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0", b"PK\x03\x04rubbish", b"%PDF-1.4 x"])
def test_a_file_that_is_no_list_is_explained(ki: Client, directory: DirectoryPage, content: bytes) -> None:
    answer = choose(ki, content, directory)
    assert answer.status_code == 422
    assert not SpreadsheetImport.objects.exists()


def test_what_is_already_there_is_shown_with_a_choice(
    ki: Client, directory: DirectoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    there = factories.organisation(directory, "Ukrainer in Hagen", native_name="Українці в Хагені", city="Hemer")
    answer = go_on(ki, choose(ki, "Name;Ort;Straße\nUkraintsi v Hageni;Hagen;Weg 1\n".encode(), directory))
    assert "Ukrainer in Hagen" in webpages.text(webpages.read(answer))
    assert fields(answer)["choice-2"] == ""
    answer = go_on(ki, answer)
    assert answer.status_code == 422, "likeness only asks: without an answer nothing is done"
    assert SpreadsheetImport.objects.get().state == "prepared"
    take_over(ki, answer, django_capture_on_commit_callbacks, **{"choice-2": "update", "publish": "on"})
    there.refresh_from_db()
    assert (there.city, there.street) == ("Hemer", "Weg 1")


def test_a_forged_choice_changes_nothing(
    ki: Client, directory: DirectoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    answer = go_on(ki, choose(ki, b"Name\nVerein\n", directory))
    forged = {"choice-x": "new", "choice-99": "update", "choice-2": "'; DROP", f"choice-{'9' * 30}": "new"}
    assert take_over(ki, answer, django_capture_on_commit_callbacks, **forged).status_code == 200
    assert OrganisationPage.objects.count() == 1


def test_steps_may_be_taken_twice(
    ki: Client, directory: DirectoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    answer = go_on(ki, choose(ki, b"Name\nVerein\n", directory))
    take_over(ki, answer, django_capture_on_commit_callbacks)
    take_over(ki, answer, django_capture_on_commit_callbacks, publish="on")
    of = SpreadsheetImport.objects.get()
    for step in ("columns/", "check/"):
        assert ki.get(f"{START}{of.pk}/{step}", follow=True).request["PATH_INFO"] == f"{START}{of.pk}/"
    assert not OrganisationPage.objects.get().live


def test_progress_is_shown_until_it_is_done(ki: Client, directory: DirectoryPage) -> None:
    answer = go_on(ki, go_on(ki, choose(ki, b"Name\nVerein\n", directory)))
    assert answer["Refresh"]
    assert webpages.read(answer).select_one("progress") is not None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files_to_take_away(ki: Client, directory: DirectoryPage, kind: str) -> None:
    factories.organisation(directory, "Verein")
    export = reading.read(ki.get(f"{START}organisations.{kind}").content)
    assert [row.cells[1] for row in export][1:] == ["Verein"]
    assert len(reading.read(ki.get(f"{START}template.{kind}").content)) == 2


def test_the_template_has_a_sheet_of_allowed_values(ki: Client, directory: DirectoryPage) -> None:
    assert len(load_workbook(io.BytesIO(ki.get(f"{START}template.xlsx").content)).worksheets) == 2


def test_other_kinds_of_files_are_not_there(ki: Client, directory: DirectoryPage) -> None:
    assert ki.get(f"{START}organisations.exe").status_code == 404


# Who may


ADDRESSES = [
    "",
    "organisations.csv",
    "organisations.xlsx",
    "template.csv",
    "1/",
    "1/columns/",
    "1/check/",
    "1/refused.csv",
]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("visitor", False), ("member", False), ("translator", False), ("ki", True), ("press", True), ("admin", True)],
)
def test_who_may_take_lists_in_and_out(directory: DirectoryPage, role: str, allowed: bool) -> None:
    page = factories.organisation(directory, "Geheimer Entwurf", live=False)
    client = Client()
    people = {
        "member": lambda: factories.member(page),
        "translator": lambda: factories.translator("ar"),
        "ki": factories.ki,
        "press": factories.press,
        "admin": factories.administrator,
    }
    if role in people:
        client.force_login(people[role]())
    for address in ADDRESSES:
        answer = client.get(START + address, follow=True)
        if not allowed:
            assert "Geheimer Entwurf" not in answer.content.decode(errors="replace")
            assert answer.request["PATH_INFO"] != START + address or answer.status_code == 403
    client.post(START, {"file": SimpleUploadedFile("x.csv", b"Name\nA\n"), "directory": directory.pk})
    assert SpreadsheetImport.objects.exists() is allowed


def test_a_list_of_another_directory_is_not_there(ki: Client, directory: DirectoryPage) -> None:
    other = factories.directory(factories.municipality("Anderswo", hostname="anderswo.localhost"))
    of = SpreadsheetImport.objects.create(directory=other, file_name="x")
    only_here = Client()
    user = factories.person("nur-hier@example.org", "ki")
    user.groups.first().page_permissions.filter(page=other).delete()
    only_here.force_login(user)
    assert only_here.get(f"{START}{of.pk}/", follow=True).status_code == 404
    answer = only_here.post(START, {"file": SimpleUploadedFile("x.csv", b"Name\nA\n"), "directory": other.pk})
    assert answer.status_code == 422


def test_of_several_readings_a_person_chooses(ki: Client, directory: DirectoryPage) -> None:
    answer = choose(ki, "Name des Vereins\nHaus ü\nChor\n".encode("cp1252"), directory)
    of = SpreadsheetImport.objects.get()
    page = webpages.read(answer)
    assert [text.text for text in page.select("main form bdi")] == ["Haus ü", "Haus ь"]
    for step in ("columns/", "check/", ""):
        assert ki.get(f"{START}{of.pk}/{step}", follow=True).request["PATH_INFO"] == f"{START}{of.pk}/reading/"
    address = f"{START}{of.pk}/reading/"
    assert ki.post(address, {"reading": "7"}).status_code == 422
    assert not of.rows.exists()
    for _time in range(2):
        ki.post(address, {"reading": "0"})
    of.refresh_from_db()
    assert (of.readings, of.mapping, [row.cells for row in of.rows.all()]) == ([], ["title"], [["Haus ü"], ["Chor"]])


def test_headings_that_are_not_known_are_shown(ki: Client, directory: DirectoryPage) -> None:
    answer = choose(ki, b"Name;Kassenwart\nChor;Frau Muster\n", directory)
    assert "Kassenwart" in webpages.read(answer).select_one("main .help-warning").text
