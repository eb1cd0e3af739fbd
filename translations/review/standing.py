"""Where a translation stands, in words: what was done last, and what may be done next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.localization import formats
from translations.models import TranslationState, TranslationStatus
from translations.review.models import Act, ReviewAct


@dataclass(frozen=True)
class Standing:
    """``kind`` is ``missing``, ``draft``, ``review``, ``withdrawn``, ``returned``, ``outdated`` or ``public``."""

    kind: str
    sentence: str
    reason: str = ""
    """Why it was handed back."""

    @property
    def may_be_sent(self) -> bool:
        """Sending is what comes next."""
        return self.kind in ("draft", "withdrawn", "returned", "outdated")

    @property
    def is_in_review(self) -> bool:
        return self.kind == "review"


def standing(row: TranslationStatus | None, translated: Page, steps: list[ReviewAct]) -> Standing:
    """``steps`` are those of this translation, the newest first."""
    last = steps[0] if steps else None
    if row is not None and row.state == TranslationState.REVIEW:
        sent = next((step for step in steps if step.act == Act.SENT), None)
        return Standing("review", _in_review(sent, translated))
    if last is not None and last.act == Act.RETURNED:
        words = {"who": last.by_name or _("somebody"), "date": formats.date_and_time(last.at)}
        return Standing("returned", _("%(who)s has handed this translation back (%(date)s).") % words, last.text)
    if is_withdrawn(row, translated) or (last is not None and last.act == Act.WITHDRAWN):
        return Standing(
            "withdrawn",
            _(
                "This translation was sent for review and changed afterwards, so it is withdrawn. "
                "Send it again when it is finished."
            ),
        )
    return Standing(*_by_itself(row, translated))


def is_withdrawn(row: TranslationStatus | None, translated: Page) -> bool:
    """Something was sent, and what stands there now is something else: typed, imported or drafted since."""
    return bool(
        row is not None
        and row.state != TranslationState.REVIEW
        and row.submitted_revision_id
        and row.submitted_revision_id != translated.latest_revision_id
    )


def _in_review(sent: ReviewAct | None, translated: Page) -> str:
    if sent is None:
        sentence = _("This translation is in review. It is not public yet.")
    else:
        words = {"who": sent.by_name or _("somebody"), "date": formats.date_and_time(sent.at)}
        sentence = _("Sent for review by %(who)s (%(date)s). It is not public yet.") % words
    if translated.workflow_in_progress:
        under_review = translated.current_workflow_state.current_task_state.revision_id
        if under_review != translated.latest_revision_id:
            return f"{sentence} {_('What was saved since then is not part of the review: send it again.')}"
    return sentence


def _by_itself(row: TranslationStatus | None, translated: Page) -> tuple[str, str]:
    if not translated.live:
        if row is not None and not row.is_complete:
            return "missing", _("A draft that is not finished. Nothing of it is public.")
        return "draft", _("A finished draft. It is not public: send it for review.")
    if row is not None and row.outdated_since:
        return "outdated", _("Public, but the German text has changed since. Translate what is new and send it.")
    if translated.has_unpublished_changes:
        return "draft", _("Public in an earlier version. The changes since then are a draft: send them for review.")
    return "public", _("Public. Nothing has been changed since.")
