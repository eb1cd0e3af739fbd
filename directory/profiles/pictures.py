"""The pictures of a profile."""

from typing import Any

from cms.localization import languages
from cms.localization.localized_text import LocalizedText


def pictures_in_words(page: Any) -> list[dict[str, Any]]:
    """Those of the source page, so that one taken away is gone in every language, each with the words of ``page``."""
    written = {block.id: block.value for block in page.pictures} if page.facts is not page else {}
    shown = []
    for block in page.facts.pictures:
        value = written.get(block.id, block.value)
        lang = page.language.code if block.id in written else languages.SOURCE
        shown.append(
            {
                "image": block.value["image"],
                "alt": "" if value["decorative"] else value["alt_text"],
                "caption": value["caption"],
                "words": LocalizedText("", lang),
                "attrs": languages.attributes(lang),
            }
        )
    return shown
