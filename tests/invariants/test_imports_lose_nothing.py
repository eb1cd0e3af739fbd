"""Invariant 5: no machine and no file removes or overwrites what people have written."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from dates.council import session_changes
from dates.models import CouncilSession, SourceMeeting
from dates.oparl import runs
from directory.models import DirectoryPage, OrganisationPage, SpreadsheetImport
from directory.spreadsheet import importing, limits, reading
from tests import factories
from tests.dates.oparl import stub as oparl
from tests.translations import content
from tests.translations.exchange.damaged_files import BACK_WITH_FAULTS, PAGE, REFUSED, WRONG_LANGUAGE
from tests.translations.machine import provider_stub
from translations import publishing
from translations.exchange import document as exchanged
from translations.exchange import files, store
from translations.machine import jobs, working
from translations.machine.models import DraftJob, JobState

pytestmark = pytest.mark.django_db

FAULTS = [fault for fault in provider_stub.FAULTS if fault not in ("timeout", "endless", "drip")]
"""The slow ones are tried in tests/translations/machine/test_providers.py."""

DAMAGED = {**REFUSED, **WRONG_LANGUAGE, **{name: file for name, (file, _verdict) in BACK_WITH_FAULTS.items()}}


@pytest.fixture
def page() -> Any:
    """An article of which a person has translated all but two sentences, and published nothing."""
    page = content.article()
    words = dict(list(content.words_for(page, "uk").items())[:2])
    publishing.save_words(page=page, language="uk", words=words, user=factories.translator("uk"))
    return page


@pytest.fixture
def kept(page: Any) -> Iterator[None]:
    """What the person wrote is there after the test as before it, and visitors see what they saw."""
    before, seen = of_people(page), public()
    assert len(before) == 2
    yield
    assert of_people(page) == before
    assert public() == seen


def of_people(page: Any) -> dict[Any, str]:
    return {segment.place: segment.target for segment in content.segments(page, "uk") if segment.made_by == "manual"}


def public() -> bytes:
    return Client().get("/uk/aktuelles/ein-fest/").content


@pytest.mark.parametrize("fault", ["ok", *FAULTS])
def test_a_machine_keeps_what_people_wrote(kept: None, page: Any, fault: str) -> None:
    with provider_stub.running(*[fault] * 9) as stub, override_settings(MACHINE_TRANSLATION=stub.settings("deepl")):
        jobs.enqueue(page=page, language="uk", user=None)
        working.work_off()
        job = DraftJob.objects.get()
        assert stub.requests
        assert job.state in (JobState.DONE, JobState.FAILED, JobState.WAITING)
        assert job.sentence or job.state == JobState.DONE


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_keeps_what_people_wrote(kept: None, page: Any, name: str) -> None:
    bring(DAMAGED[name].replace(PAGE.encode(), str(page.translation_key).encode()))


@pytest.mark.parametrize("kind", ["po", "xliff-1.2", "xliff-2.0"])
@pytest.mark.parametrize("words", ["", "uk machine: {}", "{}"])
def test_a_file_with_other_words_keeps_what_people_wrote(kept: None, page: Any, kind: str, words: str) -> None:
    taken = store.to_document(store.read_pages([page], "uk"), "uk")
    segments = tuple(
        exchanged.Segment(each.page, each.context, each.source, words.format(each.source), exchanged.MACHINE)
        for each in taken.segments
    )
    bring(files.write(exchanged.Document("uk", segments), format=kind))


def bring(file: bytes) -> None:
    client = Client()
    client.force_login(factories.press())
    answer = client.post("/admin/translations/uk/file/", {"file": SimpleUploadedFile("file.po", file)})
    assert answer.status_code == 200


# Council dates (OParl)


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[oparl.Town]:
    with oparl.running(monkeypatch) as town:
        for number, ahead in enumerate((-20, 20, 50, 80), start=1):
            town.meeting(number, oparl.day(ahead))
        yield town


def entered(session: CouncilSession) -> dict[str, Any]:
    """Everything that is kept of a session, as text, but for what only says that it was written."""
    session = CouncilSession.objects.get(pk=session.pk)
    fields = (field.attname for field in CouncilSession._meta.concrete_fields)
    return {name: str(getattr(session, name)) for name in fields if name not in ("overridden", "changed_at")}


CHANGES: dict[str, dict[str, Any]] = {
    "moved": {"start": oparl.day(51, "17:00"), "end": oparl.day(51, "19:00")},
    "cancelled": {"cancelled": True},
    "at another place": {"location": {"description": "Anderswo"}},
    "without anything": {"start": None, "end": None, "name": None, "location": None},
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_import_keeps_what_a_person_has_set(town: oparl.Town, change: str) -> None:
    source = oparl.source(town)
    runs.run(source)
    session = SourceMeeting.objects.get(oparl_id=town.meetings[2]["id"]).session
    values = {
        "start": session.start.replace(minute=15),
        "end": session.start.replace(minute=45),
        "place": factories.place("aula", name={"de": "Aula"}),
        "status": "invited",
        "information_url": "https://www.example.org/of-a-person",
        "interpreters": "yes",
        "number": 17,
    }
    session_changes.change(session=session, values=values, origin="person", by=factories.press())
    before = entered(session)
    town.meetings[2].update(CHANGES[change], web=town.at("other").replace("http", "https"))
    assert runs.run(source).counts["changed"] == 1
    assert entered(session) == before


@pytest.mark.parametrize("change", CHANGES)
def test_an_import_keeps_what_a_person_has_entered_before_it_came(town: oparl.Town, change: str) -> None:
    source = oparl.source(town)
    start = dt.datetime.fromisoformat(town.meetings[2]["start"]).replace(hour=18)
    end, place = start.replace(hour=20), factories.place("aula", name={"de": "Aula"})
    session = factories.session(source.council, 5, start, end=end, place=place, minutes_url="https://www.example.org/")
    before = entered(session)
    runs.run(source)
    assert entered(session) == before
    town.meetings[2].update(CHANGES[change])
    runs.run(source)
    after = entered(session)
    if change == "cancelled":  # nobody has said that it takes place in spite of that
        assert after.pop("status") == "cancelled"
        before.pop("status"), before.pop("sequence"), after.pop("sequence")
    assert after == before
    assert CouncilSession.objects.count() == 4


def test_an_import_removes_no_session(town: oparl.Town) -> None:
    source = oparl.source(town)
    by_hand = factories.session(source.council, 9, factories.berlin(2026, 3, 3, 16))
    runs.run(source)
    town.meetings.clear()
    runs.run(source)
    runs.run(source, accept_loss=True)
    assert CouncilSession.objects.public().count() == 5
    assert entered(by_hand)["status"] == "planned"


# Lists of organisations


@pytest.fixture
def organisation() -> OrganisationPage:
    """A profile that a list brought, then a member changed and the press published; and a draft since."""
    directory = factories.directory(factories.municipality())
    take_in(directory, LIST)
    page = OrganisationPage.objects.get()
    member = factories.member(page)
    page.phone, page.short_description, page.street = "+4923312075555", "Von uns", ""
    page.save_revision(user=member).publish(user=factories.press())
    draft = OrganisationPage.objects.get()
    draft.city = "Ein Entwurf"
    draft.save_revision(user=member)
    return OrganisationPage.objects.get()


LIST = "Name;Telefon;Beschreibung;Straße;Ort\nVerein e.V.;02331 2070;Aus der Liste;Weg 1;Hagen\n"
OTHER = "Name;Telefon;Beschreibung;Straße;Ort;Website\nVerein;02331 2079999;Neue Liste;Weg 2;Hemer;a.example\n"
LISTS = {
    "same": LIST.encode(),
    "other": OTHER.encode(),
    "without values": b"Name;Telefon;Beschreibung;Ort\nVerein;;;\n",
    "cut off": OTHER.encode()[:-30],
    "wrong encoding": OTHER.encode("utf-16"),
    "columns moved": b"Telefon;Name;Ort\nVerein;02331 2070;Hagen\n",
    "not a list": b"\x89PNG\0",
}


def take_in(directory: DirectoryPage, text: str | bytes) -> None:
    content = text.encode() if isinstance(text, str) else text
    of = importing.prepare(
        directory=directory, file_name="x", rows=reading.read(content), user=factories.person(is_superuser=True)
    )
    importing.start(of=of, choices={}, publish=True)
    importing.work_off(SpreadsheetImport.objects.get(pk=of.pk))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_what_people_wrote(organisation: OrganisationPage, name: str) -> None:
    before = Client().get("/de/organisationen/verein-ev/").content
    with contextlib.suppress(limits.BadSpreadsheet):
        take_in(DirectoryPage.objects.get(), LISTS[name])
    page = OrganisationPage.objects.get(pk=organisation.pk)
    assert (page.phone, page.short_description, page.street) == ("+4923312075555", "Von uns", "")
    assert page.get_latest_revision_as_object().city == "Ein Entwurf"
    assert Client().get("/de/organisationen/verein-ev/").content == before
