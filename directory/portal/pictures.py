"""Logo and pictures, also from the camera of a phone."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.accounts.throttling import TooOften
from cms.media import Image
from cms.pages.drafts import DraftForm
from directory.portal import own_pictures
from directory.portal.own_pictures import MOST_PICTURES, Focus
from directory.portal.picture_fields import PictureFields, alternative_text, camera, sentence_of, too_many
from directory.portal.rows import rows_of, where_next
from directory.profiles.organisation import OrganisationPage

PICTURES = "pictures"
MOST_SHOWN = 6


class PictureRow(PictureFields):
    """A picture that is there, or a new one with its file, which becomes one when it is kept.

    ``images``: those of the organisation, and those that the press office has chosen for it.
    """

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    alt_text = alternative_text()
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

    def found(self, number: int) -> Image | None:
        return self.images.get(number)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("credit", "alt_text", "caption"):
            cleaned[name] = " ".join(cleaned.get(name, "").split())
        return cleaned


class PicturesForm(DraftForm):
    """``keep_uploads`` stores what was uploaded, so that it is not lost when something else in the form is wrong."""

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

    def keep_uploads(self, user: Any) -> None:
        keep = partial(self._keep, user)
        for row in self.rows.forms:
            row.keep_picture(keep)
        if self.cleaned_data.get("logo_file"):
            try:
                self.new_logo = keep(self.cleaned_data["logo_file"], "", (1, 1))
            except (own_pictures.TooManyPictures, TooOften) as refused:
                self.add_error("logo_file", sentence_of(refused))

    def _keep(self, user: Any, file: Any, credit: str, focus: Focus) -> Image:
        image = own_pictures.keep(organisation=self.organisation, file=file, credit=credit, focus=focus, user=user)
        for row in self.rows.forms:
            row.own = image.collection_id  # which the first picture has made
            row.images[image.pk] = image
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
