"""What organisations send for review: who decides, what has changed, and the press office's screens for it."""
