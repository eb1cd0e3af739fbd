"""Events: their page, times, single dates, and the acts of people on them."""
