"""From an address to an answer: what is found there, and whether the asker has it already."""
