"""From an address to a page and back: sites, navigation, alternates, footer, sitemap, and whether the asker has it."""
