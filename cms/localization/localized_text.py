"""Words in one language or another: text that always knows in which language it is, and what it is worth.

A ``LocalizedText`` is a string that, printed in a template, marks itself with ``lang`` and ``dir`` when its language is
not the reader's. It knows whether only a machine has written it, and whether the German text says something else by
now; ``cms.localization.notices`` makes of that what readers are told. A ``LocalizedTextField`` keeps a short text (the
name of a topic, of an office) in every language in one row, so that such records need no translated copies.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cms.localization import languages


class LocalizedText(str):
    """Text with the language in which it is written (a BCP 47 code)."""

    __slots__ = ("by_machine", "is_outdated", "lang")
    lang: str
    by_machine: bool
    is_outdated: bool

    def __new__(cls, text: str, lang: str, *, by_machine: bool = False, is_outdated: bool = False) -> "LocalizedText":
        words = super().__new__(cls, text)
        words.lang, words.by_machine, words.is_outdated = lang, by_machine, is_outdated
        return words

    def saying(self, text: str) -> "LocalizedText":
        """Another ``text`` of the same origin."""
        return LocalizedText(text, self.lang, by_machine=self.by_machine, is_outdated=self.is_outdated)

    @property
    def plain(self) -> str:
        """The bare text, for attributes and for elements that carry ``attrs`` themselves."""
        return str.__str__(self)

    @property
    def attrs(self) -> SafeString:
        """`` lang="…" dir="…"`` when these words differ from the reader's language, else empty."""
        return languages.attributes(self.lang)

    def __html__(self) -> SafeString:
        if not self.attrs:
            return conditional_escape(self.plain)
        return format_html("<span{}>{}</span>", self.attrs, self.plain)


class Name(LocalizedText):
    """A proper name: a fact, German in every language, of which nobody needs to be told that it is not translated."""

    __slots__ = ()

    def __new__(cls, text: str) -> "Name":
        return super().__new__(cls, text, languages.SOURCE)  # type: ignore[return-value]


class Phrase(str):
    """A phrase in the reader's language around words of another one, which it marks when printed in a template."""

    __slots__ = ("marked",)
    marked: SafeString

    @property
    def plain(self) -> str:
        """The bare text, for attributes and for what is not HTML."""
        return str.__str__(self)

    def __html__(self) -> SafeString:
        return self.marked


def phrase(pattern: str, **words: LocalizedText | str) -> Phrase:
    """``pattern`` (a translated string with ``%(name)s``) filled with ``words``."""
    filled = Phrase(pattern % words)
    marked = {name: conditional_escape(word) for name, word in words.items()}
    filled.marked = mark_safe(escape(pattern) % marked)  # noqa: S308 (pattern and words are escaped)
    return filled


def readable(texts: Any) -> dict[str, str]:
    """The texts by language in ``texts``, whatever else is stored there."""
    if not isinstance(texts, dict):
        return {}
    return {code: text for code, text in texts.items() if isinstance(text, str)}


def choose(texts: dict[str, str] | None, language: str | None = None) -> LocalizedText:
    """The text for ``language`` (default: the reader's) out of ``texts``, falling back to the source language."""
    texts = readable(texts)
    wanted = language or languages.active().code
    candidates = [wanted]
    if wanted.startswith(f"{languages.SOURCE}-"):
        # A variant reads the source text as its own language: nothing to mark.
        candidates.append(languages.SOURCE)
    candidates += [languages.SOURCE, *texts]
    for code in candidates:
        if texts.get(code):
            return LocalizedText(texts[code], code)
    return LocalizedText("", languages.SOURCE)


def by_language(value: Any) -> dict[str, str]:
    """``value`` as stored, or as the inputs of ``LocalizedTextWidget`` send it."""
    if isinstance(value, (list, tuple)):
        codes = (language.code for language in languages.LANGUAGES)
        value = {code: text for code, text in zip(codes, value, strict=False) if text}
    return readable(value)


class LocalizedTextWidget(forms.MultiWidget):
    """One input a language, each labelled with the language's own name and written in its direction."""

    template_name = "cms/widgets/words.html"

    def __init__(self, widget: type[forms.Widget] = forms.TextInput, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            language.code.replace("-", "_"): widget(
                attrs={"lang": language.code, "dir": language.direction, "data-words": language.code}
            )
            for language in languages.LANGUAGES
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        return [(value or {}).get(language.code, "") for language in languages.LANGUAGES]

    def format_value(self, value: Any) -> dict[str, str]:
        """The texts by language, also those that were typed and refused: what a block in a stream begins with."""
        return by_language(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for subwidget, language in zip(context["widget"]["subwidgets"], languages.LANGUAGES, strict=True):
            subwidget["language_name"] = language.native_name
        return context


class LocalizedTextFormField(forms.MultiValueField):
    """Reads the inputs of ``LocalizedTextWidget`` into ``{language: text}``; the source language is required."""

    def __init__(self, *, max_length: int | None = None, multiline: bool = False, **kwargs: Any) -> None:
        for unused in ("encoder", "decoder"):
            kwargs.pop(unused, None)
        fields = [
            forms.CharField(required=False, max_length=max_length, label=language.native_name)
            for language in languages.LANGUAGES
        ]
        kwargs["widget"] = LocalizedTextWidget(forms.Textarea if multiline else forms.TextInput)
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> dict[str, str]:
        texts = {
            language.code: " ".join(text.split()) if isinstance(self.widget.widgets[0], forms.TextInput) else text
            for language, text in zip(languages.LANGUAGES, values, strict=False)
            if text and text.strip()
        }
        if texts and languages.SOURCE not in texts:
            raise ValidationError(
                _("Please enter the German text as well: it is shown where a translation is missing.")
            )
        return texts

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.widget.decompress(initial) if isinstance(initial, dict) else initial, data)


class LocalizedTextField(models.JSONField):
    """A short text in every language, stored as ``{"de": "…", "ar": "…"}``."""

    def __init__(self, *args: Any, multiline: bool = False, max_words_length: int = 255, **kwargs: Any) -> None:
        self.multiline, self.max_words_length = multiline, max_words_length
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self.multiline:
            kwargs["multiline"] = True
        return name, path, list(args), kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What cannot be a text in a language is not there for any reader."""
        return readable(super().from_db_value(value, expression, connection))

    def formfield(self, **kwargs: Any) -> forms.Field:
        given = {"form_class": LocalizedTextFormField, "max_length": self.max_words_length, "multiline": self.multiline}
        return models.Field.formfield(self, **{**given, **kwargs})  # type: ignore[return-value]  # never without a form
