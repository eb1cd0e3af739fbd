"""Plain German: what makes a text hard to read, and the editor's question how plain one is."""
