"""The commands of ``python -m data``, registered in ``data/__main__.py``."""
