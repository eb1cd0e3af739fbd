"""Forms for people without account: look after an organisation that nobody looks after, or add a new one."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from cms import authentication, languages, throttling
from cms.frame import Frame
from cms.words import Words
from directory import admission, consents
from directory.joining.invitation import NameField
from directory.organisation import OrganisationPage
from directory.portal import screen

FORMS_PER_CLIENT = 10
"""An hour; for people who share an address, as in an association's office."""


class AskForm(forms.Form):
    """``homepage`` is a trap for robots: people do not see it."""

    name = NameField()
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    message = forms.CharField(
        label=gettext_lazy("What do you do in this organisation, and how can we reach you?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    @property
    def is_from_robot(self) -> bool:
        return bool(self.data.get("homepage"))


class RegisterForm(forms.Form):
    """What is needed to begin; all else is written when the invitation has come."""

    title = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    about = forms.CharField(
        label=gettext_lazy("What does it do?"),
        help_text=gettext_lazy("One or two sentences, in German if you can."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    name = NameField()
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("Without this consent the page of your organisation stays empty.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = " ".join(str(self.data.get("title", "")).split())[:200]
        self.fields["consent"].label = consents.wording(name or _("my organisation"))

    is_from_robot = AskForm.is_from_robot

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())


@never_cache
def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    """``/<language>/my/access/<key>/``, linked from the public page of an organisation without member."""
    organisation = get_object_or_404(OrganisationPage.objects.listed(), translation_key=key)
    site = Frame.of(request).site
    if site is None:
        raise Http404
    form, problem = AskForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        if form.is_from_robot:
            return _thanks(request)
        problem = _too_many(request)
        if not problem:
            try:
                admission.ask_for_access(organisation=organisation, site=site, **form.cleaned_data)
                return _thanks(request)
            except admission.NotVacant as error:
                problem = str(error)
    return screen.show(
        request,
        "directory/joining/ask.html",
        title=_("Is this your organisation?"),
        lead=Words(organisation.title, languages.SOURCE),
        status=422 if form.errors or problem else 200,
        form=form,
        problem=problem,
        sent="sent" in request.GET,
    )


@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """``/<language>/my/register/``: a draft and a request; names that are known already are asked about first."""
    site = Frame.of(request).site
    directory = admission.directory_of(site) if site else None
    if site is None or directory is None:
        raise Http404
    form, problem, alike = RegisterForm(request.POST or None), "", []
    if request.method == "POST" and form.is_valid():
        if form.is_from_robot:
            return _thanks(request)
        words = {name: value for name, value in form.cleaned_data.items() if name != "consent"}
        alike = [] if "another" in request.POST else admission.alike(words["title"], directory)
        problem = "" if alike else _too_many(request)
        if not alike and not problem:
            admission.register(directory=directory, site=site, **words)
            return _thanks(request)
    return screen.show(
        request,
        "directory/joining/register.html",
        title=_("Add your organisation"),
        status=422 if form.errors or problem or alike else 200,
        form=form,
        problem=problem,
        alike=alike,
        sent="sent" in request.GET,
    )


def _thanks(request: HttpRequest) -> HttpResponse:
    """The same for robots, who need not know."""
    return redirect(f"{request.path}?sent=1")


def _too_many(request: HttpRequest) -> str:
    who = authentication.client_address(request)
    if throttling.is_allowed(act="ask", who=who, most=FORMS_PER_CLIENT):
        return ""
    return _("Too many forms have been sent from here. Please try again in an hour.")
