"""The links of the footer: to pages, in the reader's language, and elsewhere."""

from cms.localization import languages
from cms.localization.localized_text import LocalizedText, choose
from cms.routing.address import Address
from cms.routing.navigation import Link, Menu, link_to
from cms.routing.site_settings import SiteSettings


def links(settings: SiteSettings, menu: Menu, address: Address, language: str) -> tuple[Link, ...]:
    """In the order of the settings; a page that is not public is left out, a label comes before its title."""
    rows = {row.pk: row for row in menu.rows}
    found = []
    for entry in settings.footer_entries:
        label = choose(entry.label, language)
        if entry.page_id in rows:
            link = link_to(rows[entry.page_id], menu.titles, language, address=address)
            found.append(Link(label or link.text, link.href, link.current))
        elif entry.url:
            found.append(Link(label or LocalizedText(entry.url, languages.SOURCE), entry.url))
    return tuple(found)
