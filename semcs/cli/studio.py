"""`semcs studio`, a page to play with, and `semcs serve`, its HTTP API alone."""

from __future__ import annotations

from argparse import Namespace

from semcs.cli.numbers import whole_number
from semcs.cli.options import Commands, Options, add_command, add_flag, add_networks, add_option
from semcs.cli.streams import given

HOST, PORT = "127.0.0.1", 8765
MOST_WORKERS = 64

STUDIO_EPILOG = """\
examples:
  semcs studio
  semcs studio --port 9000 --no-browser
  semcs studio --host 0.0.0.0

Drop a photo on the page, choose looks for its regions, and download the picture. All of it happens
on this machine: photos are deleted when the page is closed, or after an hour without use. Only
this machine can reach the page, unless --host says otherwise; then the address that is printed
holds a token, and nobody gets in without it. Needs semcs[studio]."""

SERVE_EPILOG = """\
examples:
  semcs serve
  semcs serve --port 9000 --models bundled
  semcs serve --host 0.0.0.0 --token "$TOKEN"

and, from another terminal:
  curl -F photo=@photo.jpg -F 'request={"fg": "gold"}' \\
    http://127.0.0.1:8765/api/v1/stylize > out.png

/docs describes all there is. Needs semcs[studio]."""


def add_parser(commands: Commands) -> None:
    """Add both commands to the command line."""
    summary = "open a page in the browser to style photos with"
    parser = add_command(commands, "studio", summary, STUDIO_EPILOG, run_studio)
    add_flag(parser, "--no-browser", "open no browser, print the address alone")
    _add_server(parser)
    summary = "serve the HTTP API, for programs"
    _add_server(add_command(commands, "serve", summary, SERVE_EPILOG, run_serve))


def _add_server(options: Options) -> None:
    add_option(
        options, "--host", "ADDRESS", f"address to listen at (default {HOST}: this machine alone)"
    )
    add_option(
        options,
        "--port",
        "N",
        f"port to listen at; 0 takes a free one (default {PORT})",
        type=whole_number(0, 65535),
    )
    add_option(
        options,
        "--token",
        "TOKEN",
        "refuse who doesn't send it: 16 letters or more (default: none for this machine alone, "
        "otherwise one that is made and printed)",
    )
    add_option(
        options,
        "--workers",
        "N",
        "pictures that are painted at a time (default: one a core)",
        type=whole_number(1, MOST_WORKERS),
    )
    add_networks(options)


def run_studio(args: Namespace) -> int:
    """Run `semcs studio`; returns the exit code."""
    return _run(args, page=True)


def run_serve(args: Namespace) -> int:
    """Run `semcs serve`; returns the exit code."""
    return _run(args, page=False)


def _run(args: Namespace, *, page: bool) -> int:
    from semcs.studio.settings import Settings, check_studio, is_loopback, make_token

    said = given(args, "host", "port", "token", "workers", "models", "device")
    if "token" not in said and not is_loopback(said.get("host", HOST)):
        said["token"] = make_token()
    settings = Settings(page=page, **said)
    check_studio()
    from semcs.studio.server import serve

    serve(settings, browser=page and not args.no_browser)
    return 0
