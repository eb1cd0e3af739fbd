"""About us: the names, who the organisation is in German and in its own language, its topics and languages."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from cms.localization import languages, plain_text
from cms.pages.drafts import DraftForm
from directory.profiles.facts import further
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import SPOKEN
from directory.profiles.topics import Topic


class TopicsForm(DraftForm):
    class Meta:
        model = OrganisationPage
        fields = ("topics", "languages_spoken", *further("topics"))
        labels = {"topics": _("Topics"), "languages_spoken": _("Languages that you speak")}
        widgets = {"languages_spoken": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, page: OrganisationPage, **options: Any) -> None:
        super().__init__(*args, page=page, **options)
        self.fields["topics"].queryset = Topic.offered(page.get_site())
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


LONGEST = 5000
RICH = ("about", "own_about")


def spoken_choices() -> list[tuple[str, str]]:
    """The languages of the site first, then all others by name, in the reader's language."""
    reader = languages.active().code
    named = sorted((languages.name_in(code, reader), code) for code in SPOKEN)
    ours = [(code, name) for name, code in named if code in languages.BY_CODE]
    return ours + [(code, name) for name, code in named if code not in languages.BY_CODE]


def own_language_choices() -> list[tuple[str, str]]:
    return [("", "–"), *((code, name) for code, name in spoken_choices() if code != languages.SOURCE)]


class AboutForm(DraftForm):
    """``about`` and ``own_about`` are rich text, typed as plain text."""

    title = forms.CharField(
        label=_("German name"), max_length=255, widget=forms.TextInput(attrs={"lang": "de", "dir": "auto"})
    )
    native_language = forms.ChoiceField(
        label=_("Own language"),
        choices=own_language_choices,
        required=False,
        help_text=_("What you write in it is published as a translation by you."),
    )
    about = forms.CharField(
        label=_("About us"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9, "lang": "de", "dir": "auto"}),
        help_text=_("An empty line begins a new paragraph. Lines that begin with a dash become a list."),
    )
    own_about = forms.CharField(
        label=_("About us"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"})
    )

    one_line = ("short_description", "own_short_description")

    class Meta:
        model = OrganisationPage
        fields = ("title", "short_description", "native_name", "native_language", "own_short_description")
        labels = {
            "native_name": _("Name in your own language"),
            "short_description": _("Short description"),
            "own_short_description": _("Short description"),
        }
        help_texts = {"short_description": _("One or two sentences: what do you do, and for whom?")}
        widgets = {
            "short_description": forms.Textarea(attrs={"rows": 3, "lang": "de", "dir": "auto"}),
            "native_name": forms.TextInput(attrs={"dir": "auto"}),
            "own_short_description": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in RICH:
            if plain_text.says_more(getattr(self.instance, name)):
                self.fields[name].help_text = _(
                    "This text has links or bold words that this field cannot show. They stay in every paragraph that "
                    "you do not change."
                )

    def value_of(self, page: Any, name: str) -> Any:
        return plain_text.plain(getattr(page, name)) if name in RICH else super().value_of(page, name)

    def yours(self, name: str) -> Any:
        """As it would be shown again, so that blank lines at the end are no change."""
        return plain_text.plain(plain_text.rich(self.cleaned_data[name])) if name in RICH else super().yours(name)

    def write(self, page: Any, name: str) -> None:
        if name in RICH:
            setattr(page, name, plain_text.rich(self.cleaned_data[name], getattr(page, name)))
        else:
            super().write(page, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        own = cleaned.get("own_short_description") or cleaned.get("own_about")
        if own and not cleaned.get("native_language"):
            self.add_error("native_language", _("Choose the language in which you have written below."))
        return cleaned
