"""What every answer carries: headers, compression, error pages, feeds, structured data."""
