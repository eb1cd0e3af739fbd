"""The models on which every app stands; each lives in the module of its concept."""

from cms.accounts import User
from cms.contacts import ContactPoint
from cms.media import Image, Rendition
from cms.site_settings import SiteSettings

__all__ = ["ContactPoint", "Image", "Rendition", "SiteSettings", "User"]
