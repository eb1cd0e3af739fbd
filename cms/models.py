"""The models on which every app stands; each lives in the module of its concept."""

from cms.accounts import User
from cms.bin.files import FileRemoval
from cms.bin.models import Bin, BinEntry
from cms.contacts import ContactPoint
from cms.media import Image, Rendition
from cms.site_settings import SiteSettings
from cms.throttling import Attempt

__all__ = ["Attempt", "Bin", "BinEntry", "ContactPoint", "FileRemoval", "Image", "Rendition", "SiteSettings", "User"]
