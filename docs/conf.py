"""How `make docs` makes the site: everything in it is local, so that it works from file://."""

from __future__ import annotations

import sys
from pathlib import Path

sys.dont_write_bytecode = True  # what lies in docs/ goes into the source distribution
HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent)]

import semcs  # noqa: E402

project = "semcs"
author = "the semcs authors"
copyright = "the semcs authors, MIT licence"
release = version = semcs.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "docstrings",
    "commands",
    "links",
]
exclude_patterns = ["_ext", "_static", "places"]  # programs for other hosts, not pages
nitpicky = True
# Other packages' types, which no page of this site describes; and types that have no page.
nitpick_ignore_regex = [("py:.*", r"(?!semcs\.).*"), ("py:(class|obj)", r"semcs\..*\.[A-Z]\w*")]

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 4
highlight_language = "text"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
autodoc_default_options = {"members": True}
autodoc_class_signature = "mixed"
autoclass_content = "both"
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False

html_theme = "furo"
html_title = "semcs"
html_logo = "_static/mark.svg"
html_favicon = "_static/mark.svg"
html_static_path = ["_static"]
html_css_files = ["semcs.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # it fetches pages, which browsers refuse from file://
pygments_style = "friendly"
pygments_dark_style = "monokai"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#8a2f6b",
        "color-brand-content": "#8a2f6b",
        "color-brand-visited": "#6b3f8a",
        "color-api-name": "#8a2f6b",
        "color-api-pre-name": "#6b6f76",
    },
    "dark_css_variables": {
        "color-brand-primary": "#f08cc4",
        "color-brand-content": "#f08cc4",
        "color-brand-visited": "#c9a5ee",
        "color-api-name": "#f08cc4",
        "color-api-pre-name": "#9a9ea6",
    },
}
