"""WHAT WORDS MEAN: printed strings become typed values."""
