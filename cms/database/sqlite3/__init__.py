"""SQLite for a site that is read by many while somebody writes. ``base`` is what Django loads as ``ENGINE``."""
