"""Our costs as ratios to a stated baseline: `python -m benchmarks`. Times differ between machines, ratios hardly do."""
