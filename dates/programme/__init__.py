"""What is on: the list of events, sessions and regular offers, day by day."""
