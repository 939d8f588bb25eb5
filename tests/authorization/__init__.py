"""Who may do what, from every side: routes, handlers, and the database by itself."""
