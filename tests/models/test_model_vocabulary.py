from __future__ import annotations

from semcs.models.vocabulary import style_names
from semcs.training.vocabulary import STYLES


def test_the_package_names_what_the_bundled_models_were_trained_on():
    assert style_names() == tuple(STYLES)
