"""Keys that sign certificates, one of each kind for the platform and for each organisation."""
