"""WHAT THINGS ARE: vocabulary, indicator classes, records, identities and errors."""
