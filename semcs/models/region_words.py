"""The kinds of things that the bundled region network knows, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

KINDS = (
    *("sky", "water", "grass", "tree", "plant", "flower", "building", "wall", "road", "pavement"),
    *("ground", "floor", "sand", "snow", "mountain", "rock", "person", "face", "hair"),
    *("dog", "cat", "horse", "cow", "sheep", "bird", "animal"),
    *("car", "bus", "train", "boat", "bicycle", "motorbike", "aeroplane", "vehicle"),
    *("chair", "sofa", "table", "bottle", "screen", "food", "other"),
)
"""The order is that of the network's channels."""

# Words that aren't the name of one kind. What they take in follows what people mean: a person has a
# face and hair, the ground is all that one can stand on. Of the kinds "animal" and "vehicle" are
# those that have no kind of their own.
WIDER = {
    "person": ("person", "face", "hair"),
    "head": ("face", "hair"),
    "animal": ("animal", "dog", "cat", "horse", "cow", "sheep", "bird"),
    "vehicle": (*("vehicle", "car", "bus", "train", "boat", "bicycle", "motorbike", "aeroplane"),),
    "truck": ("vehicle",),
    "building": ("building", "wall"),  # the network calls fronts of houses either
    "plant": ("plant", "flower"),
    "vegetation": ("plant", "flower", "grass", "tree"),
    "bush": ("plant",),
    "ground": ("ground", "floor", "grass", "road", "pavement", "sand", "snow"),
    "street": ("road", "pavement"),
    "landscape": (
        *("sky", "water", "grass", "tree", "plant", "flower", "mountain", "rock"),
        *("ground", "sand", "snow"),
    ),
    "furniture": ("chair", "sofa", "table"),
    "seat": ("chair", "sofa"),
}

SYNONYMS = {
    "sky": "heaven",
    "water": "sea lake river ocean pond stream creek pool waterfall wave canal bay harbour harbor",
    "grass": "lawn meadow turf pasture field",
    "tree": "forest wood woodland palm foliage leaf leave",
    "plant": "houseplant fern",
    "bush": "shrub hedge",
    "vegetation": "greenery",
    "flower": "blossom bloom petal rose tulip daisy sunflower lily",
    "building": "house home tower church castle skyscraper cathedral temple barn hut cottage "
    "palace architecture",
    "wall": "fence",
    "road": "asphalt highway motorway lane roadway tarmac",
    "pavement": "sidewalk footpath path walkway",
    "street": "",
    "ground": "earth soil dirt land terrain",
    "floor": "carpet parquet",
    "sand": "dune desert beach shore seashore",
    "snow": "ice",
    "mountain": "hill peak cliff ridge alp",
    "rock": "stone boulder pebble",
    "person": "people man men woman women child children boy girl human pedestrian baby lady "
    "guy kid rider cyclist crowd somebody someone body figure",
    "face": "",
    "head": "",
    "hair": "haircut hairstyle",
    "dog": "puppy hound",
    "cat": "kitten kitty",
    "horse": "pony foal",
    "cow": "cattle bull ox calf",
    "sheep": "lamb",
    "bird": "duck goose geese swan parrot owl eagle pigeon gull seagull chicken hen",
    "animal": "pet creature beast",
    "car": "automobile taxi cab",
    "bus": "coach minibus",
    "train": "tram locomotive",
    "boat": "ship ferry yacht canoe sailboat",
    "bicycle": "bike cycle",
    "motorbike": "motorcycle scooter moped",
    "aeroplane": "airplane plane aircraft jet",
    "truck": "lorry van",
    "vehicle": "",
    "chair": "armchair stool",
    "sofa": "couch settee",
    "seat": "bench",
    "table": "desk",
    "furniture": "",
    "bottle": "flask",
    "screen": "tv television monitor display",
    "food": "meal dish fruit vegetable cake pizza bread",
    "landscape": "nature scenery",
}
"""Other words for each word; all of them may be put in the plural."""


def kinds_of(phrase: str) -> tuple[str, ...]:
    """The kinds that a phrase in lower case means, such as "trees"; none where it isn't known."""
    word = next((form for form in _singulars(phrase) if form in _words()), None)
    if word is None:
        return ()
    meaning = _words()[word]
    return WIDER.get(meaning, (meaning,))


def known_words() -> list[str]:
    """Every word that is known, in the singular."""
    return sorted(_words())


def nearest_words(phrase: str, count: int = 3) -> list[str]:
    """Known words in a phrase, then those that are spelt most like it; maybe none."""
    inside = [word for word in phrase.split() if kinds_of(word)]
    return (inside + get_close_matches(phrase, known_words(), n=count, cutoff=0.7))[:count]


@cache
def _words() -> Mapping[str, str]:
    """The word in `SYNONYMS` that each known word stands for."""
    found = {other: word for word, others in SYNONYMS.items() for other in others.split()}
    return found | {word: word for word in SYNONYMS}


def _singulars(phrase: str) -> tuple[str, ...]:
    """A phrase, and what it may be the plural of."""
    forms = [phrase]
    for ending, singular in (("ies", "y"), ("ves", "f"), ("es", ""), ("s", "")):
        if phrase.endswith(ending) and len(phrase) > len(ending) + 1:
            forms.append(phrase.removesuffix(ending) + singular)
    return tuple(forms)
