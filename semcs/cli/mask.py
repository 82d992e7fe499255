"""`semcs mask`: a picture in, its foreground out."""

from __future__ import annotations

from argparse import Namespace

from semcs.cli.streams import check_outputs, encode_for, given, read, write_all


def run(args: Namespace) -> int:
    """Run the command; returns the exit code."""
    check_outputs(pictures={"--output": args.output}, others={})
    from semcs.models.families import load_family
    from semcs.saliency import saliency_mask

    family = load_family(**given(args, "models"))
    mask = saliency_mask(
        read(args.input),
        family.key_extractor,
        soft=args.soft,
        **given(args, "refine"),
    )
    write_all({args.output: encode_for(args.output, mask)})
    return 0
