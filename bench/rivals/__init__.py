"""The pages that ours is measured against; each shows the same municipalities, stops and colours."""
