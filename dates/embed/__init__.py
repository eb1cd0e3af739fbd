"""What an organisation shows on its own website: its events and offers in a frame."""
