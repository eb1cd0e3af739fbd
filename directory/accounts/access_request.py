"""Forms for people without account: look after an organisation that nobody looks after, or add a new one."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from cms.accounts import authentication
from cms.accounts.throttling import DAY, HOUR, Limit, TooOften, Window
from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.routing import sites
from directory.accounts.invitation import NameField
from directory.members import access_requests, consents
from directory.portal import screen
from directory.profiles.organisation import OrganisationPage

FORMS = Limit("ask", client=(Window(10, HOUR), Window(30, DAY)), target=(Window(20, DAY),))
"""For people who share an address, as in an association's office; ``target`` is the organisation asked for.
"""
REGISTRATIONS = Limit("register", client=FORMS.client, target=(Window(100, DAY),))
"""``target`` is the directory."""


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
def ask(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """``/<language>/my/access/<key>/``, linked from the public page of an organisation without member."""
    organisation = get_object_or_404(OrganisationPage.objects.listed(), translation_key=key)
    site = sites.of_request(request)
    if site is None:
        raise Http404
    form = AskForm(request.POST or None)
    problem: access_requests.NotVacant | TooOften | None = None
    if request.method == "POST" and form.is_valid():
        if form.is_from_robot:
            return _thanks(request)
        try:
            FORMS.count(client=authentication.client_address(request), target=str(organisation.pk))
            access_requests.ask_for_access(organisation=organisation, site=site, **form.cleaned_data)
            return _thanks(request)
        except (access_requests.NotVacant, TooOften) as error:
            problem = error
    response = screen.show(
        request,
        "directory/accounts/ask.html",
        title=_("Is this your organisation?"),
        lead=LocalizedText(organisation.title, languages.SOURCE),
        status=422 if form.errors or problem else 200,
        form=form,
        problem=str(problem or ""),
        sent="sent" in request.GET,
    )
    return problem.mark(response) if isinstance(problem, TooOften) else response


@never_cache
def register(request: HttpRequest) -> HttpResponseBase:
    """``/<language>/my/register/``: a draft and a request; names that are known already are asked about first."""
    site = sites.of_request(request)
    directory = access_requests.directory_of(site) if site else None
    if site is None or directory is None:
        raise Http404
    form = RegisterForm(request.POST or None)
    refused: TooOften | None = None
    alike: list[OrganisationPage] = []
    if request.method == "POST" and form.is_valid():
        if form.is_from_robot:
            return _thanks(request)
        words = {name: value for name, value in form.cleaned_data.items() if name != "consent"}
        alike = [] if "another" in request.POST else access_requests.alike(words["title"], directory)
        if not alike:
            try:
                REGISTRATIONS.count(client=authentication.client_address(request), target=str(directory.pk))
                access_requests.register(directory=directory, site=site, **words)
                return _thanks(request)
            except TooOften as error:
                refused = error
    response = screen.show(
        request,
        "directory/accounts/register.html",
        title=_("Add your organisation"),
        status=422 if form.errors or alike else 200,
        form=form,
        problem=str(refused or ""),
        alike=alike,
        sent="sent" in request.GET,
    )
    return refused.mark(response) if refused else response


def _thanks(request: HttpRequest) -> HttpResponse:
    """The same for robots, who need not know."""
    return redirect(f"{request.path}?sent=1")
