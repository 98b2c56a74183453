"""What is seen: a module a page or part; no figure is reckoned here."""
