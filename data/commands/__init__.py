"""The commands of ``python -m data``, a module a concern; ``data/__main__.py`` joins them."""
