"""Reading ahead (预读): what pages read of the whole graph is read when the server starts and after a build.

All sessions share it. A page that is opened meanwhile waits for what it needs, and reads nothing twice.
"""

import gc
import sys
from threading import Event

from app.explorer_settings import READY
from app.terminal import say
from app.views import SECTIONS
from app.views.data import is_empty, is_unfinished, version
from ontology.errors import JixiaoError

_LOOK_EVERY_S = 5.0


def keep_ahead(ended: Event) -> None:
    """Read ahead whenever there is another version of the data, until the server ends.

    A fault of the program ends it, and is printed: the pages then read for themselves.
    """
    known: str | None = None
    while not ended.is_set():
        try:
            known = read_ahead(known)
        except JixiaoError:
            # Whoever opens a page is told: here nobody listens.
            known = None
        ended.wait(_LOOK_EVERY_S)


def read_ahead(known: str | None) -> str | None:
    """Read what the pages need of the data, if its version is another than the known one; the version."""
    # While a build goes on, the version of a graph on a server changes with every file.
    if is_empty() or is_unfinished() or version() == known:
        return known
    found = version()
    for views in SECTIONS.values():
        for view in views:
            if view.read_ahead is not None:
                view.read_ahead()
    # Streamlit looks for garbage after every run of a page: among a graph's millions of objects for a second.
    gc.collect()
    gc.freeze()
    if known is None:
        say(READY)
        sys.stdout.flush()
    return found
