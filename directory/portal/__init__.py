""" "My organisation": where members keep their own page, outside the admin."""
