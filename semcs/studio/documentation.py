"""`/docs`: the API on one page, made of its OpenAPI, with nothing from anywhere else."""

from __future__ import annotations

import json
from html import escape
from typing import Any

STYLE = """\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 1px solid #8886; padding: .75rem 0; }
code, pre { font: 14px/1.45 ui-monospace, monospace; }
pre { overflow: auto; padding: .75rem; background: #8881; border-radius: .4rem; }
h3 { margin: .25rem 0; font-size: 1rem; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
dt { font-weight: 600; } dd { margin: 0 0 .4rem 1rem; }
"""

HEAD = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>semcs HTTP API</title><link rel="stylesheet" href="/docs.css"></head><body>
<h1>semcs HTTP API</h1>
"""


def page_of(schema: dict[str, Any]) -> str:
    """The page.

    Args:
        schema: The app's OpenAPI.
    """
    parts = [HEAD, *(f"<p>{escape(p)}</p>\n" for p in schema["info"]["description"].split("\n\n"))]
    parts.append('<p>The same for programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>')
    for path, methods in schema["paths"].items():
        parts += [_endpoint(path, method, said) for method, said in methods.items()]
    parts.append("<h2>Bodies</h2>\n")
    for name, shape in schema["components"]["schemas"].items():
        shown = json.dumps(shape, indent=2, ensure_ascii=False)
        parts.append(f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary>')
        parts.append(f"<pre>{escape(shown)}</pre></details>\n")
    return "".join([*parts, "</body></html>\n"])


def _endpoint(path: str, method: str, said: dict[str, Any]) -> str:
    rows = [
        f"<dt><code>{escape(one['name'])}</code> ({one['in']})</dt>"
        f"<dd>{escape(one.get('description', ''))}</dd>"
        for one in said.get("parameters", ())
    ]
    for kind, body in said.get("requestBody", {}).get("content", {}).items():
        rows.append(f"<dt>body: <code>{escape(kind)}</code></dt><dd>{_shape(body)}</dd>")
    for status, answer in said["responses"].items():
        kinds = ", ".join(answer.get("content", {}))
        rows.append(
            f"<dt>{escape(status)}</dt><dd>{escape(answer['description'])} {escape(kinds)}</dd>"
        )
    about = "".join(f"<p>{escape(part)}</p>" for part in said["description"].split("\n\n"))
    return (
        f'<article><h3><span class="method">{method.upper()}</span><code>{escape(path)}</code></h3>'
        f"{about}<details><summary>details</summary><dl>{''.join(rows)}</dl></details></article>\n"
    )


def _shape(body: dict[str, Any]) -> str:
    schema = body.get("schema", {})
    if reference := schema.get("$ref"):
        name = escape(reference.rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    return ", ".join(f"<code>{escape(name)}</code>" for name in schema.get("properties", ()))
