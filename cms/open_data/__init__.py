"""What programs read: collections as JSON, CSV and GeoJSON, in each language, described by OpenAPI."""
