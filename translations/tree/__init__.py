"""Where translations stand in the tree, and how they follow their German page."""
