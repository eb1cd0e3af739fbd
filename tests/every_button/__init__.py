"""The admin as each role finds it: every link followed and every button pressed once."""
