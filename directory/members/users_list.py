"""The list of accounts in the admin says who belongs to which organisation, since when, and who let them in."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import RelatedFilterMixin
from wagtail.admin.ui.tables import Column

from cms.accounts.users_admin import Shown
from directory.members.models import Membership
from directory.profiles.organisation import OrganisationPage

NAMES = [f"organisation__{name}" for name in ("title", "path", "locale")]
NAMES += ["since", "user", *(f"by__{name}" for name in ("first_name", "last_name", "email"))]


class MembershipsColumn(Column):
    """``value``: the memberships, read ahead."""

    cell_template_name = "directory/members/includes/memberships.html"


class OrganisationFilter(RelatedFilterMixin, ModelChoiceFilter):
    pass


def memberships_shown() -> Shown:
    """Two queries for the whole list."""
    rows = Membership.objects.select_related("organisation", "by").only(*NAMES)
    return Shown(
        column=MembershipsColumn(
            "memberships", label=_("Organisations"), accessor=lambda user: user.memberships.all(), width="18%"
        ),
        prefetch=Prefetch("memberships", rows.order_by("organisation__title", "pk")),
        name="organisation",
        filter=lambda is_searching: OrganisationFilter(
            field_name="memberships__organisation",
            queryset=OrganisationPage.objects.sources().order_by("title"),
            label=_("Organisation"),
            use_subquery=is_searching,
        ),
    )
