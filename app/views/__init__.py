"""The explorer's pages (页面): one module each, listed here in the order of the menu.

A page is a `View`: a title, an icon, the path in its address, and `show`, which draws it. Everything
that can be chosen on it stands in the address, so that a copied link opens the same page elsewhere.
"""

from app.views import (
    boilerplate,
    compare,
    console,
    duplicates,
    indicator,
    judgements,
    overview,
    project,
    reuse_map,
    search,
    source,
    upload,
)
from app.views.view import View

FIRST = overview.VIEW
SECTIONS: dict[str, tuple[View, ...]] = {
    "图谱": (overview.VIEW, search.VIEW, indicator.VIEW, project.VIEW, reuse_map.VIEW),
    "比较": (duplicates.VIEW, compare.VIEW, boilerplate.VIEW, judgements.VIEW),
    "工具": (console.VIEW, upload.VIEW, source.VIEW),
}
"""Pages by the headings of the menu; the first one opens without a path."""
