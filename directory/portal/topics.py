"""What the organisation works on, and which languages it speaks."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from cms.localization import languages
from cms.pages.drafts import DraftForm
from directory.portal.about import spoken_choices
from directory.profiles.facts import further
from directory.profiles.organisation import OrganisationPage


class TopicsForm(DraftForm):
    class Meta:
        model = OrganisationPage
        fields = ("topics", "languages_spoken", *further("topics"))
        labels = {"topics": _("Topics"), "languages_spoken": _("Languages that you speak")}
        widgets = {"topics": forms.CheckboxSelectMultiple, "languages_spoken": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["languages_spoken"].choices = spoken_choices()

    @property
    def common_languages(self) -> list[BoundWidget]:
        """Those of the site, and those that are chosen."""
        return [option for option in self["languages_spoken"] if self._is_common(option)]

    @property
    def other_languages(self) -> list[BoundWidget]:
        return [option for option in self["languages_spoken"] if not self._is_common(option)]

    @staticmethod
    def _is_common(option: BoundWidget) -> bool:
        return option.data["selected"] or str(option.data["value"]) in languages.BY_CODE
