"""What the directory adds to the admin; each part registers its own hooks."""

from directory.joining import admin as joining  # noqa: F401
from directory.review import admin as review  # noqa: F401
from directory.review import editing  # noqa: F401
