"""What only a developer sees (`make dev`): mails in the browser, and everything starting anew when a file changes."""
