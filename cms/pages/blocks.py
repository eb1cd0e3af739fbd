"""The blocks of which longer pages are made. Each has one template in ``cms/templates/cms/blocks/``."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT = ["bold", "link", "ul", "ol", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=150, label=_("heading"))

    class Meta:
        icon = "title"
        label = _("heading")
        template = "cms/blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=RICH_TEXT, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("paragraph")
        template = "cms/blocks/paragraph.html"


class PictureBlock(blocks.StructBlock):
    """A picture with the alternative text and caption of this use; the credit comes from the picture itself."""

    image = ImageChooserBlock(label=_("picture"))
    alt_text = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("alternative text"),
        help_text=_("What someone who cannot see the picture needs to know."),
    )
    decorative = blocks.BooleanBlock(
        required=False, label=_("only decoration"), help_text=_("Adds nothing that is not in the text.")
    )
    caption = blocks.CharBlock(required=False, max_length=255, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("picture")
        template = "cms/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["decorative"] and not cleaned["alt_text"]:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "alt_text": ValidationError(_("Describe the picture, or mark it as decoration only.")),
                }
            )
        return cleaned


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quote"))
    name = blocks.CharBlock(required=False, max_length=120, label=_("name"))
    role = blocks.CharBlock(required=False, max_length=160, label=_("role"))

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "cms/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=120, label=_("label"))
    value = blocks.CharBlock(max_length=255, label=_("value"))


class FactListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=150, label=_("heading"))
    items = blocks.ListBlock(FactBlock(), label=_("facts"))

    class Meta:
        icon = "list-ul"
        label = _("fact list")
        template = "cms/blocks/facts.html"


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site or elsewhere; without either it is only named."""

    title = blocks.CharBlock(max_length=150, label=_("title"))
    page = blocks.PageChooserBlock(required=False, label=_("page"))
    url = blocks.URLBlock(required=False, label=_("or address"))
    note = blocks.CharBlock(required=False, max_length=300, label=_("note"))


class LinkListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=150, label=_("heading"))
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "link"
        label = _("link list")
        template = "cms/blocks/links.html"


class ContactBlock(blocks.StructBlock):
    contact = SnippetChooserBlock("cms.ContactPoint", label=_("contact point"))

    class Meta:
        icon = "mail"
        label = _("contact box")
        template = "cms/blocks/contact.html"


class CallToActionBlock(blocks.StructBlock):
    text = blocks.TextBlock(required=False, label=_("text"))
    label = blocks.CharBlock(max_length=80, label=_("label of the button"))
    page = blocks.PageChooserBlock(required=False, label=_("page"))
    url = blocks.URLBlock(required=False, label=_("or address"))

    class Meta:
        icon = "tick-inverse"
        label = _("call to action")
        template = "cms/blocks/call_to_action.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["page"] and not cleaned["url"]:
            raise blocks.StructBlockValidationError(
                block_errors={"page": ValidationError(_("Choose a page or enter an address."))}
            )
        return cleaned


class DocumentEntryBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(required=False, max_length=150, label=_("title"))


class DocumentListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False, max_length=150, label=_("heading"))
    documents = blocks.ListBlock(DocumentEntryBlock(), label=_("documents"))

    class Meta:
        icon = "doc-full"
        label = _("documents")
        template = "cms/blocks/documents.html"


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=150, label=_("title"))
    text = blocks.RichTextBlock(features=RICH_TEXT, label=_("text"))


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItemBlock(), label=_("sections"))

    class Meta:
        icon = "collapse-down"
        label = _("accordion")
        template = "cms/blocks/accordion.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a content page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    facts = FactListBlock()
    links = LinkListBlock()
    contact = ContactBlock()
    call_to_action = CallToActionBlock()
    documents = DocumentListBlock()
    accordion = AccordionBlock()
