"""German revisions in which only the wording is corrected: they outdate no translation."""
