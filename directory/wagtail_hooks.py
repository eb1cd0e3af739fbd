"""What the directory adds to the admin; each part registers its own hooks."""

from directory.review import admin, editing  # noqa: F401
