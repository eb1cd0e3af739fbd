"""What the profile of an organisation says of it."""
