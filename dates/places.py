"""Where things happen."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet

from cms.http import structured_data
from cms.localization.named import Named
from directory.profiles.coordinates import map_link, route_link
from directory.profiles.organisation import StepFree


@register_snippet
class Place(Named):
    """A building, room or park. Its name may be explained in other languages, its address is a fact."""

    street = models.CharField(_("street and number"), max_length=150, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    district = models.ForeignKey(
        "directory.District", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    step_free = models.CharField(_("step-free access"), max_length=8, choices=StepFree.choices, blank=True)
    is_example = models.BooleanField(default=False, editable=False)

    panels = [
        FieldPanel("key"),
        FieldPanel("name"),
        FieldPanel("street"),
        FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
        FieldPanel("district"),
        FieldPanel("step_free"),
    ]

    class Meta(Named.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    @property
    def address(self) -> str:
        """Street and town in one line, as maps look it up; "" without a street."""
        town = " ".join(filter(None, (self.postal_code, self.city)))
        return ", ".join(filter(None, (self.street, town))) if self.street else ""

    @property
    def map_link(self) -> str:
        return map_link(latitude=None, longitude=None, address=self.address)

    @property
    def route_link(self) -> str:
        """The way to it on OpenStreetMap, from wherever the reader says."""
        return route_link(address=self.address)

    @property
    def step_free_label(self) -> str:
        return str(self.get_step_free_display()) if self.step_free else ""

    def structured_data(self) -> dict[str, Any]:
        return structured_data.place(
            name=self.label.plain, street=self.street, postal_code=self.postal_code, city=self.city
        )
