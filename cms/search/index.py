"""Writing the index: a document's rows are replaced in one transaction, by one function, from what is public now."""

import hashlib
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet
from wagtail.models import Site

from cms.localization import folding
from cms.search import forms
from cms.search.forms import Standing
from cms.search.kinds import Kind
from cms.search.models import SearchDocument, SearchPosting, SearchTerm
from cms.search.passages import Indexed

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""Documents in one transaction: nobody else can write meanwhile, and one in ten languages takes up to 90 ms."""
IN_ONE_QUERY = 400
LOCK = 7_300_512
"""Of PostgreSQL; any number that nothing else takes."""

Postings = Mapping[tuple[str, str], Standing]
TermIds = dict[tuple[str, str], int]


@dataclass
class Changed:
    """Documents that were not as they should be, as ``kind key``."""

    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    superfluous: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.wrong or self.superfluous)

    def add(self, other: "Changed") -> None:
        self.missing += other.missing
        self.wrong += other.wrong
        self.superfluous += other.superfluous


def take_lock() -> None:
    """Until the transaction ends, nobody else reads what is public in order to write it down: an older reading
    would go over a newer one. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def update(kind: Kind, keys: Collection[int], *, anew: bool = False, known: TermIds | None = None) -> Changed:
    """Makes the documents of ``kind`` about ``keys`` say what is public now, on every site; within a transaction.

    Without ``anew``, those are left alone whose passages are the same. ``known``: terms that need not be looked up.
    """
    changed = Changed()
    for site in Site.objects.select_related("root_page"):
        public = {each.object_id: each for each in read(kind, site, keys)}
        rows = SearchDocument.objects.filter(site=site, kind=kind.name)
        documents = {row.object_id: row for some in in_parts(keys) for row in rows.filter(object_id__in=some)}
        for key in sorted(set(keys)):
            document, wanted = documents.get(key), public.get(key)
            name = f"{kind.name} {key}"
            if wanted is None and document is not None:
                remove(SearchDocument.objects.filter(pk=document.pk))
                changed.superfluous.append(name)
            elif wanted is not None and (anew or document is None or document.digest != digest_of(wanted)):
                differs = _write_alone(site, wanted, document, known)
                if document is None:
                    changed.missing.append(name)
                elif differs:
                    changed.wrong.append(name)
    return changed


def read(kind: Kind, site: Site, keys: Collection[int]) -> Iterator[Indexed]:
    """What is public of ``keys``; one that cannot be read costs itself."""
    try:
        with transaction.atomic():
            found = list(kind.indexed(site, keys))
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if len(keys) == 1:
            logger.exception("%s %s cannot be found: it cannot be read", kind.name, *keys)
            return
        logger.warning("%s: each for itself, after %r", kind.name, error)
        for key in keys:
            yield from read(kind, site, [key])
    else:
        yield from found


def digest_of(indexed: Indexed) -> str:
    """Of the rules by which it was made, and of what it says."""
    said = (indexed.date, [(each.text, each.language, str(each.part)) for each in indexed.passages])
    return rules() + hashlib.sha256(repr(said).encode()).hexdigest()[:24]


@cache
def rules() -> str:
    """Another value for every version of what makes forms of passages."""
    sources = sorted([*Path(__file__).parent.glob("*.py"), *Path(folding.__file__).parent.glob("folding.py")])
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def _write_alone(site: Site, indexed: Indexed, document: SearchDocument | None, known: TermIds | None) -> bool:
    """A document that cannot be written costs itself; it is not found, as nobody knows whether its rows are right."""
    try:
        with transaction.atomic():
            return _write(site, indexed, document, known)
    except (OperationalError, InterfaceError):  # the database is away or locked: no fault of the document
        raise
    except Exception:
        logger.exception("%s %s cannot be found: it cannot be written", indexed.kind, indexed.object_id)
        if known is not None:
            known.clear()  # some of them were undone
        if document is not None and document.pk is not None:
            remove(SearchDocument.objects.filter(pk=document.pk))
        return True


def _write(site: Site, indexed: Indexed, document: SearchDocument | None, known: TermIds | None) -> bool:
    """Whether anything was written but the digest."""
    postings = forms.postings_of(indexed.passages)
    values: dict[str, Any] = {"date": indexed.date, "length": forms.length_of(indexed.passages)}
    known = {} if known is None else known
    standing: dict[int, int] = {}
    if document is None:
        document = SearchDocument(site=site, kind=indexed.kind, object_id=indexed.object_id)
    else:
        rows = SearchPosting.objects.filter(document=document)
        for term, weight, language, form in rows.values_list("term_id", "weight", "term__language", "term__form"):
            standing[term] = weight
            known[language, form] = term  # most of what it says now
    ids = _terms(postings, known)
    wanted = {ids[key]: each.weight for key, each in postings.items()}
    new = [term for term, weight in wanted.items() if standing.get(term) != weight]
    gone = [term for term in standing if term not in wanted]
    differs = bool(new or gone) or any(getattr(document, name) != value for name, value in values.items())
    for name, value in {**values, "digest": digest_of(indexed)}.items():
        setattr(document, name, value)
    document.save()
    for some in in_parts(gone):
        delete(SearchPosting.objects.filter(document=document, term__in=some))
    for some in in_parts(new):
        _write_postings(document.pk, {term: wanted[term] for term in some})
    return differs


def _write_postings(document: int, weights: Mapping[int, int]) -> None:
    """Whole numbers in one statement: a row of each would cost ten times as much."""
    quote = connection.ops.quote_name
    term, of, weight = (quote(SearchPosting._meta.get_field(name).column) for name in ("term", "document", "weight"))
    rows = ", ".join(f"({key}, {document}, {value})" for key, value in weights.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(SearchPosting._meta.db_table)} ({term}, {of}, {weight}) VALUES {rows}"  # noqa: S608
            f" ON CONFLICT ({term}, {of}) DO UPDATE SET {weight} = excluded.{weight}"
        )


def _terms(postings: Postings, known: TermIds) -> TermIds:
    """The key of the term of each; those that nobody has met yet are added."""
    unknown: dict[str, list[str]] = {}
    for language, form in postings:
        if (language, form) not in known:
            unknown.setdefault(language, []).append(form)
    for language, terms in unknown.items():
        for some in in_parts(terms):
            rows = SearchTerm.objects.filter(language=language, form__in=some)
            known.update({(language, form): pk for pk, form in rows.values_list("pk", "form")})
    lacking = [
        SearchTerm(language=language, form=form, written=standing.written)
        for (language, form), standing in postings.items()
        if (language, form) not in known
    ]
    for some in in_parts(lacking):
        known.update({(term.language, term.form): term.pk for term in SearchTerm.objects.bulk_create(some)})
    return known


def withdraw(site: Site, kind: Kind, keys: Collection[int]) -> None:
    """Takes the documents about ``keys`` out, of one site; within a transaction."""
    for some in in_parts(keys):
        remove(SearchDocument.objects.filter(site=site, kind=kind.name, object_id__in=some))


def remove(documents: QuerySet[SearchDocument]) -> None:
    delete(SearchPosting.objects.filter(document__in=documents))
    delete(documents)


def delete(rows: QuerySet[Any]) -> None:
    """In one statement: nothing listens to these rows being deleted, and there may be very many."""
    rows._raw_delete(rows.db)


def in_parts(values: Iterable[Any], most: int = IN_ONE_QUERY) -> Iterator[list[Any]]:
    """SQLite takes a limited number of values in one statement."""
    rest = iter(values)
    while part := list(islice(rest, most)):
        yield part
