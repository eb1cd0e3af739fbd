"""One date of an event that repeats: found in the list of all that are ahead, cancelled, moved, or as planned again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.localization import formats
from cms.localization.accepted_dates import is_accepted
from cms.pages import drafts
from dates import periods, recurrence
from dates.council.sessions import start_of_today
from dates.events import cancelling
from dates.events.cancelling import NoSuchDate
from dates.events.event_page import EventPage
from dates.portal.access import address_of, of_own_event
from dates.portal.form import moment
from dates.recurrence import Occurrence
from directory.portal import screen
from directory.profiles.organisation import OrganisationPage
from directory.review import moderation

A_PAGE = 12
FIRST, DAY = "from", "day"
REFUSED = (NoSuchDate, drafts.Locked, moderation.NotSubmittable)


@dataclass(frozen=True)
class DateRow:
    """A date in the list; ``day`` is where the rule puts it, by which it is named."""

    date: Occurrence

    @property
    def day(self) -> dt.date:
        return periods.day_of(self.date.original_start)

    @property
    def href(self) -> str:
        return f"?{DAY}={self.day.isoformat()}"

    @property
    def is_moved(self) -> bool:
        return self.date.moved_from is not None and not self.date.is_cancelled


class SearchForm(forms.Form):
    """A day that is looked for: the list begins there."""

    day = forms.DateField(
        label=gettext_lazy("Another day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class MoveForm(forms.Form):
    """When a date takes place instead; of an event for whole days only the days count."""

    new_start = moment(label=pgettext_lazy("time", "From"))
    new_end = moment(label=pgettext_lazy("time", "To"), required=False)

    def __init__(self, *args: Any, row: DateRow, **options: Any) -> None:
        date = row.date
        super().__init__(*args, initial={"new_start": date.start, "new_end": date.end}, **options)
        if date.all_day:
            for name in ("new_start", "new_end"):
                old = self.fields[name]
                widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
                self.fields[name] = forms.DateField(label=old.label, required=old.required, widget=widget)

    def moments(self) -> dict[str, dt.datetime | None]:
        typed = {"start": self.cleaned_data["new_start"], "end": self.cleaned_data["new_end"]}
        return {
            name: value if value is None or isinstance(value, dt.datetime) else periods.beginning(value)
            for name, value in typed.items()
        }


@of_own_event
def single_dates(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    """The list; with a day in the address, what can be done with that date."""
    draft = drafts.draft_of(event)
    day = _day_in(request.GET, DAY)
    row = row_on(draft, day) if day else None
    if row is not None:
        return _one_date(request, organisation, event, draft, row)
    search = SearchForm(request.GET if DAY in request.GET else None)
    if day:
        search.add_error(DAY, _("The event does not take place on that day."))
    first = _day_in(request.GET, FIRST)
    since = max(start_of_today(), periods.beginning(first or day)) if first or day else start_of_today()
    rows = [DateRow(date) for date in recurrence.coming(draft, since, A_PAGE + 1)] if draft.start else []
    return screen.show(
        request,
        "dates/portal/single_dates.html",
        title=_("Single dates"),
        organisation=organisation,
        event=draft,
        rows=rows[:A_PAGE],
        following=f"?{FIRST}={periods.day_of(rows[A_PAGE].date.start).isoformat()}" if len(rows) > A_PAGE else "",
        search=search,
        back=address_of(event, organisation),
    )


def _one_date(
    request: HttpRequest, organisation: OrganisationPage, event: EventPage, draft: EventPage, row: DateRow
) -> HttpResponse:
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = MoveForm(request.POST if act == "move" else None, row=row)
    problem = ""
    try:
        if act == "move" and form.is_valid():
            seen = cancelling.move(event=event, user=request.user, day=row.day, **form.moments())  # type: ignore[arg-type]
            return _done(request, organisation, event, _moved(row.day, is_seen=seen, is_live=event.live))
        if act == "cancel":
            seen = cancelling.cancel(event=event, user=request.user, day=row.day)
            return _done(request, organisation, event, cancelled(is_seen=seen, is_live=event.live))
        if act == "reinstate":
            seen = cancelling.reinstate(event=event, user=request.user, day=row.day)
            return _done(request, organisation, event, reinstated(is_seen=seen, is_live=event.live))
    except REFUSED as error:
        problem = str(error)
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            form.add_error(name if name in form.fields else None, ValidationError(sentences))
    return screen.show(
        request,
        "dates/portal/single_date.html",
        title=_("One date"),
        organisation=organisation,
        status=422 if request.method == "POST" else 200,
        event=draft,
        row=row,
        form=form,
        problem=problem,
        back=address_of(event, organisation, "my_event_dates"),
    )


def _done(request: HttpRequest, organisation: OrganisationPage, event: EventPage, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(address_of(event, organisation, "my_event_dates"))


def cancelled(*, is_seen: bool, is_live: bool) -> str:
    if not is_live:
        return _("Cancelled.")
    return _("Cancelled. Visitors see it now.") if is_seen else _("Cancelled. It is being reviewed.")


def reinstated(*, is_seen: bool, is_live: bool) -> str:
    if not is_live:
        return _("It takes place as planned.")
    if is_seen:
        return _("It takes place as planned. Visitors see it now.")
    return _("It takes place as planned. It is being reviewed.")


def _moved(day: dt.date, *, is_seen: bool, is_live: bool) -> str:
    said = {"day": formats.full_date(day)}
    if not is_live:
        return _("Moved: %(day)s.") % said
    if is_seen:
        return _("Moved: %(day)s. Visitors see it now.") % said
    return _("Moved: %(day)s. It is being reviewed.") % said


def row_on(draft: EventPage, day: dt.date) -> DateRow | None:
    """The date that is planned on ``day``, wherever it was moved, else the one that was moved there."""
    if draft.start is None or not draft.has_more_dates:
        return None
    moved = [change.new_start for change in draft.exceptions.all() if change.original_date == day and change.new_start]
    rows = [
        DateRow(date)
        for since in (periods.beginning(day), *moved)
        for date in recurrence.occurrences(draft, since, since + dt.timedelta(days=1))
    ]
    planned = [row for row in rows if row.day == day]
    here = [row for row in rows if periods.day_of(row.date.start) == day]
    return next(iter([*planned, *here]), None)


def _day_in(typed: Any, name: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(typed.get(name, ""))
    except ValueError:
        return None
    return day if is_accepted(day) else None
