"""A small site with an article and its translations, made through the acts that the product offers."""

from typing import Any

from bs4 import BeautifulSoup
from wagtail.models import GroupApprovalTask, Locale, Page, Revision, Workflow, WorkflowPage, WorkflowTask

from cms.accounts import roles
from cms.pages.base_page import BasePage
from news.models import NewsPage
from tests import factories
from translations import publishing
from translations.models import TranslationStatus
from translations.segments import Place, Segment, read_source, segments_of
from translations.tree import structure


def article(title: str = "Ein Fest", **fields: Any) -> NewsPage:
    """A published German article with a title, a lead and two paragraphs."""
    site = factories.municipality()
    body = [
        ("paragraph", "<p>Das Fest beginnt um 10 Uhr.</p>"),
        ("paragraph", "<p>Der <b>Eintritt</b> ist frei.</p>"),
    ]
    made = factories.article(factories.news_index(site), title, lead="Alle sind eingeladen.", body=body, **fields)
    publish_german(made)
    return NewsPage.objects.get(pk=made.pk)


def publish_german(page: Page, **changes: Any) -> None:
    fresh = page.specific_class.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()


def segments(page: Page, language: str = "ar") -> list[Segment]:
    return segments_of(read_source(page), language)


def words_for(page: Page, language: str = "ar", mark: str = "") -> dict[Place, str]:
    """For each sentence other words with the same tags."""
    return {segment.place: foreign(segment.source, language, mark) for segment in segments(page, language)}


def foreign(source: str, language: str, mark: str = "") -> str:
    return f"{language}{mark}: {source}"


def save(page: Page, language: str = "ar", *, mark: str = "", user: Any = None, tool: str = "") -> Revision:
    return publishing.save_words(
        page=page, language=language, words=words_for(page, language, mark), user=user, tool=tool
    )


def translation(page: Page, language: str = "ar") -> BasePage:
    found = structure.translation_of(page, language)
    assert found is not None
    return found.specific


def published(page: Page, language: str = "ar", *, mark: str = "", user: Any = None) -> BasePage:
    """Wholly translated and reviewed."""
    revision = save(page, language, mark=mark, user=user)
    publishing.publish(translated=translation(page, language), revision=revision, user=user or reviewer())
    return translation(page, language)


def reviewer() -> Any:
    from cms.accounts import User

    return User.objects.filter(groups__role__key=roles.PRESS).first() or factories.press()


def workbench_fields(client: Any, address: str, words: str) -> dict[str, str]:
    """What the workbench would send with ``words`` in every sentence; empty for whoever is not let in."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    fields = {field["name"]: field.get("value", "") for field in soup.select(".tr-form input[type=hidden]")}
    return fields | {field["name"]: words for field in soup.select(".tr-entry textarea")}


def status(page: Page, language: str = "ar") -> TranslationStatus:
    return TranslationStatus.objects.get(page=page, language=language)


def review_workflow(page: Page, group: str = roles.PRESS) -> Workflow:
    """Everything below ``page`` must be approved by ``group``."""
    task = GroupApprovalTask.objects.create(name=f"Review {page.pk}")
    task.groups.set([roles.group_of(group)])
    workflow = Workflow.objects.create(name=f"Review {page.pk}")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return workflow


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)
