"""The screens of a person: log-in, password, own account, colleagues, invitation, request for access."""
