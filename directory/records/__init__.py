"""The city's records of organisations in the admin: what it notes, whom it invites, whom it lets in."""
