"""HOW THINGS HANG TOGETHER: records become a graph that answers questions."""
