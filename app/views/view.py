"""What a page of the explorer is (页面)."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A page: what the menu calls it, its path in the address, and what draws it.

    One that is not in the menu is reached from others. `read_ahead` reads what it needs of the whole graph
    before anybody opens it.
    """

    path: str
    title: str
    icon: str
    show: Callable[[], None]
    in_menu: bool = True
    read_ahead: Callable[[], object] | None = None
