"""Words of colour and of light."""

from __future__ import annotations

RGB = tuple[int, int, int]

COLORS: dict[str, RGB] = {
    "red": (200, 30, 35), "scarlet": (225, 40, 25), "crimson": (170, 15, 50),
    "vermilion": (227, 66, 52), "cherry": (190, 20, 50), "ruby": (160, 15, 60),
    "carmine": (150, 0, 24), "burgundy": (110, 15, 35), "maroon": (115, 20, 30),
    "wine": (105, 25, 45), "claret": (127, 23, 52), "bordeaux": (100, 15, 35),
    "oxblood": (74, 8, 8), "blood red": (125, 8, 12), "brick red": (165, 65, 50),
    "cardinal": (175, 25, 50), "raspberry": (200, 30, 90), "strawberry": (235, 70, 90),
    "orange": (240, 130, 25), "tangerine": (245, 135, 30), "apricot": (250, 190, 135),
    "peach": (250, 195, 160), "salmon": (245, 140, 120), "coral": (250, 125, 95),
    "pumpkin orange": (235, 115, 25), "burnt orange": (190, 85, 20), "rust red": (165, 65, 30),
    "persimmon": (235, 90, 40), "terracotta red": (195, 95, 70),
    "yellow": (245, 215, 40), "lemon": (250, 235, 75), "mustard": (205, 165, 40),
    "ochre": (200, 140, 50), "saffron": (240, 180, 50), "canary": (250, 235, 100),
    "straw yellow": (228, 217, 111), "cream": (250, 240, 210), "vanilla": (243, 229, 171),
    "gold yellow": (225, 180, 60), "champagne gold": (235, 210, 170), "khaki": (170, 160, 110),
    "green": (40, 145, 60), "lime": (165, 220, 50), "chartreuse": (185, 225, 40),
    "olive": (115, 115, 40), "emerald": (25, 150, 95), "mint": (160, 225, 190),
    "mint green": (160, 225, 190), "sage": (155, 170, 135), "jade green": (0, 150, 105),
    "moss green": (105, 125, 60), "forest green": (30, 90, 45), "sea green": (60, 155, 125),
    "grass green": (85, 160, 50), "apple green": (140, 190, 70), "bottle green": (15, 75, 55),
    "hunter green": (45, 85, 55), "pistachio": (165, 200, 125), "fern green": (80, 125, 65),
    "racing green": (5, 65, 40), "viridian": (64, 130, 109), "avocado": (95, 125, 50),
    "teal": (15, 125, 130), "turquoise": (55, 200, 195), "aqua": (80, 215, 220),
    "aquamarine": (120, 230, 205), "cyan": (25, 200, 225), "petrol": (10, 85, 100),
    "blue green": (25, 130, 135), "duck egg": (180, 215, 210),
    "blue": (40, 85, 200), "navy": (25, 35, 90), "navy blue": (25, 35, 90),
    "royal blue": (50, 80, 205), "cobalt": (20, 70, 170), "cobalt blue": (20, 70, 170),
    "ultramarine": (35, 40, 165), "sapphire": (20, 65, 165), "azure": (40, 135, 230),
    "cerulean": (40, 140, 190), "sky blue": (130, 195, 235), "baby blue": (165, 205, 240),
    "powder blue": (180, 215, 230), "ice blue": (195, 225, 240), "steel blue": (75, 125, 170),
    "slate blue": (105, 95, 180), "midnight blue": (22, 26, 80), "prussian blue": (10, 45, 85),
    "denim blue": (45, 85, 140), "electric blue": (25, 110, 255), "indigo": (60, 35, 125),
    "ocean blue": (15, 95, 150), "cornflower": (105, 145, 230), "periwinkle": (160, 165, 235),
    "peacock blue": (5, 95, 120), "klein blue": (0, 47, 167),
    "purple": (120, 45, 165), "violet": (130, 65, 195), "lilac": (200, 165, 215),
    "lavender": (185, 165, 225), "mauve": (190, 140, 185), "plum": (120, 40, 105),
    "amethyst purple": (150, 100, 200), "aubergine": (70, 25, 65), "eggplant": (75, 30, 70),
    "orchid purple": (200, 105, 200), "mulberry": (150, 40, 95), "heliotrope": (200, 120, 240),
    "pink": (240, 125, 175), "magenta": (220, 30, 150), "fuchsia": (225, 35, 150),
    "hot pink": (250, 60, 155), "rose": (230, 95, 130), "blush": (240, 190, 190),
    "shocking pink": (252, 15, 150), "bubblegum pink": (250, 150, 200),
    "salmon pink": (250, 150, 140), "flamingo pink": (250, 140, 170), "cerise": (215, 40, 105),
    "brown": (115, 70, 40), "chocolate brown": (85, 50, 30), "tan": (205, 170, 125),
    "beige": (222, 204, 170), "sienna": (160, 85, 45), "umber": (110, 75, 45),
    "mahogany red": (110, 35, 25), "chestnut": (140, 70, 45), "coffee brown": (95, 65, 45),
    "caramel": (190, 125, 65), "hazel": (140, 105, 55), "taupe": (140, 125, 110),
    "sand beige": (215, 190, 145), "cinnamon": (180, 100, 50), "mocha": (120, 85, 65),
    "sepia brown": (110, 75, 45), "fawn": (195, 160, 110), "walnut brown": (95, 65, 45),
    "black": (14, 14, 17), "jet black": (8, 8, 10), "coal black": (16, 16, 18),
    "pitch black": (5, 5, 7), "ebony black": (25, 22, 20), "raven black": (16, 16, 24),
    "gray": (128, 128, 130), "slate gray": (95, 110, 125), "charcoal gray": (60, 65, 70),
    "ash gray": (175, 180, 175), "silver gray": (185, 188, 192), "stone gray": (150, 145, 135),
    "dove gray": (155, 150, 150), "gunmetal": (50, 60, 65), "steel gray": (110, 118, 125),
    "white": (248, 248, 248), "ivory": (250, 245, 230), "snow white": (250, 250, 252),
    "off white": (243, 240, 230), "eggshell": (240, 234, 214), "pearl white": (240, 236, 228),
    "bone white": (235, 228, 212),
    "reddish": (180, 75, 70), "bluish": (85, 115, 175), "greenish": (90, 145, 100),
    "yellowish": (220, 205, 110), "purplish": (130, 90, 155), "pinkish": (235, 170, 190),
    "brownish": (130, 100, 75), "orangey": (235, 150, 75), "grayish": (135, 135, 137),
    "whitish": (238, 238, 236), "blackish": (30, 30, 33),
}  # fmt: skip
"""Names of colours, American spelling."""

BASIC_COLORS = frozenset(
    {
        "red",
        "orange",
        "yellow",
        "green",
        "blue",
        "purple",
        "pink",
        "brown",
        "gray",
        "black",
        "white",
    }
)
"""Those that others are kinds of: "emerald green"."""

SHADES: dict[str, tuple[float, float, float]] = {
    # How much of the way to black, how much to white, and the saturation's factor.
    "dark": (0.5, 0.0, 1.0), "darkest": (0.65, 0.0, 1.0), "deep": (0.35, 0.0, 1.15),
    "rich": (0.2, 0.0, 1.2), "midnight": (0.65, 0.0, 1.0), "light": (0.0, 0.4, 0.95),
    "lighter": (0.0, 0.4, 0.95), "darker": (0.45, 0.0, 1.0), "pale": (0.0, 0.6, 0.8),
    "pastel": (0.0, 0.5, 0.85), "soft": (0.0, 0.3, 0.7), "baby": (0.0, 0.5, 0.85),
    "bright": (0.0, 0.08, 1.35), "vivid": (0.0, 0.0, 1.5), "neon": (0.0, 0.08, 1.7),
    "electric": (0.0, 0.05, 1.6), "hot": (0.0, 0.0, 1.5), "acid": (0.0, 0.05, 1.6),
    "fluorescent": (0.0, 0.1, 1.7), "muted": (0.05, 0.1, 0.5), "dusty": (0.05, 0.2, 0.45),
    "faded": (0.0, 0.35, 0.45), "burnt": (0.25, 0.0, 1.0), "smoky": (0.25, 0.05, 0.4),
    "warm": (0.0, 0.05, 1.1), "cold": (0.0, 0.05, 0.95), "cool": (0.0, 0.05, 0.95),
    "icy": (0.0, 0.6, 0.6), "royal": (0.1, 0.0, 1.3), "intense": (0.0, 0.0, 1.5),
    "dull": (0.15, 0.05, 0.45), "dirty": (0.25, 0.05, 0.55), "medium": (0.0, 0.0, 1.0),
    "pure": (0.0, 0.0, 1.4), "powder": (0.0, 0.55, 0.7),
}  # fmt: skip
"""Words before a colour that change it."""

LIGHTS: dict[str, tuple[str, ...]] = {
    "dark": ("dark", "darker", "gloomy", "moody", "shadowy", "dim", "murky", "somber", "low key",
             "sinister", "brooding", "dimly lit"),
    "bright": ("bright", "brighter", "luminous", "radiant", "brilliant", "well lit", "airy",
               "high key", "sunlit tones", "lit up"),
    "pale": ("pale", "faint", "washed out", "bleached", "light tones", "light colors"),
    "vivid": ("vivid", "vibrant", "saturated", "colorful", "intense", "lively", "punchy",
              "rich colors", "bold colors", "bold", "high saturation", "loud colors"),
    "warm": ("warm", "warmer", "cozy", "warm light", "warm tones", "warm colors"),
    "cold": ("cold", "cool", "cooler", "colder", "chilly", "cool tones", "cold light", "wintery"),
    "muted": ("muted", "subdued", "faded colors", "low saturation", "dull", "earthy",
              "earth tones", "drab", "toned down", "desaturated colors",
              "understated", "dusty tones"),
    "pastel": ("pastel tones", "pastel colors", "pastel shades", "pastel hues", "pastel palette",
               "pastel color", "candy colors", "pastels tones"),
    "contrast": ("high contrast", "dramatic", "contrasty", "strong contrast", "stark"),
    "soft": ("soft", "gentle", "low contrast", "delicate", "subtle", "soft light", "soft tones"),
}  # fmt: skip
"""Words of light, and others that mean the same."""
