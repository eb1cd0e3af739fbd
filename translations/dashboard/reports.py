"""What the dashboard and the queue show: figures by language and kind of page, and what is to be done next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Sum, Window
from django.db.models.functions import RowNumber
from wagtail.models import Page

from cms.bin.tree import OUTSIDE
from cms.localization import languages, locales
from cms.localization.languages import Language
from translations.machine.models import DraftJob
from translations.models import PUBLIC, Origin, TranslationState, TranslationStatus
from translations.review.models import Act, ReviewAct
from translations.review.standing import is_withdrawn


@dataclass
class Figures:
    """How far one language is, for one kind of page or for all."""

    pages: int = 0
    current: int = 0
    outdated: int = 0
    review: int = 0
    draft: int = 0
    missing: int = 0
    machine: int = 0
    left: int = 0
    """Reviewed, and not public although the German page is."""
    words_missing: int = 0

    def add(self, other: "Figures") -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def percent(self) -> int:
        return 100 * self.current // self.pages if self.pages else 0


@dataclass
class LanguageReport:
    """One row of the dashboard."""

    language: Language
    total: Figures = field(default_factory=Figures)
    by_kind: dict[str, Figures] = field(default_factory=dict)
    oldest_outdated: TranslationStatus | None = None


def dashboard(codes: Sequence[str]) -> list[LanguageReport]:
    """Figures of live pages by language and kind of page; two queries, whatever their number."""
    reports = {code: LanguageReport(languages.get(code)) for code in codes}
    rows = (
        TranslationStatus.objects.of_live_pages()
        .in_languages(codes)
        .values("language", "page__content_type")
        .annotate(
            pages=Count("pk"),
            current=Count("pk", filter=Q(state=TranslationState.PUBLISHED, origin=Origin.PERSON)),
            outdated=Count("pk", filter=Q(state=TranslationState.OUTDATED)),
            review=Count("pk", filter=Q(state=TranslationState.REVIEW)),
            draft=Count("pk", filter=Q(state=TranslationState.DRAFT)),
            missing=Count("pk", filter=Q(state=TranslationState.MISSING)),
            machine=Count("pk", filter=Q(origin=Origin.MACHINE, waiting_revision=None)),
            left=Count("pk", filter=Q(waiting_revision__isnull=False) & ~Q(state__in=PUBLIC)),
            missing_words=Sum("words_missing"),
        )
    )
    for row in rows:
        code, kind = row.pop("language"), kind_name(row.pop("page__content_type"))
        figures = Figures(words_missing=row.pop("missing_words"), **row)
        reports[code].by_kind.setdefault(kind, Figures()).add(figures)
        reports[code].total.add(figures)
    for oldest in _oldest_outdated(codes):
        reports[oldest.language].oldest_outdated = oldest
    return list(reports.values())


def kind_name(content_type_id: int) -> str:
    """Name of the kind of page in the reader's language; no query after the first."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return str(model._meta.verbose_name) if model else "–"


def _oldest_outdated(codes: Sequence[str]) -> Iterable[TranslationStatus]:
    first = Window(RowNumber(), partition_by="language", order_by=["outdated_since", "pk"])
    outdated = TranslationStatus.objects.of_live_pages().in_languages(codes).filter(state=TranslationState.OUTDATED)
    return outdated.annotate(place=first).filter(place=1).select_related("page")


PLAIN = "de-simple"


@dataclass
class Task:
    """One row of a translator's queue."""

    row: TranslationStatus
    translated: Page | None
    job: DraftJob | None = None
    step: ReviewAct | None = None
    """What was done last on its way to the public."""

    @property
    def is_returned(self) -> bool:
        return self.row.state != TranslationState.REVIEW and self.step is not None and self.step.act == Act.RETURNED

    @property
    def is_withdrawn(self) -> bool:
        return not self.is_returned and self.translated is not None and is_withdrawn(self.row, self.translated)

    @property
    def may_be_adapted(self) -> bool:
        """Plain language is often another text, not the same sentences in other words."""
        return self.row.language == PLAIN and not self.row.adapted

    @property
    def kind(self) -> str:
        """``outdated``, ``review``, ``draft``, ``machine`` or ``missing``."""
        if self.row.state == TranslationState.PUBLISHED:
            return "machine"
        return str(self.row.state)


def queue(code: str, *, only: str = "", limit: int = 200) -> list[Task]:
    """What is to be done in one language, the most urgent first; three queries."""
    rows = TranslationStatus.objects.in_languages([code]).to_do().oldest_first().select_related("page")
    if only == "machine":
        rows = rows.filter(Q(origin=Origin.MACHINE) | Q(segments_by_machine__gt=0))
    elif only == "left":
        rows = rows.left_behind()
    elif only in TranslationState.values:
        rows = rows.filter(state=only)
    listed = list(rows[:limit])
    translations = {
        page.translation_key: page
        for page in Page.objects.filter(
            OUTSIDE,
            translation_key__in=[row.page.translation_key for row in listed],
            locale_id=locales.id_of(code),
            alias_of=None,
        )
    }
    steps = ReviewAct.objects.newest_steps([row.page_id for row in listed], [code])
    return [
        Task(row, translations.get(row.page.translation_key), step=steps.get((row.page_id, code))) for row in listed
    ]


TABLE_HEADER = (
    *("language", "page", "path", "type", "state", "published_words", "sentences", "sentences_missing"),
    *("words", "words_missing", "outdated_since", "reviewed_at"),
)


def table(codes: Sequence[str]) -> Iterable[tuple[object, ...]]:
    """One line for each live page and language, in the order of ``TABLE_HEADER``."""
    rows = TranslationStatus.objects.of_live_pages().in_languages(codes).select_related("page")
    for row in rows.order_by("language", "page__path").iterator(chunk_size=500):
        yield (
            *(row.language, safe_cell(row.page.title), row.page.url_path, kind_name(row.page.content_type_id)),
            *(row.state, row.origin, row.segments, row.segments_missing, row.words, row.words_missing),
            row.outdated_since.isoformat() if row.outdated_since else "",
            row.reviewed_at.isoformat() if row.reviewed_at else "",
        )


def safe_cell(text: str) -> str:
    """A spreadsheet must not take a title for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
