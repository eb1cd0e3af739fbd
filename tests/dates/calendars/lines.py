"""A strict check of iCalendar files, written from RFC 5545 and RFC 7986 and knowing no library.

Parsers forgive much, and each forgives something else. This finds what any of them might not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

ONE_PARAMETER = re.compile(
    r';([A-Z0-9-]+)=((?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]+)'
    r'(?:,(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]+))*)'
)
NAME = re.compile(r"[A-Z0-9-]+")
ESCAPED_TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f\x80-\x9f]|\\[\\;,n])*")
DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
TIME = r"(?:[01]\d|2[0-3])[0-5]\d[0-5]\d"
VALUES = {
    "DATE": re.compile(rf"{DATE}(?:,{DATE})*"),
    "UTC": re.compile(rf"{DATE}T{TIME}Z"),
    "LOCAL": re.compile(rf"{DATE}T{TIME}(?:,{DATE}T{TIME})*"),
    "INTEGER": re.compile(r"\d+"),
    "DURATION": re.compile(r"P(?:\d+W|\d+D(?:T.+)?|T(?:\d+H)?(?:\d+M)?(?:\d+S)?)"),
    "URI": re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+"),
    "OFFSET": re.compile(r"[+-]\d{4}"),
    "RECUR": re.compile(r"FREQ=(?:WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,+-]+)*"),
}
TEXT = set("SUMMARY DESCRIPTION LOCATION NAME X-WR-CALNAME X-WR-TIMEZONE UID PRODID TZNAME TZID".split())
KINDS = {
    "DTSTAMP": "UTC",
    "SEQUENCE": "INTEGER",
    "URL": "URI",
    "CONFERENCE": "URI",
    "REFRESH-INTERVAL": "DURATION",
    "X-PUBLISHED-TTL": "DURATION",
    "TZOFFSETFROM": "OFFSET",
    "TZOFFSETTO": "OFFSET",
    "RRULE": "RECUR",
}
TIMES = {"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE"}
EXACTLY_ONCE = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
AT_MOST_ONCE = {
    "VCALENDAR": {"CALSCALE", "METHOD", "NAME", "REFRESH-INTERVAL", "URL"},
    "VEVENT": set("DESCRIPTION DTEND GEO LOCATION RECURRENCE-ID RRULE SEQUENCE STATUS SUMMARY TRANSP URL".split()),
}
INSIDE = {"VEVENT": "VCALENDAR", "VTIMEZONE": "VCALENDAR", "STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE"}


@dataclass
class Line:
    name: str
    parameters: dict[str, str]
    value: str


def faults(data: bytes) -> list[str]:
    """What is wrong with the file, line by line; empty when nothing is."""
    return [*_physical(data), *_logical(data)]


def unfolded(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(text: str) -> str:
    """A TEXT value as people read it (3.3.11)."""
    return re.sub(r"\\(.)", lambda sign: {"n": "\n", "N": "\n"}.get(sign[1], sign[1]), text)


def _physical(data: bytes) -> Iterator[str]:
    """RFC 5545, 3.1: lines end with CRLF and have at most 75 octets."""
    if not data.endswith(b"\r\n"):
        yield "the last line does not end with CRLF"
    lines = data.split(b"\r\n")[:-1]
    for number, line in enumerate(lines, 1):
        if b"\r" in line or b"\n" in line:
            yield f"{number}: CR or LF alone"
        if len(line) > 75:
            yield f"{number}: {len(line)} octets"
        if not line.strip(b" "):
            yield f"{number}: empty"
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield f"{number}: not UTF-8, or cut inside a character"
            continue
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text):
            yield f"{number}: control character"


def parsed(text: str) -> Line | None:
    """A content line in its parts; None when it breaks the grammar."""
    name = NAME.match(text)
    if name is None:
        return None
    at, parameters = name.end(), {}
    while (parameter := ONE_PARAMETER.match(text, at)) is not None:
        if parameter[1] in parameters:
            return None
        parameters[parameter[1]] = parameter[2]
        at = parameter.end()
    return Line(name[0], parameters, text[at + 1 :]) if text[at : at + 1] == ":" else None


def _logical(data: bytes) -> Iterator[str]:
    open_components: list[tuple[str, Counter[str]]] = []
    for text in unfolded(data):
        line = parsed(text)
        if line is None:
            yield f"no content line: {text[:60]!r}"
        elif line.name == "BEGIN":
            within = open_components[-1][0] if open_components else ""
            if INSIDE.get(line.value, "") != within:
                yield f"{line.value} inside {within or 'nothing'}"
            open_components.append((line.value, Counter()))
        elif line.name == "END":
            if not open_components or open_components[-1][0] != line.value:
                yield f"END:{line.value} closes nothing"
                return
            yield from _counted(*open_components.pop())
        elif not open_components:
            yield f"{line.name} outside of the calendar"
        else:
            open_components[-1][1][line.name] += 1
            yield from _value(line, open_components[-1][0])
    if open_components:
        yield f"{open_components[-1][0]} is not closed"


def _counted(component: str, found: Counter[str]) -> Iterator[str]:
    for name in sorted(EXACTLY_ONCE.get(component, ())):
        if found[name] != 1:
            yield f"{component}: {name} {found[name]} times"
    for name in sorted(AT_MOST_ONCE.get(component, ())):
        if found[name] > 1:
            yield f"{component}: {name} {found[name]} times"


def _value(line: Line, component: str) -> Iterator[str]:
    if line.name in TEXT:
        kind = ESCAPED_TEXT
    elif line.name in TIMES:
        is_date, has_zone = line.parameters.get("VALUE") == "DATE", "TZID" in line.parameters
        if is_date and has_zone:
            yield f"{line.name}: a day has no time zone"
        if not is_date and not has_zone and component == "VEVENT":
            yield f"{line.name}: no time zone"
        kind = VALUES["DATE" if is_date else "LOCAL"]
    elif line.name in KINDS:
        kind = VALUES[KINDS[line.name]]
    else:
        return
    if kind.fullmatch(line.value) is None:
        yield f"{line.name}: {line.value[:60]!r}"
