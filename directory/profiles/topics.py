"""Topics as people who are new look for them: a tree of two levels that each Site may extend."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import Site

from cms.localization import languages
from cms.localization.collation import sort_key
from cms.localization.named import Named

BELOW = "– "
"""Stands before a topic of the second level where only text can show the tree."""


class TopicQuerySet(models.QuerySet["Topic"]):
    def offered(self, site: Site | None) -> "TopicQuerySet":
        """Those that belong to all Sites, and those of this one."""
        return self.filter(models.Q(site=None) | models.Q(site=site))

    def at_or_below(self, topic: "Topic") -> "TopicQuerySet":
        """Whoever looks for a topic looks for what is below it as well."""
        return self.filter(models.Q(pk=topic.pk) | models.Q(parent=topic.pk))


class Topic(Named):
    """What an organisation works on, or (``is_audience``) for whom it is there."""

    site = models.ForeignKey(
        Site,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=pgettext_lazy("website", "site"),
        help_text=gettext_lazy("Empty: for all sites."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent": None},
        verbose_name=gettext_lazy("main topic"),
        help_text=gettext_lazy("Who looks for the main topic finds the organisations of this one as well."),
    )
    is_audience = models.BooleanField(
        gettext_lazy("says for whom"),
        default=False,
        help_text=gettext_lazy("Shown among the people for whom organisations are there, such as women."),
    )

    objects = models.Manager.from_queryset(TopicQuerySet)()

    panels = [*map(FieldPanel, ("key", "name", "parent", "is_audience", "site"))]

    class Meta(Named.Meta):
        verbose_name = gettext_lazy("topic")
        verbose_name_plural = gettext_lazy("topics")

    @classmethod
    def offered(cls, site: Site | None) -> TopicQuerySet:
        return cls.objects.offered(site)

    def clean(self) -> None:
        super().clean()
        parent = self.parent
        if parent is None:
            return
        if parent.pk == self.pk:
            raise ValidationError({"parent": _("A topic cannot be its own main topic.")})
        if parent.parent_id:
            raise ValidationError(
                {
                    "parent": _("“%(topic)s” is below a main topic itself: there are two levels.")
                    % {"topic": parent.label.plain}
                }
            )
        if self.pk and self.children.exists():
            raise ValidationError(
                {"parent": _("Other topics are below this one: there are two levels. Move those first.")}
            )
        if parent.site_id and parent.site_id != self.site_id:
            raise ValidationError({"parent": _("This main topic belongs to another site.")})


def in_tree(topics: Iterable[Topic]) -> list[Topic]:
    """By name in the reader's language, each followed by those below it; without its main topic one stands alone."""
    reader = languages.active()
    ordered = sorted(topics, key=lambda topic: sort_key(topic.label.plain, reader))
    there = {topic.pk for topic in ordered}
    below: dict[int | None, list[Topic]] = {}
    for topic in ordered:
        below.setdefault(topic.parent_id if topic.parent_id in there else None, []).append(topic)
    return [each for topic in below.get(None, ()) for each in (topic, *below.get(topic.pk, ()))]


class _InTree(forms.models.ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for topic in in_tree(self.queryset):
            yield self.choice(topic)


class TopicChoiceField(forms.ModelMultipleChoiceField):
    """Boxes in the order of the tree."""

    iterator = _InTree
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, topic: Any) -> str:
        return f"{BELOW if topic.parent_id else ''}{topic.label.plain or topic.key}"


class TopicsField(ParentalManyToManyField):
    """Topics of a page."""

    def __init__(self, **kwargs: Any) -> None:
        values = {"to": "directory.Topic", "blank": True, "related_name": "+", "verbose_name": gettext_lazy("topics")}
        super().__init__(**{**values, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        return cast(forms.Field, super().formfield(**{"form_class": TopicChoiceField, **kwargs}))
