"""What happens to what somebody deletes: it lies in the bin for 30 days, then it is gone with its files."""
