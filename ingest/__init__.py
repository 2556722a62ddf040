"""WHERE THINGS STAND: files become grids, labels and printed targets."""
