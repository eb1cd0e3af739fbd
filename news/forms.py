"""The editor's form of an article: a draft may lack what a published article must have."""

from django.core.exceptions import ValidationError

from cms.pages.references import PageForm


class NewsPageForm(PageForm):
    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        try:
            self.instance.check_publishable()
        except ValidationError as error:
            self._update_errors(error)
