"""Organisations and their offers for programs: our own fields, and the Human Services Data Specification (HSDS 3)."""
