"""Does one of our long acts in a process of its own and prints how long each transaction worked under the lock.

``python -m tests.invariants.long_acts take_over`` with the settings of ``make run`` in the environment. Counted is the
CPU time of the thread between BEGIN and COMMIT: what the act itself needs, however busy the machine is.
"""

import datetime as dt
import json
import logging
import sys
from collections.abc import Callable
from typing import Any

import django

ACTS: dict[str, Callable[[], object]] = {}


def act(function: Callable[[], object]) -> Callable[[], object]:
    ACTS[function.__name__] = function
    return function


@act
def seed() -> None:
    from home.demo import loading

    loading.load_everything(lambda line: None)


@act
def take_over() -> object:
    """190 dates of a calendar that an organisation follows."""
    from dates.calendar_import.models import FollowedCalendar
    from dates.calendar_import.reading import Foreign, Reading
    from dates.calendar_import.taking_over import take_over
    from directory.models import OrganisationPage

    start = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=1)
    events = [
        Foreign(
            f"{day}@example.org", f"Treffen {day}", "Alle sind eingeladen.", "Vereinsraum", begin, None, False, False
        )
        for day in range(190)
        for begin in [start + dt.timedelta(days=day)]
    ]
    organisation = OrganisationPage.objects.sources().get(slug="beispielverein")
    calendar = FollowedCalendar.objects.create(organisation=organisation, url="https://example.org/calendar.ics")
    counts = take_over(calendar=calendar, reading=Reading(events))
    assert counts.followed == 190, counts
    return counts


@act
def spreadsheet() -> None:
    """60 organisations, published at once."""
    from cms.accounts import User
    from directory.models import DirectoryPage
    from directory.spreadsheet import importing
    from directory.spreadsheet.reading import SheetRow

    rows = [SheetRow(1, ["Name", "Ort"]), *(SheetRow(number, [f"Verein {number}", "Hagen"]) for number in range(2, 62))]
    directory = DirectoryPage.objects.sources().get()
    user = User.objects.get(email="admin@example.org")
    of = importing.prepare(directory=directory, file_name="list.csv", rows=rows, user=user)
    importing.start(of=of, choices={}, publish=True)
    assert importing.work_off(of)
    assert of.rows.filter(outcome="created").count() == 60, list(of.rows.values_list("outcome", "notes"))[:3]


@act
def oparl() -> None:
    """The first run over 60 meetings."""
    from dates.council.bodies import CouncilBody
    from dates.oparl import mirror
    from dates.oparl.models import OParlSource
    from dates.oparl.reading import read_meeting
    from dates.oparl.walk import Collected

    source = OParlSource.objects.create(
        council=CouncilBody.objects.get(), organisation_url="https://ris.example.org/oparl/organization/1"
    )
    meetings = [
        read_meeting(
            {
                "id": f"https://ris.example.org/oparl/meeting/{number}",
                "type": "https://schema.oparl.org/1.1/Meeting",
                "name": "Integrationsrat",
                "start": f"{2010 + number // 6}-{1 + number % 6 * 2:02}-15T16:00:00+01:00",
            }
        )
        for number in range(60)
    ]
    result = mirror.take_over(source, Collected({each.id: each for each in meetings if each}), accept_loss=False)
    assert result.counts["new"] == 60, result


@act
def move() -> None:
    """The directory with all its profiles and events, below another page."""
    from directory.models import DirectoryPage
    from home.models import ContentPage

    directory = DirectoryPage.objects.sources().get()
    target = ContentPage.objects.sources().filter(depth=3).first()
    assert target is not None
    directory.move(target, pos="last-child")


class Durations(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[float, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        _held, worked, statement = record.args  # type: ignore[misc]
        self.found.append((float(worked), str(statement)[:120]))  # type: ignore[arg-type]


def main(name: str) -> None:
    django.setup()
    from cms.database.sqlite3 import base

    base.LONGEST = 0
    durations = Durations()
    base.logger.addHandler(durations)
    base.logger.propagate = False
    ACTS[name]()
    longest: Any = sorted(durations.found, reverse=True)[:5]
    print(json.dumps({"count": len(durations.found), "longest": longest}))


if __name__ == "__main__":
    main(sys.argv[1])
