"""What the directory adds to the admin; each part registers its own hooks."""

from directory.portal import point_admin  # noqa: F401
from directory.profile_checks import admin as profile_checks  # noqa: F401
from directory.profiles import topics_admin  # noqa: F401
from directory.records import admin as records  # noqa: F401
from directory.review import admin as review  # noqa: F401
from directory.review import editing  # noqa: F401
from directory.spreadsheet import admin as spreadsheet  # noqa: F401
