"""Events in "My organisation": members add, change, copy and cancel those of their own."""
