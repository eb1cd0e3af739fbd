"""The fields of one picture in forms of members: chosen or taken with the phone, described, with who took it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.accounts.throttling import TooOften
from cms.media import Image
from cms.media.images import PictureField
from directory.portal import own_pictures
from directory.portal.own_pictures import MOST_PICTURES, Focus

Keep = Callable[[Any, str, Focus], Image]
"""Makes a picture of a file, who took it and what matters in it. Raises TooManyPictures and TooOften."""

FOCUS = [
    ("11", pgettext_lazy("part of a picture", "in the middle")),
    ("10", pgettext_lazy("part of a picture", "at the top")),
    ("12", pgettext_lazy("part of a picture", "at the bottom")),
    ("01", pgettext_lazy("part of a picture", "on the left")),
    ("21", pgettext_lazy("part of a picture", "on the right")),
    ("00", pgettext_lazy("part of a picture", "at the top left")),
    ("20", pgettext_lazy("part of a picture", "at the top right")),
    ("02", pgettext_lazy("part of a picture", "at the bottom left")),
    ("22", pgettext_lazy("part of a picture", "at the bottom right")),
]
"""Column and row of each ninth of a picture."""


def camera() -> PictureField:
    widget = forms.FileInput(attrs={"accept": "image/*"})
    missing = {"required": _("Please choose a picture.")}
    return PictureField(label=_("Choose or take a picture"), required=False, widget=widget, error_messages=missing)


def alternative_text() -> forms.CharField:
    return forms.CharField(
        label=_("What can be seen in the picture?"),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"lang": "de", "dir": "auto"}),
        help_text=_("For people who cannot see it. In German."),
        error_messages={"required": _("Please describe the picture in a few words.")},
    )


class PictureFields(forms.Form):
    """``image`` is the number of a picture that is there; a new one gets it when its file is kept (``keep_picture``).

    A form of these fields says which pictures may be chosen (``found``), which collection is the organisation's
    (``own``), and for how many more there is room.
    """

    image = forms.IntegerField(required=False, widget=forms.HiddenInput)
    file = camera()
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

    own: int | None
    room: int

    def found(self, number: int) -> Image | None:
        raise NotImplementedError

    @property
    def shown(self) -> Image | None:
        """The picture for which the form stands, for the eye."""
        number = str(self["image"].value() or "")
        return self.found(int(number)) if number.isascii() and number.isdecimal() else None

    @property
    def needs_credit(self) -> bool:
        """A new picture; who took one that is there cannot be changed any more."""
        return self.shown is None or (self.shown.collection_id == self.own and not self.shown.credit)

    def clean_image(self) -> Image | None:
        number = self.cleaned_data["image"]
        image = self.found(number) if number is not None else None
        if number is not None and image is None:
            raise ValidationError(gettext("This picture is not there any more. Please choose it again."))
        return image

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and self.room < 1:
            raise too_many()
        return file

    def keep_picture(self, keep: Keep) -> None:
        """Stores what was uploaded, so that it is not lost when something else in the form is wrong."""
        cleaned = getattr(self, "cleaned_data", {})
        image, credit = cleaned.get("image"), cleaned.get("credit", "")
        if image is not None:
            if self.needs_credit:
                own_pictures.complete(image, credit=credit)
            return
        if not cleaned.get("file"):
            return
        column, row = cleaned.get("focus") or "11"
        try:
            cleaned["image"] = keep(cleaned["file"], credit, (int(column), int(row)))
        except (own_pictures.TooManyPictures, TooOften) as refused:
            self.add_error("file", sentence_of(refused))
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("image")] = str(cleaned["image"].pk)


def too_many() -> ValidationError:
    message = gettext("You have %(count)d pictures already. Take one away first.")
    return ValidationError(message % {"count": MOST_PICTURES})


def sentence_of(refusal: own_pictures.TooManyPictures | TooOften) -> ValidationError:
    return too_many() if isinstance(refusal, own_pictures.TooManyPictures) else ValidationError(str(refusal))
