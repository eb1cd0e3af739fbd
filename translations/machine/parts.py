"""Many texts in as many requests as a provider's limits ask for."""

from collections.abc import Iterator, Sequence

from translations.machine.provider import Provider


def chunks(texts: Sequence[str], *, max_texts: int, max_characters: int) -> Iterator[list[str]]:
    """``texts`` in order, in parts that one request can take; a text beyond the limit goes alone."""
    part: list[str] = []
    characters = 0
    for text in texts:
        if part and (len(part) >= max_texts or characters + len(text) > max_characters):
            yield part
            part, characters = [], 0
        part.append(text)
        characters += len(text)
    if part:
        yield part


def translate_in_parts(provider: Provider, texts: Sequence[str], language: str) -> Iterator[list[tuple[str, str]]]:
    """Pairs of text and translation, one request at a time, so that the caller can keep each part before the next."""
    for part in chunks(texts, max_texts=provider.max_texts, max_characters=provider.max_characters):
        yield list(zip(part, provider.translate(part, language), strict=True))
