"""Councils: their page, bodies, sessions, agenda, and the one way in which a session is changed."""
