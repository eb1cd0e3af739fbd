"""The directory: its entrance and the profiles of organisations."""

from directory.index import DirectoryPage
from directory.offers import Offer
from directory.organisation import OrganisationPage
from directory.record import OrganisationRecord
from directory.review.task import ReviewTask, ReviewTaskState
from directory.taxonomy import District, SpokenLanguage, Topic

__all__ = [
    "DirectoryPage",
    "District",
    "Offer",
    "OrganisationPage",
    "OrganisationRecord",
    "ReviewTask",
    "ReviewTaskState",
    "SpokenLanguage",
    "Topic",
]
