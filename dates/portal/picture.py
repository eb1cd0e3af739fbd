"""The picture of an event: one, also from the camera of a phone. Nobody but members sees it before it is public."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.drafts import DraftForm
from cms.media import Image
from cms.throttling import TooOften
from dates.event import EventPage
from dates.portal.access import address_of, of_own_event
from directory.moderation import organisation_of
from directory.organisation import OrganisationPage
from directory.portal import own_pictures
from directory.portal.editing import edit
from directory.portal.own_pictures import MOST_PICTURES
from directory.portal.pictures import FOCUS, camera, sentence_of, too_many

PICTURE = "picture"


class PictureForm(DraftForm):
    """``settle`` stores what was uploaded, so that it is not lost when something else in the form is wrong."""

    image = forms.IntegerField(required=False, widget=forms.HiddenInput)
    file = camera()
    picture_alt = forms.CharField(
        label=_("What can be seen in the picture?"),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"lang": "de", "dir": "auto"}),
        help_text=_("For people who cannot see it. In German."),
        error_messages={"required": _("Please describe the picture in a few words.")},
    )
    credit = forms.CharField(
        label=_("Who took the picture?"),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Please say who took the picture: it belongs to that person.")},
    )
    focus = forms.ChoiceField(
        label=pgettext_lazy("part of a picture", "What matters most is"), choices=FOCUS, initial="11", required=False
    )
    remove = forms.BooleanField(label=_("Show no picture"), required=False)

    class Meta:
        model = EventPage
        fields = ("picture_alt",)

    def __init__(self, *args: Any, page: EventPage, **options: Any) -> None:
        super().__init__(*args, page=page, **options)
        organisation = organisation_of(page)
        if organisation is None:
            raise ValueError("This event belongs to no organisation.")
        self.organisation = organisation
        self.own = own_pictures.number_of_collection(organisation)
        if not self["remove"].value():
            self.fields["file"].required = self.shown is None
            self.fields["picture_alt"].required = True
            self.fields["credit"].required = self.needs_credit

    @property
    def names(self) -> list[str]:
        return [PICTURE, "picture_alt"]

    @property
    def shown(self) -> Image | None:
        """The picture that the form stands for, for the eye."""
        number = str(self["image"].value() or "")
        return self._found(int(number)) if number.isascii() and number.isdecimal() else None

    @property
    def needs_credit(self) -> bool:
        """A new picture; who took one that is there cannot be changed any more."""
        return self.shown is None or (self.shown.collection_id == self.own and not self.shown.credit)

    def _found(self, number: int) -> Image | None:
        """One of the organisation's, or that which the press office has chosen for the event."""
        if number == self.instance.picture_id:
            return self.instance.picture
        return Image.objects.filter(collection=self.own, pk=number).first()

    def clean_image(self) -> Image | None:
        number = self.cleaned_data["image"]
        image = self._found(number) if number is not None else None
        if number is not None and image is None:
            raise ValidationError(gettext("This picture is not there any more. Please choose it again."))
        return image

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file, image = cleaned.get("file"), cleaned.get("image")
        if file and not image and Image.objects.filter(collection=self.own).count() >= MOST_PICTURES:
            self.add_error("file", too_many())
        return cleaned

    def settle(self, user: Any) -> None:
        cleaned = self.cleaned_data
        image, credit = cleaned.get("image"), cleaned.get("credit", "")
        if cleaned.get("remove"):
            return
        if image is not None and self.needs_credit:
            own_pictures.complete(image, credit=credit)
        elif image is None and cleaned.get("file"):
            column, row = cleaned.get("focus") or "11"
            try:
                image = own_pictures.keep(
                    organisation=self.organisation,
                    file=cleaned["file"],
                    credit=credit,
                    focus=(int(column), int(row)),
                    user=user,
                )
            except (own_pictures.TooManyPictures, TooOften) as refused:
                self.add_error("file", sentence_of(refused))
                return
            cleaned["image"], self.own = image, image.collection_id
            self.data = self.data.copy()
            self.data[self.add_prefix("image")] = str(image.pk)

    def value_of(self, page: Any, name: str) -> Any:
        return page.picture_id if name in (PICTURE, "image") else super().value_of(page, name)

    def yours(self, name: str) -> Any:
        if name != PICTURE:
            return super().yours(name)
        image = self.cleaned_data.get("image")
        return None if self.cleaned_data.get("remove") or image is None else image.pk

    def write(self, page: Any, name: str) -> None:
        if name == PICTURE:
            page.picture_id = self.yours(PICTURE)
        else:
            super().write(page, name)

    def in_words(self, name: str, value: Any) -> str:
        if name == PICTURE:
            return gettext("a picture") if value else gettext("no picture")
        return super().in_words(name, value)

    def label_of(self, name: str) -> str:
        return str(_("Picture")) if name == PICTURE else super().label_of(name)


@of_own_event
def picture(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    back = address_of(event, organisation)
    return edit(
        request,
        form_class=PictureForm,
        template="dates/portal/picture.html",
        title=gettext("Picture"),
        organisation=organisation,
        done=back,
        page=event,
        back=back,
    )
