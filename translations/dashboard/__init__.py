"""What is to be done: the press office's dashboard, a translator's queue, mails that ask."""
