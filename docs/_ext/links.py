"""Links of the pages that lead out of `docs/`, which work in the repository, brought to the site.

README, CONTRIBUTING and the like are shown by pages of the site that include them.
"""

from __future__ import annotations

from sphinx.application import Sphinx

PAGES = {
    "../CONTRIBUTING.md": "contributing.md",
    "../SECURITY.md": "reporting.md",
    "../CHANGELOG.md": "changelog.md",
    "../semcs/models/bundled/README.md": "models.md",
}


def setup(app: Sphinx) -> dict[str, bool]:
    """Hook into the reading of pages."""
    app.connect("source-read", lead_to_pages)
    return {"parallel_read_safe": True}


def lead_to_pages(app: Sphinx, page: str, source: list[str]) -> None:
    """Have links to files that the site includes lead to the pages that include them."""
    for file, target in PAGES.items():
        source[0] = source[0].replace(f"]({file})", f"]({target})")
