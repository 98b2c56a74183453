"""How the store's tables came to be, a revision a file: `python -m data migrate` applies them."""
