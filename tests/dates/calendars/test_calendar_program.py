"""A calendar program that knows nothing of us (vdirsyncer) subscribes over HTTP and keeps a folder up to date."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from django.utils import timezone

from dates.council import session_changes
from dates.models import CouncilSession, EventPage
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite lets a server use the connection of a test"),
]
PROGRAM = Path(sys.executable).with_name("vdirsyncer")
CONFIGURATION = """\
[general]
status_path = "{folder}/status/"

[pair dates]
a = "city"
b = "mine"
collections = null

[storage city]
type = "http"
url = "{address}"

[storage mine]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"
"""


@pytest.fixture
def server(db: None, settings: object) -> Iterator[str]:
    """The site over real HTTP; it reads what the test has written, through the connection of the test."""
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    shared = connections["default"]
    shared.inc_thread_sharing()
    thread = LiveServerThread("127.0.0.1", lambda application: application, {"default": shared})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait(20)
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    shared.dec_thread_sharing()


class Program:
    def __init__(self, folder: Path, address: str) -> None:
        self.site = address.partition("/termine/")[0]
        self.calendar = folder / "calendar"
        self.calendar.mkdir()
        self.configuration = folder / "configuration"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, address=address))
        self.run("discover")

    def run(self, command: str) -> str:
        done = subprocess.run(  # noqa: S603 (our own arguments)
            [PROGRAM, "-c", self.configuration, command], input="y\ny\n", capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def sync(self) -> dict[str, icalendar.Event]:
        """Entries by their page, as they lie in the folder afterwards; this program gives them UIDs of its own."""
        self.run("sync")
        calendars = [icalendar.Calendar.from_ical(path.read_bytes()) for path in self.calendar.glob("*.ics")]
        return {
            str(event["URL"]).partition(self.site)[2]: event
            for calendar in calendars
            for event in calendar.walk("VEVENT")
        }

    def state(self) -> dict[str, tuple[int, bytes]]:
        return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in self.calendar.iterdir()}


@pytest.mark.parametrize("code", ["de", "fa"])
def test_a_program_keeps_its_folder_up_to_date(server: str, tmp_path: Path, code: str) -> None:
    site = factories.municipality()
    body = factories.council_body(de="Integrationsrat", fa="شورای ادغام")
    factories.council(site, body, slug="rat")
    start = factories.berlin(timezone.localtime().year + 1, 3, 2, 16)
    session = CouncilSession.objects.get(pk=factories.session(body, 1, start).pk)
    event = factories.event(factories.event_index(site), "Fest, Tanz; \\ Musik\n😀", start, recurrence="FREQ=WEEKLY")
    program = Program(tmp_path, f"{server}/{code}/termine/calendar.ics")

    council, fest = f"/rat/{start.year}/1/", f"/termine/{event.slug}/"

    first = program.sync()
    assert set(first) == {council, fest}
    assert first[council]["DTSTART"].dt == start
    assert first[fest]["SUMMARY"] == "Fest, Tanz; \\ Musik 😀"

    before = program.state()
    program.sync()
    assert program.state() == before

    later = start + dt.timedelta(days=1)
    session_changes.change(session=session, values={"start": later}, origin="person")
    moved = program.sync()[council]
    assert (moved["DTSTART"].dt, moved["SEQUENCE"]) == (later, 1)

    EventPage.objects.get(pk=event.pk).unpublish()
    assert set(program.sync()) == {council}
