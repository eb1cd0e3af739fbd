"""The product's own search, as its callers see it: what writes the index, and what reads it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from wagtail.models import Site

from cms.search import finding, index, kinds
from cms.search.kinds import Kind
from cms.search.passages import Indexed
from tests.benchmarks.search.queries import key_of
from tests.benchmarks.search.scoring import Answer


class Product:
    """``find``, asked like trigrams are."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __call__(self, query: str, language: str) -> Answer:
        found = finding.find(query, site=self.site, language=language)
        best = sorted(
            (match for group in found.groups for match in group.matches),
            key=lambda match: (match.is_whole, match.score),
            reverse=True,  # stable: what is equal stays in the order of the page
        )
        groups = [[key_of(match.kind, match.object_id) for match in group.matches] for group in found.groups]
        return Answer([key_of(match.kind, match.object_id) for match in best], groups)


def write_index(site: Site) -> None:
    """All that is public on ``site``, as the product's kinds tell it."""
    for kind in kinds.in_order():
        index.update(kind, kind.public_keys(site), anew=True, known={})


@contextmanager
def foreign_kind(documents: Sequence[Indexed], site: Site) -> Iterator[None]:
    """A kind of its own for documents that are no pages of ours."""
    by_key = {each.object_id: each for each in documents}
    kind = Kind(
        name=documents[0].kind,
        label="",
        place=0,
        indexed=lambda asked, keys: [by_key[key] for key in (by_key if keys is None else keys) if asked == site],
        shown=lambda _site, _keys: {},
    )
    kinds.register(kind)
    try:
        index.update(kind, by_key.keys(), anew=True)
        yield
    finally:
        kinds._kinds.pop(kind.name)
