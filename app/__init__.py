"""WHAT PEOPLE SEE: the pipeline and the command line."""
