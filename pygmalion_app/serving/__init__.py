"""How the compiled pages and the API are served together on one port."""
