"""What waits in translations, on the first page of the admin."""

from typing import Any

from django.db.models import Count, Q
from wagtail.admin.ui.components import Component

from cms.localization import languages
from translations import permissions
from translations.models import TranslationState, TranslationStatus


class WaitingPanel(Component):
    """One line for each language in which this person works, with what is to be done; one query."""

    name = "translations"
    order = 50
    template_name = "translations/dashboard/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        codes = permissions.languages_of(parent_context["request"].user)
        rows = (
            TranslationStatus.objects.to_do()
            .in_languages(codes)
            .values("language")
            .annotate(
                outdated=Count("pk", filter=Q(state=TranslationState.OUTDATED)),
                review=Count("pk", filter=Q(state=TranslationState.REVIEW)),
                missing=Count("pk", filter=Q(state=TranslationState.MISSING)),
            )
        )
        counted = {row["language"]: row for row in rows}
        shown = [{**counted[code], "language": languages.get(code)} for code in codes if code in counted]
        return {"rows": [row for row in shown if row["outdated"] or row["review"] or row["missing"]]}
