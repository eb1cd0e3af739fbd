"""What takes place every week, as rows."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.localization import formats, languages
from cms.pages.contacts import WEEKDAYS
from cms.pages.drafts import DraftForm
from directory.portal.rows import rows_of, where_next
from directory.profiles.offers import Offer
from directory.profiles.organisation import OrganisationPage
from directory.profiles.taxonomy import SPOKEN

OFFERS = "offers"
SHOWN = ("what", "weekday", "starts", "ends", "place", "for_whom", "language_codes")


def weekday_choices() -> list[tuple[str, str]]:
    return [("", "–"), *((str(number), formats.weekday_name(number)) for number, _name in WEEKDAYS)]


def clock(**options: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(widget=widget, input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H"], **options)


def german(**options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"lang": "de", "dir": "auto"})
    return forms.CharField(widget=widget, max_length=150, **options)


class OfferRow(forms.Form):
    """``key`` says which offer it was; a key that the draft does not have counts for nothing."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    what = german(label=_("What"))
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=weekday_choices, coerce=int)
    starts = clock(label=pgettext_lazy("time", "From"))
    ends = clock(label=pgettext_lazy("time", "To"), required=False)
    place = german(label=_("Place"), required=False, help_text=_("Only if it is not at your address."))
    for_whom = german(label=_("For whom"), required=False)
    language_codes = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    spoken: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reader = languages.active().code
        codes = dict.fromkeys([*self.spoken, *(self.initial.get("language_codes") or ())])
        self.fields["language_codes"].choices = [(code, languages.name_in(code, reader)) for code in codes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("what", "place", "for_whom"):
            cleaned[name] = " ".join(cleaned.get(name, "").split())
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be later than the beginning."))
        return cleaned


class OffersForm(DraftForm):
    """``rows`` are the offers by their place in the form."""

    compared = (OFFERS,)

    class Meta:
        model = OrganisationPage
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, files: Any = None, *, page: OrganisationPage, add: bool = False, **options: Any
    ) -> None:
        super().__init__(data, files, page=page, **options)
        drafted = list(self.instance.offers.all())
        spoken = [language.code for language in self.instance.languages_spoken.all()]
        spoken = spoken or [code for code in languages.BY_CODE if code in SPOKEN]
        said = [code for offer in drafted for code in offer.language_codes]
        row = type("OfferRow", (OfferRow,), {"spoken": list(dict.fromkeys([*spoken, *said]))})
        initial = [{"key": offer.translation_key, **facts_of(offer)} for offer in drafted]
        self.rows = rows_of(row, OFFERS, data, initial=initial, empty=1 if add or not drafted else 0)

    def is_valid(self) -> bool:
        return super().is_valid() & self.rows.is_valid()

    @property
    def goes_on(self) -> str:
        return where_next(self.data, OFFERS, self.rows)

    def value_of(self, page: Any, name: str) -> Any:
        return [facts_of(offer) for offer in page.offers.all()] if name == OFFERS else super().value_of(page, name)

    def yours(self, name: str) -> Any:
        return [{field: row[field] for field in SHOWN} for row in self.rows.values]

    def write(self, page: Any, name: str) -> None:
        """An offer that was there stays the same row: its translations belong to it."""
        known = {offer.translation_key: offer for offer in page.offers.all()}
        offers = []
        for number, row in enumerate(self.rows.values):
            offer = known.pop(row["key"], None) or Offer(locale=page.locale)
            for field in SHOWN:
                setattr(offer, field, row[field])
            offer.sort_order = number
            offers.append(offer)
        page.offers = offers

    def in_words(self, name: str, value: Any) -> str:
        return "\n".join(in_words(offer) for offer in value)

    def label_of(self, name: str) -> str:
        return str(_("Regular offers"))


def facts_of(offer: Offer) -> dict[str, Any]:
    return {field: getattr(offer, field) for field in SHOWN}


def in_words(offer: dict[str, Any]) -> str:
    """One offer on one line, for the comparison of two versions."""
    clocks = [formats.time(offer[name]) for name in ("starts", "ends") if offer[name]]
    reader = languages.active().code
    said = [languages.name_in(code, reader) for code in offer["language_codes"]]
    parts = (offer["what"], formats.weekday_name(offer["weekday"]), "–".join(clocks), offer["place"], offer["for_whom"])
    return ", ".join(filter(None, (*parts, *said)))
