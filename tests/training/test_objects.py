from __future__ import annotations

from semcs.training.objects import object_names


def test_names_are_in_the_order_of_imagenet():
    names = object_names()
    assert len(names) == 1000
    assert names[0] == "a photo of a tench"
    assert names[207] == "a photo of a golden retriever"
    assert names[999] == "a photo of a toilet tissue"
