"""What kind of thing each look is, which decides how two of them go together in one picture."""

from __future__ import annotations

from semcs.looks.phrases.reading import read_tables

TABLE = """
scene: leaves | autumn | flowers | grass | underwater | sea | desert | galaxy | cherry blossom |
  coral reef | jungle | lavender field | cyberpunk
material: amber | bark | brick | bronze | bubbles | burlap | camouflage | candy | cardboard |
  chocolate | circuit board | concrete | copper | crystal | denim | dragon scales | feathers |
  fire | fur | glass | gold | ice | jade | lace | lava | leather | leopard print | marble | moss |
  neon | obsidian | pearl | pebbles | porcelain | red rock | rust | sand | silk | silver | slime |
  steampunk | stone wall | terracotta | velvet | wicker | wood | wool | zebra print
light: night | sunset | dawn | blue hour | sunny day | aurora | rainbow
weather: snow | frost | smoke | rain | fog | storm | clouds | sandstorm | fireworks
style: aboriginal dot painting | abstract | anime | art deco | art nouveau | cartoon | cezanne |
  collage | comic book | constructivism | cubism | drip painting | expressionism | fauvism |
  futurism | graffiti | greek vase | illuminated manuscript | impressionism | kandinsky |
  keith haring | klimt | manga | matisse cutout | mondrian | op art | papyrus |
  persian miniature | pointillism | pop art | psychedelic | rembrandt | rococo | rothko |
  starry night | suprematism | surrealism | travel poster | turner | ukiyo-e | vaporwave
medium: airbrush | ballpoint pen | blueprint | chalk | charcoal | colored pencil | crayon |
  engraving | fresco | gouache | ink wash | marker drawing | newspaper print | oil painting |
  pastel | pen and ink | pencil sketch | risograph | stencil | stippling | watercolor | woodcut
craft: claymation | embroidery | lego | low poly | mosaic | origami | paper cut | pixel art |
  stained glass
screen: black and white | sepia | glitch | thermal camera | x-ray | matrix code | hologram |
  bokeh lights
"""

KINDS: dict[str, str] = {name: kind for kind, names in read_tables(TABLE).items() for name in names}
"""The kind of each look."""

LAYERS: dict[str, int] = {kind: max(0, index - 1) for index, kind in enumerate(read_tables(TABLE))}
"""In which layer a kind is painted: over those with lower numbers, beside those with the same.

First what a picture shows and what that is made of, then the light on it, the weather before it,
the style and the medium in which all that is painted, and the film or screen that it is seen on.
"""

MANNERS = frozenset({"style", "medium", "craft", "screen"})
"""Kinds that say how a picture is made, where the others say what is in it."""

COLORFUL = frozenset(
    {
        "oil painting", "gouache", "pastel", "colored pencil", "crayon", "airbrush", "fresco",
        "impressionism", "pointillism", "cezanne", "cubism", "surrealism", "cartoon", "anime",
        "comic book", "mosaic", "stained glass", "embroidery", "lego", "low poly", "paper cut",
        "origami", "pixel art", "claymation", "collage",
    }
)  # fmt: skip
"""Manners that take the colours of what they show, where the others have their own."""
