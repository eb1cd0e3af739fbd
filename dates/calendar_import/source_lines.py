"""From the bytes of a foreign calendar to its lines: unfolded before they are decoded, blocks apart from each other.

Lines are cut at most once and never mended: what is no line of the format is left out, and costs nothing but itself.
"""

import re
from dataclasses import dataclass, field

from dates.calendar_import.outcomes import NothingTaken, Outcome

FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]")
BREAK = re.compile(rb"\r\n|\r|\n")
WIDE = {
    **{b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"},
    **{b"B\x00": "utf-16-le", b"\x00B": "utf-16-be"},
}
"""How what some programs of Windows write begins: a byte order mark, or the first letter alone."""
NAME = re.compile(r"\s*([A-Za-z0-9-]+)\s*(?=[;:=\s])")
MOST_COMPONENTS = 5000
"""Past ones too: whole archives of years are fine, what would take minutes to read is not."""


@dataclass
class Lines:
    """The lines of each VEVENT and VTIMEZONE, without BEGIN and END; those of the calendar itself; how many VFREEBUSY.

    ``broken``: events that begin and never end. ``told``: how many events belong to calendars that have ended.
    ``is_windows_1252``: something was no UTF-8.
    """

    header: list[str] = field(default_factory=list)
    events: list[list[str]] = field(default_factory=list)
    zones: list[list[str]] = field(default_factory=list)
    broken: list[list[str]] = field(default_factory=list)
    busy: int = 0
    told: int = 0
    is_windows_1252: bool = False


def name_of(line: str) -> str:
    """The name of a property, in capitals; "" for what is no line of the format."""
    found = NAME.match(line)
    return found[1].upper() if found else ""


def value_of(line: str) -> str:
    """What stands behind the first colon outside of quotation marks."""
    inside = False
    for place, sign in enumerate(line):
        if sign == '"':
            inside = not inside
        elif sign == ":" and not inside:
            return line[place + 1 :]
    return ""


def lines_of(data: bytes) -> Lines:
    """Raises NothingTaken for what is no calendar, or only the beginning of one."""
    data = _narrow(data).removeprefix(b"\xef\xbb\xbf").strip()
    if not re.match(rb"BEGIN *: *VCALENDAR\b", data, re.IGNORECASE):
        raise NothingTaken(Outcome.UNREADABLE)
    if not re.search(rb"END *: *VCALENDAR$", data, re.IGNORECASE):
        raise NothingTaken(Outcome.HALF)
    if data.upper().count(b"BEGIN:VEVENT") > MOST_COMPONENTS:
        raise NothingTaken(Outcome.TOO_LARGE)
    found = Lines()
    stack: list[tuple[str, list[str]]] = []
    for raw in BREAK.split(FOLD.sub(b"", data)):
        line = _decoded(raw, found)
        name, kind = name_of(line), value_of(line).strip().upper()
        if name == "BEGIN":
            if kind == "VEVENT" and stack and stack[-1][0] == "VEVENT":
                found.broken.append(stack.pop()[1])
            stack.append((kind, []))
        elif name == "END":
            _end(kind, stack, found)
        elif line.strip() and stack:
            stack[-1][1].append(line)
    found.broken += [lines for kind, lines in stack if kind == "VEVENT"]
    return found


def _end(kind: str, stack: list[tuple[str, list[str]]], found: Lines) -> None:
    """Ends the innermost block of that kind, and with it those in it that were never ended."""
    if kind not in [begun for begun, _lines in stack]:
        return
    while stack:
        begun, lines = stack.pop()
        if begun == kind:
            break
        if begun == "VEVENT":
            found.broken.append(lines)
    match kind:
        case "VEVENT":
            found.events.append(lines)
        case "VTIMEZONE":
            found.zones.append(lines)
        case "VFREEBUSY":
            found.busy += 1
        case "VCALENDAR":
            found.header += lines
            _end_calendar(lines, found)
        case "STANDARD" | "DAYLIGHT" if stack:
            stack[-1][1].extend([f"BEGIN:{kind}", *lines, f"END:{kind}"])


def _end_calendar(header: list[str], found: Lines) -> None:
    """What a calendar with METHOD:CANCEL names is cancelled (RFC 5546, 3.2.5)."""
    if any(name_of(line) == "METHOD" and value_of(line).strip().upper() == "CANCEL" for line in header):
        for event in found.events[found.told :]:
            event.insert(0, "STATUS:CANCELLED")
    found.told = len(found.events)


def _decoded(raw: bytes, found: Lines) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        found.is_windows_1252 = True
    try:
        return raw.decode("windows-1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _narrow(data: bytes) -> bytes:
    encoding = next((encoding for beginning, encoding in WIDE.items() if data.startswith(beginning)), None)
    return data.decode(encoding, "replace").encode("utf-8", "replace") if encoding else data
