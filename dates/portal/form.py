"""The forms of an event for members, one for each step: plain fields, in the order in which visitors ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.localization import languages, plain_text
from cms.pages.drafts import DraftForm
from dates.events import exceptions_following
from dates.events.event_page import EventPage
from dates.portal.repeat_fields import RepeatFields
from directory.portal.contact import WebAddressField
from directory.profiles.taxonomy import SPOKEN

LONGEST = 5000
PARAGRAPH = "paragraph"
GERMAN = {"lang": "de", "dir": "auto"}


def moment(**options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    message = _("Enter a day and a time, for example 2026-12-24 18:00.")
    return forms.DateTimeField(widget=widget, error_messages={"invalid": message}, **options)


class StepForm(DraftForm):
    """Some fields of an event. What is wrong with fields of another step is said there.

    ``lenient``: who goes back may leave a field empty that must be filled in; it then stays as it is.
    """

    def __init__(self, *args: Any, lenient: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.needed = [name for name, field in self.fields.items() if lenient and field.required]
        for name in self.needed:
            self.fields[name].required = False

    @property
    def names(self) -> list[str]:
        cleaned = getattr(self, "cleaned_data", {})
        return [name for name in super().names if name not in self.needed or cleaned.get(name)]

    def _update_errors(self, errors: Any) -> None:
        if hasattr(errors, "error_dict"):
            for name in [name for name in errors.error_dict if name not in self.fields]:
                del errors.error_dict[name]
        super()._update_errors(errors)


class WhatForm(StepForm):
    """``body`` is a list of blocks; its paragraphs are typed as plain text, other blocks stay below them."""

    title = forms.CharField(label=_("What is it called?"), max_length=255, widget=forms.TextInput(attrs=GERMAN))
    body = forms.CharField(
        label=_("Description"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, **GERMAN}),
        help_text=_("An empty line begins a new paragraph. Lines that begin with a dash become a list."),
    )

    class Meta:
        model = EventPage
        fields = ("title", "lead")
        labels = {"lead": _("In one or two sentences")}
        widgets = {"lead": forms.Textarea(attrs={"rows": 3, **GERMAN})}

    field_order = ("title", "lead", "body")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if plain_text.says_more(html_of(self.instance)):
            self.fields["body"].help_text = _(
                "This text has links or bold words that this field cannot show. They stay in every paragraph that "
                "you do not change."
            )

    def value_of(self, page: Any, name: str) -> Any:
        return plain_text.plain(html_of(page)) if name == "body" else super().value_of(page, name)

    def yours(self, name: str) -> Any:
        """As it would be shown again, so that blank lines at the end are no change."""
        return plain_text.plain(plain_text.rich(self.cleaned_data[name])) if name == "body" else super().yours(name)

    def write(self, page: Any, name: str) -> None:
        if name != "body":
            super().write(page, name)
            return
        html = plain_text.rich(self.cleaned_data[name], html_of(page))
        first = next((block.id for block in page.body if block.block_type == PARAGRAPH), None)
        paragraphs = [{"type": PARAGRAPH, "value": html, **({"id": first} if first else {})}] if html else []
        others = [block.get_prep_value() for block in page.body if block.block_type != PARAGRAPH]
        page.body = page.body.stream_block.to_python([*paragraphs, *others])


class WhenForm(RepeatFields, StepForm):
    start = moment(label=pgettext_lazy("time", "From"))
    end = moment(label=pgettext_lazy("time", "To"), required=False)

    class Meta:
        model = EventPage
        fields = ("start", "end", "all_day", "recurrence_until", "skips_public_holidays", "skips_school_holidays")

    before: Any = None
    """The event before anything of it was written."""

    @property
    def written(self) -> list[str]:
        return [*super().written, "exceptions"]

    def write(self, page: Any, name: str) -> None:
        if self.before is None:
            self.before = exceptions_following.snapshot(page)
        super().write(page, name)

    def complete(self, page: Any) -> None:
        """Single dates go where the series goes."""
        followed = exceptions_following.follow_in(draft=page, before=self.before)
        self.told = followed.sentences


class WhereForm(StepForm):
    class Meta:
        model = EventPage
        fields = ("place", "place_name")
        labels = {"place_name": _("Or place and address")}
        widgets = {"place_name": forms.TextInput(attrs=GERMAN)}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].empty_label = _("Not in this list")


class ForWhomForm(StepForm):
    registration_url = WebAddressField(label=_("Web page for registration"), required=False, max_length=200)

    class Meta:
        model = EventPage
        fields = (
            "for_whom language_codes is_free price topics registration registration_phone registration_email "
            "registration_url"
        ).split()
        labels = {
            "registration_phone": _("Telephone"),
            "registration_email": _("Email address"),
        }
        widgets = {
            "place_name": forms.Textarea(attrs={"rows": 2, **GERMAN}),
            "for_whom": forms.TextInput(attrs=GERMAN),
            "price": forms.TextInput(attrs=GERMAN),
            "registration": forms.TextInput(attrs=GERMAN),
            "registration_phone": forms.TextInput(attrs={"type": "tel", "dir": "ltr"}),
            "registration_email": forms.EmailInput(attrs={"dir": "ltr"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reader = languages.active().code
        organiser = self.instance.organiser
        spoken = [language.code for language in organiser.languages_spoken.all()] if organiser else []
        codes = dict.fromkeys([*spoken, *languages.BY_CODE, *self.instance.language_codes])
        self.fields["language_codes"].label = _("Languages that are spoken")
        self.fields["language_codes"].widget = forms.CheckboxSelectMultiple()
        self.fields["language_codes"].choices = [
            (code, languages.name_in(code, reader)) for code in codes if code in SPOKEN
        ]


def html_of(event: EventPage) -> str:
    """The paragraphs of the description."""
    return "".join(block.value.source for block in event.body if block.block_type == PARAGRAPH)
