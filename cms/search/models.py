"""What visitors can find, taken apart into forms of words. Rows exist for what is public only."""

from django.db import models
from wagtail.models import Site


class SearchDocument(models.Model):
    """One thing that can be found: a page with all its translations, a session of the council, an event."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    """Name of its ``cms.search.kinds.Kind``."""
    object_id = models.PositiveIntegerField()
    """Key of the German page, or of the row that the kind is about."""
    date = models.DateField(null=True)
    """What is newer comes first among equals."""
    length = models.PositiveIntegerField(default=0)
    """Words of all its passages in German."""
    digest = models.CharField(max_length=32, default="", editable=False)
    """Of the passages it was made of: what has the same need not be written again."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "kind", "object_id"], name="search_document_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchTerm(models.Model):
    """A form of a word in a language, as ``cms.search.forms`` makes it; only added: new ones have higher keys."""

    language = models.CharField(max_length=16)
    """A language of the site, ``xx`` for names, ``zz`` for facts: both are read by everybody."""
    form = models.CharField(max_length=64)
    written = models.CharField(max_length=64)
    """The word as it stood where it was first met, for suggestions."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "form"], name="search_term_once")]

    def __str__(self) -> str:
        return f"{self.language} {self.form}"


class SearchPosting(models.Model):
    """A term stands in a document."""

    term = models.ForeignKey(SearchTerm, models.CASCADE, related_name="+")
    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="postings")
    weight = models.PositiveSmallIntegerField()
    """How much it says about the document, 1 to 1,000."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "document"], name="search_posting_once")]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.document_id}: {self.weight}"


class SearchChange(models.Model):
    """Something was written that documents may be made of; noted by triggers, in the transaction that wrote it."""

    source = models.CharField(max_length=96)
    """What ``cms.search.changes`` watches (a table and a column of it), or the kind of a document to be made again."""
    value = models.CharField(max_length=64)
    """What stood or stands in that column of the row, or the key of the document."""

    def __str__(self) -> str:
        return f"{self.source} {self.value}"
