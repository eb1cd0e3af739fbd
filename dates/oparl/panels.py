"""What the admin shows of imports on pages that are not theirs."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import HelpPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from dates.council.session_story import LABELS
from dates.council.sessions import CouncilSession, Status
from dates.oparl import applying, permissions, views
from dates.oparl.models import OParlSource, SourceMeeting


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_keep_sources(request.user)


class OParlViewSet(ViewSet):
    icon = "download"
    menu_label = _("Import (OParl)")
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.overview, name="index"),
            path("add/", views.add, name="add"),
            path("<int:pk>/", views.source, name="source"),
            path("<int:pk>/run/", views.run, name="run"),
            path("<int:pk>/remove/", views.remove, name="remove"),
            path("meetings/<int:pk>/looked-at/", views.looked_at, name="looked_at"),
            path("sessions/<int:pk>/<slug:field>/", views.take_imported, name="take_imported"),
        ]


class ImportsPanel(Component):
    """On the first page of the admin: which source is silent or went wrong, and how much is doubtful."""

    name = "oparl"
    order = 60
    template_name = "dates/oparl/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        sources = [source for source in OParlSource.objects.select_related("council") if source.needs_attention]
        return {"sources": sources, "doubts": SourceMeeting.objects.exclude(doubts=[]).count()}


class SetAsidePanel(HelpPanel):
    """Beside what a person has set: what the import would write instead."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None and bool(self.rows)

        @cached_property
        def rows(self) -> list[dict[str, Any]]:
            return rows_of(CouncilSession.objects.get(pk=self.instance.pk))

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "rows": self.rows, "session": self.instance}


def rows_of(session: CouncilSession) -> list[dict[str, Any]]:
    """One row for each field that stands against the import."""
    return [
        {
            "field": name,
            "label": LABELS[name],
            "own": session.status_label if name == "status" else getattr(session, name),
            "told": Status(told).label if name == "status" else told,
            "is_moment": name in ("start", "end"),
        }
        for name, told in applying.set_aside(session).items()
    ]
