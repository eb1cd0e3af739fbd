"""The way of a translation between the one who writes and the one who answers for it, and what both tell each other."""
