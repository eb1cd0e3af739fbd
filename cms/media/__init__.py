"""Pictures and documents: who may see them, how they are delivered, how copies of pictures are made."""

from cms.media.models import Image, Rendition

__all__ = ["Image", "Rendition"]
