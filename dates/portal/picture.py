"""The picture of an event: one, also from the camera of a phone. Nobody but members sees it before it is public."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.media import Image
from cms.pages.drafts import DraftForm
from dates.events.event_page import EventPage
from dates.portal.access import address_of, of_own_event
from directory.portal import own_pictures
from directory.portal.editing import edit
from directory.portal.own_pictures import MOST_PICTURES, Focus
from directory.portal.picture_fields import PictureFields, alternative_text
from directory.profiles.organisation import OrganisationPage
from directory.review.moderation import organisation_of

PICTURE = "picture"


class PictureForm(PictureFields, DraftForm):
    picture_alt = alternative_text()
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
    def room(self) -> int:  # type: ignore[override]
        return MOST_PICTURES - Image.objects.filter(collection=self.own).count()

    def found(self, number: int) -> Image | None:
        """One of the organisation's, or that which the press office has chosen for the event."""
        if number == self.instance.picture_id:
            return self.instance.picture
        return Image.objects.filter(collection=self.own, pk=number).first()

    def keep_uploads(self, user: Any) -> None:
        def keep(file: Any, credit: str, focus: Focus) -> Image:
            image = own_pictures.keep(organisation=self.organisation, file=file, credit=credit, focus=focus, user=user)
            self.own = image.collection_id
            return image

        if not self.cleaned_data.get("remove"):
            self.keep_picture(keep)

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
