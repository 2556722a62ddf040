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

import errno


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


class StoreEmpty(StoreDamaged):
    """A server without a graph: nothing was built into it yet."""


class MissingExtra(JixiaoError):
    """Something was asked for whose packages (an extra of the installation) are not there."""


class QueryError(StoreError):
    """A Cypher text is wrong, or does what a reader may not do."""


_OS_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "不存在",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "正被占用",
    errno.ETXTBSY: "正被占用",
}


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in Chinese; its own words where we have none.

    >>> os_reason(PermissionError(errno.EACCES, "Permission denied"))
    '没有权限'
    """
    return _OS_REASONS.get(error.errno or 0) or f"系统的原话：{error.strerror or error}"
