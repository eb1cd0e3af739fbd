"""What happens without anybody waiting: background jobs, what is due at a time, and the processes that do both."""
