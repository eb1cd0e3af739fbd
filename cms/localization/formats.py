"""Dates, times, numbers and lists as readers of each language write them (CLDR, through Babel).

Everywhere: Gregorian calendar, Latin digits, 24-hour clock, wall-clock time of ``settings.TIME_ZONE``.
The functions return plain text without direction marks; in templates the tags of
``cms.templatetags.formats`` isolate what would reverse in Arabic and Persian.

A naive datetime is a ``ValueError``. ``language`` defaults to the language of the request.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from babel import Locale as CldrLocale
from babel import dates, lists, numbers, units
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext

from cms.localization import languages
from cms.localization.languages import Language


def full_date(value: dt.date, *, language: Language | None = None) -> str:
    """With weekday: "Dienstag, 28. Januar 2025"."""
    return _whole_words(dates.format_date(_day(value), "full", locale=_locale(language)))


def medium_date(value: dt.date, *, language: Language | None = None) -> str:
    """Without weekday, the month as a word: "28. Januar 2025"."""
    return _whole_words(dates.format_date(_day(value), "long", locale=_locale(language)))


def short_day(value: dt.date, *, language: Language | None = None) -> str:
    """A day of the months ahead, for rows of dates: "Do., 3. Dez."."""
    return dates.format_skeleton("MMMEd", _day(value), locale=_locale(language))


def short_date(value: dt.date) -> str:
    """The same in every language, "28.01.2025", to be compared with a German letter."""
    return dates.format_date(_day(value), "dd.MM.yyyy", locale="de")


def month_year(value: dt.date, *, language: Language | None = None) -> str:
    """Heading of a month: "Januar 2025"."""
    return _whole_words(dates.format_skeleton("yMMMM", _day(value), locale=_locale(language)))


def day_month(day: int, month: int, *, language: Language | None = None) -> str:
    """A day of every year: "24. Dezember"."""
    leap = dt.date(2024, month, day)
    return dates.format_skeleton("MMMMd", leap, locale=_locale(language))


def weekday_name(number: int, *, language: Language | None = None) -> str:
    """Name of a weekday standing alone; 1 is Monday, as in ISO 8601. ``KeyError`` outside 1 to 7."""
    names: Mapping[int, str] = dates.get_day_names("wide", "stand-alone", _locale(language))
    return names[number - 1]


def weekday_range(first: int, last: int, *, language: Language | None = None) -> str:
    """Weekdays from one to the other, "Montag – Freitag"; one name when both are the same."""
    names = [weekday_name(number, language=language) for number in (first, last)]
    return names[0] if first == last else join_interval(*names, language=language)


def month_name(number: int, *, language: Language | None = None) -> str:
    """Name of a month standing alone, hence nominative in Ukrainian and Russian. ``KeyError`` outside 1 to 12."""
    names: Mapping[int, str] = dates.get_month_names("wide", "stand-alone", _locale(language))
    return names[number]


def month_beside_day(number: int, *, language: Language | None = None) -> str:
    """Name of a month beside the number of a day, hence genitive in Ukrainian and Russian: "24 грудня"."""
    names: Mapping[int, str] = dates.get_month_names("wide", "format", _locale(language))
    return names[number]


def time(value: dt.datetime | dt.time) -> str:
    """24-hour clock, "16:00". A ``time`` without date (opening hours) is taken as it is."""
    clock = local(value) if isinstance(value, dt.datetime) else value
    return f"{clock:%H:%M}"


def time_range(start: dt.datetime | dt.time, end: dt.datetime | dt.time) -> str:
    """ "16:00–18:00". Reverses in right-to-left text, so pages use the tag of the same name."""
    return f"{time(start)}–{time(end)}"


def date_range(start: dt.date, end: dt.date, *, language: Language | None = None) -> str:
    """Days from ``start`` to ``end``: "28.–30. Januar 2025"; only the first when ``end`` is not later."""
    first, last = _day(start), _day(end)
    if last <= first:
        return medium_date(first, language=language)
    locale = _locale(language)
    change = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    halves = zip((first, last), _day_interval(locale)[change], strict=True)
    return _whole_words("".join(dates.format_date(day, pattern, locale=locale) for day, pattern in halves))


def date_and_time(value: dt.datetime, until: dt.datetime | None = None, *, language: Language | None = None) -> str:
    """Full date with time, or from time to time when ``until`` is known.

    "Dienstag, 28. Januar 2025, 16:00–18:00 Uhr"; over midnight both ends with their date.
    An ``until`` that is not later than ``value`` counts as unknown.
    """
    start = local(value)
    end = local(until) if until else None
    if end is None or end <= start:
        return join_date_and_time(full_date(start, language=language), time(start), language=language)
    if end.date() == start.date():
        return join_date_and_time(full_date(start, language=language), time_range(start, end), language=language)
    both = (date_and_time(moment, language=language) for moment in (start, end))
    return join_interval(*both, language=language)


def number(value: int | float | Decimal, *, language: Language | None = None) -> str:
    """With the grouping and decimal signs of the language: "1.234,5"."""
    if isinstance(value, int) and 0 <= value < 1000:
        return str(value)  # the same in each, and what lists are full of
    return numbers.format_decimal(value, locale=_locale(language), numbering_system="latn")


def about_kilometres(value: float) -> str:
    """A distance that is only roughly known: "etwa 2 km"."""
    rounded = max(1, round(value))
    said = units.format_unit(rounded, "length-kilometer", "short", locale=_locale(None), numbering_system="latn")
    return (gettext("less than %(distance)s") if value < 1 else gettext("about %(distance)s")) % {"distance": said}


def list_of(items: Iterable[str], *, language: Language | None = None) -> str:
    """ "Haspe, Eilpe und Boele"."""
    return lists.format_list([str(item) for item in items], locale=_locale(language))


def join_date_and_time(date: str, clock: str, *, language: Language | None = None) -> str:
    """Both parts in the pattern of the language, which may add a word such as "Uhr"."""
    with translation.override((language or languages.active()).code):
        # Translators: a formatted date and a time of day or "16:00–18:00". German: "%(date)s, %(time)s Uhr".
        pattern = pgettext("date and time", "%(date)s, %(time)s")
    return pattern % {"date": date, "time": clock}


def join_interval(start: str, end: str, *, language: Language | None = None) -> str:
    """ "… – …" in the pattern of the language."""
    pattern: str = _locale(language).interval_formats[None]
    return pattern.format(start, end)


def local(value: dt.datetime) -> dt.datetime:
    """The same moment in ``settings.TIME_ZONE``, whatever time zone is active; ``ValueError`` if naive.

    On the first and last days that can be counted, which nobody means, the clock of the value stays.
    """
    zone = timezone.get_default_timezone()
    try:
        return timezone.localtime(value, zone)
    except OverflowError:
        return value.replace(tzinfo=zone)


def _day(value: dt.date) -> dt.date:
    """Calendar day of a moment in ``settings.TIME_ZONE``; a date stays as it is."""
    return local(value).date() if isinstance(value, dt.datetime) else value


YEAR = re.compile(r"[\u202f\u00a0 ](?:рр|р|г)\.(?=$|[ \u2009][–-])")


def _whole_words(date: str) -> str:
    """Without CLDR's "year" (Ukrainian, Russian, Bulgarian): its full stop would double that of a sentence."""
    return YEAR.sub("", date)


def _locale(language: Language | None) -> CldrLocale:
    return (language or languages.active()).cldr_locale


def _day_interval(locale: CldrLocale) -> dict[str, list[str]]:
    """Patterns of both ends of a range of days by the largest field that differs (``d``, ``M``, ``y``).

    CLDR has them mostly with short months; the field is widened as UTS #35, "Matching Skeletons", prescribes.
    """
    formats = locale.interval_formats
    if "yMMMMd" in formats:
        return dict(formats["yMMMMd"])
    return {
        field: [half.replace("MMM", "MMMM").replace("LLL", "LLLL") for half in halves]
        for field, halves in formats["yMMMd"].items()
    }
