"""The directory: its entrance and the profiles of organisations."""

from directory.index import DirectoryPage
from directory.organisation import Offer, OrganisationPage
from directory.taxonomy import District, SpokenLanguage, Topic

__all__ = ["DirectoryPage", "District", "Offer", "OrganisationPage", "SpokenLanguage", "Topic"]
