"""Rival pages with the same municipalities, stops and colours as ours."""
