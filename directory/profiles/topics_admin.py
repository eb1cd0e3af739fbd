"""Topics in the admin: kept as a tree, and never taken from organisations without a word."""

from typing import Any

from django import forms
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import DeleteView, IndexView, SnippetViewSet

from directory.profiles import topic_changes
from directory.profiles.topics import BELOW, Topic, TopicChoiceField, in_tree


class SuccessorField(forms.ModelChoiceField):
    iterator = TopicChoiceField.iterator

    def label_from_instance(self, topic: Any) -> str:
        return f"{BELOW if topic.parent_id else ''}{topic.label.plain or topic.key}"


class TopicDeletionForm(forms.Form):
    """Where the pages of ``topic`` go; nothing is asked of one that no page has."""

    successor = SuccessorField(
        queryset=Topic.objects.none(), label=_("Topic in its place"), empty_label=_("Choose a topic")
    )

    def __init__(self, *args: Any, topic: Topic, is_used: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_used:
            others = Topic.objects.exclude(pk=topic.pk)
            others = others.offered(topic.site) if topic.site_id else others.filter(site=None)
            self.fields["successor"].queryset = others
        else:
            del self.fields["successor"]


class TopicDeleteView(DeleteView):
    form_class = TopicDeletionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        self.used = topic_changes.users_of(self.object)
        return {**super().get_form_kwargs(), "topic": self.object, "is_used": bool(self.used)}

    def form_valid(self, form: Any) -> Any:
        self.successor = form.cleaned_data.get("successor")
        return super().form_valid(form)

    def delete_action(self) -> None:
        topic_changes.retire(topic=self.object, successor=self.successor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # Wagtail's own count of what refers to it does not see topics of pages, and would say "0 times".
        return {**context, "usage_url": None, "used": self.used, "children": in_tree(self.object.children.all())}


class TopicIndexView(IndexView):
    def order_queryset(self, queryset: Any) -> Any:
        """As a tree, unless somebody has chosen another order."""
        if self.ordering in (None, self.default_ordering):
            return queryset.order_by(Coalesce("parent__key", "key"), F("parent").asc(nulls_first=True), "key")
        return super().order_queryset(queryset)


class TopicViewSet(SnippetViewSet):
    model = Topic
    index_view_class = TopicIndexView
    delete_view_class = TopicDeleteView
    delete_template_name = "directory/profiles/delete_topic.html"
    list_display = ("__str__", "parent", "key", "site")
    list_filter = ("is_audience", "site")


register_snippet(TopicViewSet)
