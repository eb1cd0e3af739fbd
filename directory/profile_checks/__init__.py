""" "Still correct?": who is asked and when, the answer by link, the list of profiles that nobody confirms."""
