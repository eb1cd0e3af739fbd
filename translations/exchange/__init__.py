"""Files with which translators outside take segments away and bring them back: PO, XLIFF 1.2 and XLIFF 2.0."""
