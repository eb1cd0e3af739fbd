"""How the organisation is reached."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from cms.pages.drafts import DraftForm
from directory.profiles.facts import further
from directory.profiles.organisation import OrganisationPage

MOST_LINKS = 5
LINK = "social_link_{}"
LINK_NAMES = [LINK.format(number) for number in range(MOST_LINKS)]


class WebAddressField(forms.URLField):
    """An address of the web, with or without "https://" before it; nothing else is a link."""

    widget = forms.TextInput(attrs={"inputmode": "url", "dir": "ltr", "autocapitalize": "none", "spellcheck": "false"})
    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {"invalid": _("This is not an address of a website, for example www.example.org.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)


class ContactForm(DraftForm):
    """Links of social media are one value of the page and five fields here."""

    website = WebAddressField(label=_("Website"), required=False, max_length=200)
    compared = ("social_links",)

    class Meta:
        model = OrganisationPage
        fields = ("phone", "email", "website", "whatsapp", *further("contact"))
        labels = {"phone": _("Telephone"), "email": _("Email address"), "whatsapp": _("WhatsApp number")}
        widgets = {
            "phone": forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "tel"}),
            "whatsapp": forms.TextInput(attrs={"type": "tel", "dir": "ltr"}),
            "email": forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        links = self.value_of(self.instance, "social_links")
        for number, name in enumerate(LINK_NAMES):
            self.fields[name] = WebAddressField(label=_("Link"), required=False, max_length=300)
            self.initial[name] = links[number] if number < len(links) else ""

    @property
    def names(self) -> list[str]:
        return [name for name in super().names if name not in LINK_NAMES]

    @property
    def links(self) -> list[forms.BoundField]:
        return [self[name] for name in LINK_NAMES]

    def value_of(self, page: Any, name: str) -> Any:
        return [link.value for link in page.social_links] if name == "social_links" else super().value_of(page, name)

    def yours(self, name: str) -> Any:
        if name == "social_links":
            return [self.cleaned_data[name] for name in LINK_NAMES if self.cleaned_data[name]]
        return super().yours(name)

    def write(self, page: Any, name: str) -> None:
        if name == "social_links":
            page.social_links = [("link", link) for link in self.yours(name)]
        else:
            super().write(page, name)

    def in_words(self, name: str, value: Any) -> str:
        return "\n".join(value) if name == "social_links" else super().in_words(name, value)

    def label_of(self, name: str) -> str:
        return str(_("Social media")) if name == "social_links" else super().label_of(name)
