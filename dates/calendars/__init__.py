"""Dates as iCalendar (RFC 5545): what calendar programs subscribe to, in each language.

``entries`` are finished values, ``document`` writes them; what sessions and events have to say comes from
``session_entries`` and ``event_entries``; ``collections`` knows which dates belong into which calendar.
"""
