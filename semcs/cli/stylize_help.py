"""What `semcs stylize --help` says beyond the options: examples, presets, and words for styles."""

from __future__ import annotations

DEFAULT_PRESET = "semcs"

PRESET_SUMMARIES = {
    "semcs": "optimises the instant picture; each crop follows the text of its own region",
    "instant": "painted in one pass by looks and the learned painter, no optimisation",
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


def _table(entries: dict[str, str]) -> str:
    width = max(map(len, entries))
    return "\n".join(f"  {name.ljust(width)}  {text}" for name, text in entries.items())


EPILOG = f"""\
examples:
  semcs stylize photo.jpg -o styled.png --fg "pop art" --bg "starry night"
  semcs stylize photo.jpg watercolor -o styled.png        one text for all
  semcs stylize photo.jpg -o styled.png --bg snow         the foreground keeps its pixels
  semcs stylize photo.jpg -o styled.png --fg gold --mask mask.png --strength 0.7
  semcs stylize photo.jpg -o styled.png --fg-image painting.jpg --bg ice
  semcs stylize photo.jpg -o styled.png --fg mosaic --bg fire --preset instant
  semcs stylize photo.jpg -o styled.png --fg "0.6 watercolor + 0.4 gold" --scale 2
  semcs stylize photo.jpg "oil painting" -o styled.png --keep-color 0.8
  semcs stylize photo.jpg winter -o styled.png --avoid blue
  semcs stylize photo.jpg -o styled.png --region "sky=starry night" --region person=keep
  semcs stylize photo.jpg -o styled.png --region car=gold --region "rest=ink wash; strength=0.6"
  semcs stylize photo.jpg -o styled.png --region door.png=gold --region background=snow
  semcs stylize photo.jpg -o styled.png --region "320,240=gold"      what this pixel is on
  cat photo.jpg | semcs stylize - mosaic -o - > styled.png

presets:
{_table(PRESET_SUMMARIES)}

Any text will do. 157 looks are painted by hand-written painters, under many names and
mixed ("a snowy oil painting", "a dark blue watercolor"), such as:
{_table(WORDS)}
`semcs looks match TEXT` tells what a text leads to, `semcs looks list` names all looks. A small
network paints texts that no look is near to, and every picture as a style.

Output is PNG, JPEG, WebP, TIFF, BMP or AVIF by its extension. Of the photo's metadata it keeps
copyright, artist, time of capture, resolution and colour profile; where it was taken, serial
numbers, names, comments, XMP, IPTC, maker notes and thumbnails stay out."""
