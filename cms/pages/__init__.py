"""The page that all others are, and what it is made of: blocks, references, drafts, addresses."""
