""" "Still correct?": the answer by link without log-in, and the office's list of profiles that nobody confirms."""
