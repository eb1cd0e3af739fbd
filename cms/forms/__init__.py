"""What a person sends is kept, and happens once."""
