"""What `--help` says beyond the options: examples, presets, words."""

from __future__ import annotations

from semcs.style.presets import PRESETS

DEFAULT_PRESET = next(iter(PRESETS))

PRESET_SUMMARIES = {
    "semcs": "begins at the instant picture; each crop follows its own region's text",
    "instant": "painted in one go by looks and the learned painter, no optimisation",
    "semcs-reference": "as the published Sem-CS program does it, oddities included",
    "semcs-slides": "the two directional losses of the Sem-CS slides and nothing else",
    "clipstyler": "CLIPstyler: the foreground's text pulls every crop of the picture",
    "gen-art": "Generative Artisan: gentler and rarer crops on the foreground",
}

# A few of each kind; the model knows more, and other names for these.
WORDS = {
    "paintings": "starry night, watercolor, oil painting, impressionism, cubism, ukiyo-e",
    "drawings": "pencil sketch, charcoal, ink wash, woodcut, blueprint, crayon, chalk",
    "pop": "pop art, cartoon, comic book, anime, graffiti, pixel art, cyberpunk, neon",
    "materials": "gold, silver, bronze, marble, wood, mosaic, stained glass, crystal, wool",
    "nature": "snow, ice, fire, lava, autumn, leaves, flowers, underwater, desert, galaxy",
    "photos": "sepia, black and white, night, fog, sunset",
}

PROGRAM = """\
examples:
  semcs stylize photo.jpg -o styled.png --fg "pop art" --bg "starry night"
  semcs mask photo.jpg -o mask.png --soft
  semcs score photo.jpg styled.png --fg "pop art" --bg "starry night"
  semcs models list
  semcs demo

`semcs COMMAND --help` tells more, with examples. `-` is stdin or stdout.
Exit codes: 0 done, 1 failed, 2 wrong usage."""

MASK = """\
examples:
  semcs mask photo.jpg -o mask.png
  semcs mask photo.jpg -o mask.png --soft --refine matting
  curl -s $URL | semcs mask - -o - > mask.png

White is the foreground. A mask edited by hand goes back in by `semcs stylize --mask`."""

SCORE = """\
examples:
  semcs score photo.jpg styled.png
  semcs score photo.jpg styled.png watercolor
  semcs score photo.jpg styled.png --fg gold --bg snow --mask mask.png
  semcs score photo.jpg styled.png --fg gold --bg snow --json > score.json

what is measured, of the whole and of each region:
  content        what of the photo is lost: 0 nothing, about 1 everything
  ssim           likeness of the luminance, and edge_ssim of the outlines: 1 is the same
  dists          DISTS, how much changed: 0 nothing; where its weights are on this machine
  dists_bundled  its formula over the bundled content network; not comparable with DISTS
  agreement      how far the region moved toward its own text, -1 to 1
  leakage        how far it moved toward the other region's text; it should be lower
  place          of the text among semcs's names of styles; 1 is best
  seam           what breaks at the mask's border more than in the photo; 0 is best
  NIMA           how people would rate the output, 1 to 10; where its weights are here

The models that painted a picture flatter it; figures by different --models can't be compared.
--models paper fetches what is missing."""

MODELS = """\
examples:
  semcs models list
  semcs models download paper
  semcs models verify
  semcs models path dino-vits16

NAME is one from the list, or "paper": the three that --models paper runs."""

DEMO = """\
example:
  semcs demo --out out --fg mosaic --bg snow"""


def stylize_epilog() -> str:
    """Examples, the presets and some words for `semcs stylize`."""
    return f"""\
examples:
  semcs stylize photo.jpg -o styled.png --fg "pop art" --bg "starry night"
  semcs stylize photo.jpg watercolor -o styled.png        one text for all
  semcs stylize photo.jpg -o styled.png --bg snow         the foreground keeps its pixels
  semcs stylize photo.jpg -o styled.png --fg gold --mask mask.png --strength 0.7
  semcs stylize photo.jpg -o styled.png --fg-image painting.jpg --bg ice
  semcs stylize photo.jpg -o styled.png --fg mosaic --bg fire --preset instant
  cat photo.jpg | semcs stylize - mosaic -o - > styled.png

presets:
{_lines(PRESET_SUMMARIES)}

Any text will do. 157 looks are painted by hand-written painters, under many names and
mixed ("a snowy oil painting", "a dark blue watercolor"), such as:
{_lines(WORDS)}
`semcs looks match TEXT` tells what is made of a text, `semcs looks list` names all. What
no look is near to, and every picture as a style, a small network paints.

Output is PNG, JPEG, WebP, TIFF, BMP or AVIF by its extension."""


def _lines(entries: dict[str, str]) -> str:
    width = max(map(len, entries))
    return "\n".join(f"  {name.ljust(width)}  {text}" for name, text in entries.items())
