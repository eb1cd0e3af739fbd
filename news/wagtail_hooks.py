"""What the admin shows of this app."""

from news import press_release_view  # noqa: F401 (registers its hooks)
