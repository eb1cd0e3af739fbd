"""Lists of organisations as CSV or XLSX: in with a dry run, out again, and nothing that people wrote is lost."""
