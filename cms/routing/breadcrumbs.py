"""Breadcrumbs: the way from the home page to the page, without the page itself."""

from uuid import UUID

from cms.routing.address import Address
from cms.routing.navigation import Link, Menu, link_to
from cms.routing.titles import translated


def links(menu: Menu, address: Address, language: str, *, page_key: UUID | None) -> tuple[Link, ...]:
    """``page_key``: the translation key of the page shown. A query only below pages that no menu names."""
    above = [row for row in address.trail if row.translation_key != page_key]
    named = {row.translation_key for row in menu.rows}
    deeper = translated((row.translation_key for row in above if row.translation_key not in named), language)
    known = {**menu.titles, **deeper}
    return tuple(link_to(row, known, language, address=address) for row in above)
