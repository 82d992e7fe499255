from __future__ import annotations

import json
import subprocess
import sys

import pytest

import semcs


class TestPackage:
    def test_import_is_light(self):
        code = "import json, sys, semcs; print(json.dumps(list(sys.modules)))"
        loaded = json.loads(subprocess.check_output([sys.executable, "-c", code]))
        assert not {"torch", "numpy", "PIL", "scipy"} & set(loaded)

    def test_every_public_name_can_be_had(self):
        for name in semcs.__all__:
            assert getattr(semcs, name) is not None
        assert set(semcs.__all__) <= set(dir(semcs))

    def test_unknown_name_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match="stylise"):
            _ = semcs.stylise

    def test_names_are_those_of_their_modules(self):
        from semcs import stylizer
        from semcs.style import presets

        assert semcs.stylize is stylizer.stylize
        assert semcs.PRESETS is presets.PRESETS
        assert semcs.metrics.__name__ == "semcs.metrics"
