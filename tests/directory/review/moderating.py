"""A public profile, and what its members and the press office do with it."""

from typing import Any

from wagtail.models import Page, Revision, Site

from cms.accounts import User
from directory.models import OrganisationPage
from directory.review import moderation
from tests import factories


def published(site: Site | None = None, title: str = "Verein", **fields: Any) -> OrganisationPage:
    """The profile of an organisation that was published as the press office does it."""
    site = site or factories.municipality()
    club = factories.organisation(factories.directory(site), title, **{"short_description": "Alt", **fields})
    club.save_revision(clean=False).publish()
    return current(club)


def current(page: Page) -> OrganisationPage:
    return OrganisationPage.objects.get(pk=page.pk)


def draft_of(page: Page) -> OrganisationPage:
    return current(page).get_latest_revision_as_object()


def write(page: Page, user: User, **words: Any) -> Revision:
    """A draft, as a form of "My organisation" saves it."""
    draft = draft_of(page)
    for name, value in words.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user, log_action=True)


def sent(page: Page, user: User, **words: Any) -> Revision:
    revision = write(page, user, **words)
    moderation.submit(page=page, user=user)
    return revision


def kind(page: Page) -> str:
    return moderation.state_of(current(page)).kind


def approve(page: Page, user: User, revision: Revision) -> None:
    moderation.approve(page=page, user=user, revision_id=revision.pk)
