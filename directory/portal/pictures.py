"""Logo and pictures, also from the camera of a phone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.drafts import DraftForm
from cms.images import PictureField
from cms.media import Image
from cms.throttling import TooOften
from directory.organisation import OrganisationPage
from directory.portal import own_pictures
from directory.portal.own_pictures import MOST_PICTURES
from directory.portal.rows import rows_of, where_next

PICTURES = "pictures"
MOST_SHOWN = 6
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


class PictureRow(forms.Form):
    """A picture that is there, or a new one with its file, which becomes one when it is kept."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
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
    alt_text = forms.CharField(
        label=_("What can be seen in the picture?"),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"lang": "de", "dir": "auto"}),
        help_text=_("For people who cannot see it. In German."),
        error_messages={"required": _("Please describe the picture in a few words.")},
    )
    caption = forms.CharField(
        label=_("Caption"), max_length=255, required=False, widget=forms.TextInput(attrs={"lang": "de", "dir": "auto"})
    )
    decorative = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, images: dict[int, Image], own: int | None, room: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.images, self.own, self.room = images, own, room
        self.fields["file"].required = self.shown is None
        self.fields["credit"].required = self.needs_credit
        self.fields["alt_text"].required = str(self["decorative"].value()) != "True"

    @property
    def shown(self) -> Image | None:
        """The picture of this row, for the eye."""
        number = str(self["image"].value() or "")
        return self.images.get(int(number)) if number.isascii() and number.isdecimal() else None

    @property
    def needs_credit(self) -> bool:
        """A new picture; who took one that is there cannot be changed any more."""
        return self.shown is None or (self.shown.collection_id == self.own and not self.shown.credit)

    def clean_image(self) -> Image | None:
        """Only pictures of the organisation, and those that the press office has chosen for it."""
        number = self.cleaned_data["image"]
        if number is not None and number not in self.images:
            raise ValidationError(gettext("This picture is not there any more. Please choose it again."))
        return self.images.get(number)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and self.room < 1:
            raise too_many()
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("credit", "alt_text", "caption"):
            cleaned[name] = " ".join(cleaned.get(name, "").split())
        return cleaned


def too_many() -> ValidationError:
    message = gettext("You have %(count)d pictures already. Take one away first.")
    return ValidationError(message % {"count": MOST_PICTURES})


def sentence_of(refusal: own_pictures.TooManyPictures | TooOften) -> ValidationError:
    return too_many() if isinstance(refusal, own_pictures.TooManyPictures) else ValidationError(str(refusal))


class PicturesForm(DraftForm):
    """``settle`` stores what was uploaded, so that it is not lost when something else in the form is wrong."""

    logo_file = camera()
    remove_logo = forms.BooleanField(label=_("Show no logo"), required=False)
    compared = ("logo", PICTURES)

    class Meta:
        model = OrganisationPage
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, files: Any = None, *, page: OrganisationPage, add: bool = False, **options: Any
    ) -> None:
        super().__init__(data, files, page=page, **options)
        self.organisation, self.new_logo = page, None
        collection = own_pictures.number_of_collection(page)
        own = list(Image.objects.filter(collection=collection))
        drafted = [block for block in self.instance.pictures if block.value["image"]]
        images = {image.pk: image for image in [*own, *(block.value["image"] for block in drafted)]}
        initial = [{"key": block.id, **self._facts(block.value)} for block in drafted]
        empty = 1 if (add or not drafted) and len(drafted) < MOST_SHOWN else 0
        self.room = MOST_PICTURES - len(own)
        self.rows = rows_of(
            PictureRow,
            PICTURES,
            data,
            files,
            initial=initial,
            empty=empty,
            most=MOST_SHOWN,
            form_kwargs={"images": images, "own": collection, "room": self.room},
        )

    @staticmethod
    def _facts(value: Any) -> dict[str, Any]:
        image = value["image"]
        return {
            "image": image.pk if image else None,
            "alt_text": value["alt_text"],
            "caption": value["caption"],
            "decorative": bool(value["decorative"]),
        }

    def is_valid(self) -> bool:
        return super().is_valid() & self.rows.is_valid()

    def clean_logo_file(self) -> Any:
        file = self.cleaned_data["logo_file"]
        if file and self.room < 1:
            raise too_many()
        return file

    def settle(self, user: Any) -> None:
        for row in self.rows.forms:
            cleaned = getattr(row, "cleaned_data", {})
            credit, focus = cleaned.get("credit", ""), cleaned.get("focus") or "11"
            if cleaned.get("image") and row.needs_credit:
                own_pictures.complete(cleaned["image"], credit=credit)
            elif cleaned.get("file") and not cleaned.get("image"):
                try:
                    cleaned["image"] = self._keep(cleaned["file"], credit, focus, user)
                except (own_pictures.TooManyPictures, TooOften) as refused:
                    row.add_error("file", sentence_of(refused))
                    continue
                row.images[cleaned["image"].pk] = cleaned["image"]
                row.data[row.add_prefix("image")] = str(cleaned["image"].pk)
        if self.cleaned_data.get("logo_file"):
            try:
                self.new_logo = self._keep(self.cleaned_data["logo_file"], "", "11", user)
            except (own_pictures.TooManyPictures, TooOften) as refused:
                self.add_error("logo_file", sentence_of(refused))

    def _keep(self, file: Any, credit: str, focus: str, user: Any) -> Image:
        place = int(focus[0]), int(focus[1])
        image = own_pictures.keep(organisation=self.organisation, file=file, credit=credit, focus=place, user=user)
        for row in self.rows.forms:
            row.own = image.collection_id  # which the first picture has made
        return image

    @property
    def names(self) -> list[str]:
        return list(self.compared)

    @property
    def goes_on(self) -> str:
        return where_next(self.data, PICTURES, self.rows)

    def value_of(self, page: Any, name: str) -> Any:
        if name == "logo":
            return page.logo_id
        return [self._facts(block.value) for block in page.pictures] if name == PICTURES else None

    def yours(self, name: str) -> Any:
        if name == PICTURES:
            return [self._facts(row) for row in self.rows.values]
        if self.new_logo is not None:
            return self.new_logo.pk
        return None if self.cleaned_data["remove_logo"] else self.instance.logo_id

    def write(self, page: Any, name: str) -> None:
        if name == "logo":
            page.logo_id = self.yours("logo")
            return
        known = {block.id for block in page.pictures}
        rows = []
        for row in self.rows.values:
            key = str(row["key"] or "")
            value = {**self._facts(row), "image": row["image"].pk}
            rows.append({"type": "picture", "value": value, **({"id": key} if key in known else {})})
        page.pictures = page.pictures.stream_block.to_python(rows)

    def in_words(self, name: str, value: Any) -> str:
        if name == "logo":
            return gettext("a logo") if value else gettext("no logo")
        return "\n".join(f"{number}. {each['alt_text']}" for number, each in enumerate(value, start=1))

    def label_of(self, name: str) -> str:
        return str(_("Logo") if name == "logo" else _("Pictures"))
