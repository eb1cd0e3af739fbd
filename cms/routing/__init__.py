"""From an address to a page and back: sites, navigation, breadcrumbs, alternates, footer, sitemap."""
