"""Coming in without having been invited: ask for access, register, be approved or refused."""

import contextlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Site

from cms import mail
from cms.accounts import User
from cms.localization import languages, locales
from cms.pages import slugs
from directory import permissions
from directory.members import consents, membership
from directory.members.applications import Application, Decision, Kind
from directory.profiles import offices
from directory.profiles.directory_page import DirectoryPage
from directory.profiles.organisation import OrganisationPage
from directory.records.record import record_of
from directory.spreadsheet import names


class AlreadyDecided(Exception):
    """Says in a sentence that somebody else has decided meanwhile."""


class NotVacant(Exception):
    """Says in a sentence that the organisation has members, who invite their colleagues themselves."""


def directory_of(site: Site) -> DirectoryPage | None:
    """The entrance of the directory of ``site``, when it has one."""
    found: DirectoryPage | None = DirectoryPage.objects.sources().live().descendant_of(site.root_page).first()
    return found


def alike(title: str, directory: DirectoryPage) -> list[OrganisationPage]:
    """Public organisations whose name is probably the same as ``title``, written another way or in another script."""
    wanted, sound = names.key(title), names.skeleton(title)
    found = []
    for organisation in OrganisationPage.objects.listed().descendant_of(directory).order_by("title"):
        for name in organisation.names:
            is_close = names.is_latin(name) != names.is_latin(title) and names.sound_alike(sound, names.skeleton(name))
            if names.key(name) == wanted or (sound and is_close):
                found.append(organisation)
                break
    return found


def ask_for_access(*, organisation: OrganisationPage, site: Site, name: str, email: str, message: str) -> Application:
    """Asks the offices for an invitation. Sent twice it is one request. Raises NotVacant."""
    organisation, email = organisation.facts, email.strip().lower()
    if not permissions.is_vacant(organisation):
        raise NotVacant(_("Somebody looks after this organisation already. Please ask there for an invitation."))
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=organisation.pk)  # what is sent twice comes one after the other
        application, is_new = Application.objects.get_or_create(
            kind=Kind.ACCESS,
            organisation=organisation,
            email=email,
            decision=Decision.OPEN,
            defaults={
                "site": site,
                "organisation_name": organisation.title,
                "name": name,
                "message": message,
                "language": languages.active().code,
            },
        )
        if is_new:
            log(organisation, "directory.ask", data={"person": email})
            _tell_offices(application, organisation)
    return application


@transaction.atomic
def register(*, directory: DirectoryPage, site: Site, title: str, about: str, name: str, email: str) -> Application:
    """Keeps a new organisation as a draft that nobody sees before the offices approve. Sent twice it is one request."""
    email, code = email.strip().lower(), languages.active().code
    parent = Page.objects.select_for_update().get(pk=directory.pk)
    same = Application.objects.filter(
        kind=Kind.REGISTRATION, organisation_name=title, email=email, decision=Decision.OPEN
    )
    if found := same.first():
        return found
    organisation = OrganisationPage(
        title=title,
        slug=slugs.free(parent, title, otherwise="organisation"),
        short_description=about,
        live=False,
        locale_id=locales.id_of(languages.SOURCE),
    )
    parent.add_child(instance=organisation)
    organisation.save_revision()
    record = record_of(organisation)
    record.contact_email, record.contact_language = email, code
    record.save()
    application = Application.objects.create(
        kind=Kind.REGISTRATION,
        site=site,
        organisation=organisation,
        organisation_name=title,
        name=name,
        email=email,
        message=about,
        language=code,
        consent_wording=consents.wording(title),
    )
    log(organisation, "directory.register", data={"person": email})
    _tell_offices(application, organisation)
    return application


def _tell_offices(application: Application, organisation: OrganisationPage) -> None:
    offices.tell(
        organisation=organisation,
        template="directory/mail/application",
        context={"person": f"{application.name} ({application.email})"},
    )


@transaction.atomic
def approve(*, application: Application, decided_by: User) -> Application:
    """Invites who has asked. Raises AlreadyDecided and PermissionDenied."""
    decided, organisation = _decide(application, Decision.APPROVED, decided_by)
    with contextlib.suppress(membership.AlreadyMember):  # has come in another way meanwhile
        membership.invite(
            organisation=organisation, email=decided.email, language=decided.language, invited_by=decided_by
        )
    return decided


@transaction.atomic
def refuse(*, application: Application, reason: str, decided_by: User) -> Application:
    """Tells who has asked why not; a new organisation that was never public is deleted.

    Raises AlreadyDecided and PermissionDenied.
    """
    decided, organisation = _decide(application, Decision.REFUSED, decided_by, reason)
    mail.post(
        template="directory/mail/refused",
        to=decided.email,
        preferred=decided.language,
        context={"organisation": decided.organisation_name, "reason": reason},
        about=str(decided.pk),
        by=decided_by,
        site=decided.site,
    )
    if (
        decided.kind == Kind.REGISTRATION
        and organisation.first_published_at is None
        and permissions.is_vacant(organisation)
    ):
        organisation.delete()
    return decided


def _decide(
    application: Application, decision: Decision, decided_by: User, reason: str = ""
) -> tuple[Application, OrganisationPage]:
    locked = Application.objects.select_for_update().get(pk=application.pk)
    organisation = locked.organisation
    if locked.decision != Decision.OPEN or organisation is None:
        raise AlreadyDecided(_("This request was decided already."))
    if not permissions.keeps_record(decided_by, organisation):
        raise PermissionDenied
    locked.decision, locked.decided_at, locked.decided_by, locked.reason = decision, timezone.now(), decided_by, reason
    locked.save()
    action = "directory.approve" if decision == Decision.APPROVED else "directory.refuse"
    log(organisation, action, user=decided_by, data={"person": locked.email})
    return locked, organisation
