"""When nothing takes place: public holidays and school holidays of a federal state."""
