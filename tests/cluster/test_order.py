"""What becomes of a row: its task, by paths and by URIs."""

import pickle

import pytest

from semcs.cluster.order import check_manifest_columns, order_of
from semcs.errors import InputError


@pytest.mark.parametrize(
    ("source", "path", "read", "name", "output"),
    [
        ("/in", "a/b.jpg", "/in/a/b.jpg", "a/b.jpg", "a/b.png"),
        ("/in", "/in/a/b.jpg", "/in/a/b.jpg", "a/b.jpg", "a/b.png"),
        ("/in", "/other/b.jpg", "/other/b.jpg", "/other/b.jpg", "other/b.png"),
        ("s3://k/in", "a/b.jpg", "s3://k/in/a/b.jpg", "a/b.jpg", "a/b.png"),
        ("s3://k/in", "s3://k/in/a/b.jpg", "s3://k/in/a/b.jpg", "a/b.jpg", "a/b.png"),
        (None, "s3://k/a/b.jpg", "s3://k/a/b.jpg", "k/a/b.jpg", "k/a/b.png"),
        (None, "s3://k/../b.jpg", "s3://k/../b.jpg", "k/../b.jpg", "b.png"),
    ],
)
def test_where_a_picture_is_read_and_what_it_is_called(source, path, read, name, output):
    order = order_of({"fg": "gold"}, output="s3://k/out", source=source, format="png")
    task = order.task({"path": path})
    assert (task.source, task.name, task.output) == (read, name, output)


def test_a_row_says_its_own_options_and_output():
    order = order_of({"fg": "gold", "bg": "snow"}, output="/out")
    task = order.task({"path": "a.jpg", "output": "b.webp", "style": "pop art", "source_size": 3})
    assert task.output == "b.webp"
    assert task.options["style"] == "pop art"
    assert "fg" not in task.options
    assert task.options_hash != order.task({"path": "a.jpg"}).options_hash


def test_the_options_hash_is_the_same_in_another_process_and_for_another_node():
    order = order_of({"fg": "gold"}, output="/out")
    sent = pickle.loads(pickle.dumps(order))
    here = order.task({"path": "a.jpg"}).options_hash
    assert sent.task({"path": "a.jpg"}).options_hash == here
    other = order_of({"fg": "silver"}, output="/out")
    assert other.task({"path": "a.jpg"}).options_hash != here


def test_automatic_models_do_not_depend_on_what_a_node_has():
    assert order_of({"fg": "gold"}, output="/out").asked.models == "bundled"
    assert order_of({"fg": "gold"}, output="/out").asked.device == "cpu"


@pytest.mark.parametrize(
    ("names", "fault"),
    [(["path", "colour"], "unknown column 'colour'"), (["fg"], "no column path")],
)
def test_columns_that_mean_nothing_are_refused_before_any_work(names, fault):
    with pytest.raises(InputError, match=fault):
        check_manifest_columns(names)


@pytest.mark.parametrize("path", [None, "", 3, "a\0b"])
def test_a_row_needs_a_path(path):
    with pytest.raises(InputError, match="path is"):
        order_of({"fg": "gold"}, output="/out").task({"path": path})
