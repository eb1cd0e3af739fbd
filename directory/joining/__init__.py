"""How people come in: invitation, log-in, password, colleagues, account, asking for access, registering."""
