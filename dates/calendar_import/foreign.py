"""What a foreign calendar says, in terms that our events know. Pure values, which nothing but a reading makes."""

import datetime as dt
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True)
class Change:
    """A day that differs from the rule: without ``start`` nothing takes place.

    ``is_deleted``: the source no longer has it (EXDATE), rather than that it says that it is cancelled.
    """

    day: dt.date
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    is_deleted: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Addition:
    """A date that stands beside the rule (RDATE); without ``end`` it takes as long as the others."""

    start: dt.datetime
    end: dt.datetime | None = None
    is_cancelled: bool = False


@dataclass(frozen=True)
class Foreign:
    """A date of the calendar; times are those of the place.

    ``family`` is what the source calls one event (its UID), ``key`` which part of it this is. A family has several
    parts where the source says more than one of our events can.
    """

    key: str
    title: str
    lead: str
    place_name: str
    start: dt.datetime
    end: dt.datetime | None
    all_day: bool
    is_cancelled: bool
    recurrence: str = ""
    recurrence_until: dt.date | None = None
    changes: tuple[Change, ...] = ()
    left_out: tuple[dt.date, ...] = ()
    """Days of the rule that stand elsewhere: under another title, or in private."""
    additions: tuple[Addition, ...] = ()
    body: str = ""
    """Paragraphs and links, as rich text."""
    family: str = ""
    uid: str = field(default="", compare=False)

    @property
    def last_day(self) -> dt.date | None:
        """None for what goes on without end."""
        if self.recurrence and self.recurrence_until is None:
            return None
        moments = [self.end or self.start, *(each.end or each.start for each in self.additions)]
        moments += [each.end or each.start for each in self.changes if each.start]
        return max([*(each.date() for each in moments), *([self.recurrence_until] if self.recurrence_until else [])])


@dataclass
class Reading:
    """``events`` take place within the next twelve months; ``beyond`` are all others that the answer holds."""

    events: list[Foreign] = field(default_factory=list)
    skipped: int = 0
    is_empty: bool = False
    """No date at all, not even one that is over."""
    beyond: list[Foreign] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Titles of what could not be read; "" where there is none."""
    unread_families: set[str] = field(default_factory=set)
    is_whole: bool = True
    """False when something in it could not be read that may be any of the known dates."""
    private: int = 0
    private_families: set[str] = field(default_factory=set)
    shared: int = 0
    """Events that have their identifier in common with another one."""
    is_windows_1252: bool = False

    @property
    def families(self) -> set[str]:
        return {foreign.family for foreign in (*self.events, *self.beyond)}


def hashed(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def family_of(uid: str) -> str:
    """Of an event with a UID; its main part has the same as its key."""
    return hashed(uid, "")
