"""``make chaos``: an installation of real processes on this machine, whose parts are killed, stopped and starved."""
