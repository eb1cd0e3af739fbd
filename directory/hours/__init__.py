"""When organisations are open: the week, special days, public holidays; and how all of it is said."""
