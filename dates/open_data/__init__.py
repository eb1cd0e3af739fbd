"""Events and council sessions for programs."""
