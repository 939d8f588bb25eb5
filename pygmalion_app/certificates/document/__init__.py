"""The document that the holder keeps: a typst template, its fonts, and the function that fills it."""
