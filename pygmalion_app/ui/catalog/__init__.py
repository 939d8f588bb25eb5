"""The public pages: home, catalogue, course, organisation."""
