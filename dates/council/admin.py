"""Bodies and sessions in the admin: a year at a glance, a form that says what is odd, deleting with care."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models.reference_index import ReferenceGroups

from cms.localization import formats
from dates.council import session_warnings
from dates.council.bodies import CouncilBody
from dates.council.session_addresses import federal_state_of
from dates.council.session_form import CouncilSessionForm
from dates.council.session_story import story_of
from dates.council.session_warnings import dated
from dates.council.sessions import CouncilSession, CouncilSessionQuerySet
from dates.council.year_copy_view import YearCopyView
from dates.oparl.panels import OParlViewSet, SetAsidePanel


def warnings_by_session(sessions: Iterable[CouncilSession]) -> dict[int, list[str]]:
    """What is odd about each of ``sessions`` among the others of its body and year, by primary key."""
    years: dict[tuple[int, int], list[CouncilSession]] = defaultdict(list)
    for session in sessions:
        years[session.body_id, session.year].append(session)
    return {session.pk: _warnings(session, of_year) for of_year in years.values() for session in of_year}


def warnings_about(session: CouncilSession, *, is_new: bool = False) -> list[str]:
    """What is odd about one session."""
    return _warnings(session, CouncilSession.objects.of(session.body).in_year(session.year), is_new=is_new)


def _warnings(session: CouncilSession, of_year: Iterable[CouncilSession], *, is_new: bool = False) -> list[str]:
    """Nothing about a session that does not take place."""
    if not session.takes_place:
        return []
    others = [dated(other) for other in of_year if other.pk != session.pk]
    state = federal_state_of(session.body)
    found = session_warnings.about(
        dated(session), others, today=timezone.localdate(), is_new=is_new, federal_state=state
    )
    pause = session.body.break_on(formats.local(session.start).date())
    if pause is not None:
        found.append(gettext("This day is in a break without meetings: %(break)s.") % {"break": pause.label})
    if session.hides_links:
        found.append(gettext("Visitors see no papers and no livestream of a meeting that is not public."))
    return found


class YearsView(generic.IndexView):
    """All sessions, a table a year; there are some six a year, hence no pages."""

    results_template_name = "dates/council/admin/session_years.html"
    paginate_by = None

    def get_base_queryset(self) -> CouncilSessionQuerySet:
        return CouncilSession.objects.with_facts().order_by("-year", "start")

    def order_queryset(self, queryset: CouncilSessionQuerySet) -> CouncilSessionQuerySet:
        return queryset

    @property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if self.user_has_permission("add"):
            copying = HeaderButton(
                gettext("Copy the dates of a year"), url=reverse("sessions:copy_year"), icon_name="copy"
            )
            buttons.append(copying)
        return buttons

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        listed = list(context["object_list"])
        found = warnings_by_session(CouncilSession.objects.select_related("body").prefetch_related("body__breaks"))
        years: dict[int, list[CouncilSession]] = defaultdict(list)
        for session in listed:
            session.warnings = found.get(session.pk, [])
            years[session.year].append(session)
        return {**context, "years": list(years.items()), "bodies": len({session.body_id for session in listed})}


class SaysWhatIsOdd:
    """For views that save a session: what looks wrong is saved all the same, and said."""

    is_new = False
    request: HttpRequest

    def save_instance(self) -> CouncilSession:
        session: CouncilSession = super().save_instance()  # type: ignore[misc]
        for sentence in warnings_about(session, is_new=self.is_new):
            messages.warning(self.request, sentence)
        return session


class SessionCreateView(SaysWhatIsOdd, generic.CreateView):
    is_new = True

    def get_initial_form_instance(self) -> CouncilSession:
        bodies = list(CouncilBody.objects.all()[:2])
        return CouncilSession(body=bodies[0]) if len(bodies) == 1 else CouncilSession()


class SessionEditView(SaysWhatIsOdd, generic.EditView):
    pass


class SessionDeleteView(generic.DeleteView):
    """What visitors have seen is withdrawn instead, so that they learn that it does not take place."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session = self.object
        if session.is_public and not session.is_example:
            messages.error(
                request,
                gettext(
                    "This meeting is on the website. Set its status to “withdrawn”: then people who know the date "
                    "see that it does not take place."
                ),
            )
            return redirect(self.edit_url_name, session.pk)
        return super().dispatch(request, *args, **kwargs)


class StoryPanel(HelpPanel):
    """What is odd about the session, what was changed, by whom."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            stored = CouncilSession.objects.get(pk=self.instance.pk)
            return {**context, "warnings": warnings_about(stored), "story": story_of(stored, public=False)}


class CouncilSessionViewSet(ModelViewSet):
    """A plain form without revisions: a draft here could overwrite a date that was changed meanwhile."""

    model = CouncilSession
    icon = "date"
    menu_label = pgettext_lazy("council", "Sessions")
    list_filter = ["body", "status", "is_public"]
    list_per_page = None
    inspect_view_enabled = False
    copy_view_enabled = False
    index_view_class = YearsView
    add_view_class = SessionCreateView
    edit_view_class = SessionEditView
    delete_view_class = SessionDeleteView
    edit_handler = ObjectList(
        [
            StoryPanel(template="dates/council/admin/session_story.html", heading=_("Warnings and changes")),
            SetAsidePanel(template="dates/oparl/set_aside.html", heading=_("Imported values")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("body"), FieldPanel("number")]),
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                    FieldPanel("place"),
                    FieldPanel("joint_bodies"),
                    FieldPanel("status"),
                    FieldPanel("moved_to"),
                    FieldPanel("is_correction"),
                    FieldPanel("is_public"),
                ],
                _("When and where"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("openness"),
                    FieldPanel("notice"),
                    FieldRowPanel([FieldPanel("interpreters"), FieldPanel("sign_language")]),
                    FieldPanel("interpreter_languages"),
                    FieldPanel("livestream_url"),
                ],
                _("Taking part"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("information_url"),
                    FieldPanel("agenda_url"),
                    FieldPanel("papers_url"),
                    FieldPanel("minutes_url"),
                ],
                _("Agenda and papers"),
            ),
            InlinePanel("agenda", heading=_("What it is about"), label=_("agenda item")),
        ],
        base_form_class=CouncilSessionForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        view = YearCopyView.as_view(permission_policy=self.permission_policy)
        return [*super().get_urlpatterns(), path("copy-year/", view, name="copy_year")]


class BodyDeleteView(generic.DeleteView):
    """Asks for sessions in their table: Wagtail's index of references may not hold them yet."""

    def get_usage(self) -> ReferenceGroups:
        usage = super().get_usage()
        usage.is_protected = usage.is_protected or self.object.sessions.exists()
        return usage

    def form_valid(self, form: Any) -> HttpResponse:
        if self.usage.is_protected:  # Wagtail looks only when the index has found something
            raise PermissionDenied
        return super().form_valid(form)


class CouncilBodyViewSet(ModelViewSet):
    model = CouncilBody
    icon = "group"
    menu_label = _("Bodies")
    list_display = ["__str__", "key"]
    delete_view_class = BodyDeleteView


class CouncilViewSetGroup(ViewSetGroup):
    menu_label = _("Council")
    menu_icon = "date"
    menu_order = 250
    items = (CouncilSessionViewSet("sessions"), CouncilBodyViewSet("bodies"), OParlViewSet("oparl"))
