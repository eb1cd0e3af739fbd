"""What is looked in: the passages of a document, each with its language and what it is to the document."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

NAMES, FACTS = "xx", "zz"
"""Languages of passages that everybody reads."""


class Part(StrEnum):
    """What a passage is to its document; the weights are in ``cms.search.forms``."""

    NAME = "name"  # in every form: German, native, short, former; language NAMES
    TITLE = "title"
    FACT = "fact"  # topic, language spoken, district, place, in every language's names; language FACTS
    OFFER = "offer"
    TEASER = "teaser"
    BODY = "body"


@dataclass(frozen=True)
class Passage:
    text: str
    language: str
    part: Part


@dataclass(frozen=True)
class Indexed:
    """One document to be written: what it is about, and all that is public of it."""

    kind: str
    object_id: int
    passages: Sequence[Passage]
    date: dt.date | None = None
