"""Who belongs to an organisation: membership, invitations, requests for access, consents."""
