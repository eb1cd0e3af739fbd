"""Dates of the council out of the city's council information system, by OParl 1.0 and 1.1 (https://oparl.org)."""
