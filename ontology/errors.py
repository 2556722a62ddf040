"""The errors of jixiao, every one a plain sentence for the person at the terminal.

    JixiaoError
    ├── VocabularyError      ontology/*.ttl declares something wrong (stops at import)
    ├── DocumentError        one file cannot be read (the other files go on)
    ├── WorkspaceError       the workspace cannot be used
    │   └── WorkspaceBusy    another process is writing it
    ├── OutputError          a result cannot be written to where it was asked for
    └── StoreError           the graph store refused
        ├── StoreDamaged     its file is missing, damaged or of another version: rebuild it
        └── QueryError       a Cypher text is wrong or not allowed

A message says what was found, where, and what was expected.
"""


class JixiaoError(Exception):
    """Any failure that a person can do something about."""


class VocabularyError(JixiaoError):
    """A declaration in the ontology's Turtle files contradicts itself or misses a part."""


class DocumentError(JixiaoError):
    """One disclosure (公开文件) cannot be read."""


class WorkspaceError(JixiaoError):
    """The workspace (工作区) cannot be used."""


class WorkspaceBusy(WorkspaceError):
    """Another process is writing the workspace."""


class OutputError(JixiaoError):
    """A result cannot be written to its place."""


class StoreError(JixiaoError):
    """The graph store refused an operation."""


class StoreDamaged(StoreError):
    """The store's file is missing, damaged or of another version; the records can rebuild it."""


class MissingExtra(JixiaoError):
    """Something was asked for whose packages (an extra of the installation) are not there."""


class QueryError(StoreError):
    """A Cypher text is wrong, or does what a reader may not do."""
