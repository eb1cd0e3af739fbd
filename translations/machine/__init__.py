"""Machine translation: the services that do it, what they must leave alone, and how their damage is noticed."""
