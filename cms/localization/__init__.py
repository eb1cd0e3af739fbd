"""What the product takes for text and for a date, in whatever language: one rule each, for every door."""
