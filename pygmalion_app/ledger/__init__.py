"""The books: accounts and amounts in double entry, only ever added to."""
