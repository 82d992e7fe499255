"""Whole runs on a Ray of two CPUs, which is started once."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import torch

from semcs.cluster import Paint, run_folder_on_ray, stylize_manifest
from semcs.cluster.starting import choose_pool, connected, ray_module
from semcs.cluster.status import parts, read_table, write_part
from semcs.errors import InputError

pytest.importorskip("ray", reason="Ray isn't installed: pip install 'semcs[ray]'")
pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

STYLES = {"fg": "gold", "bg": "snow", "preset": "instant"}


def painted_here(photos, output, **asked):
    """The same by this process alone: the bytes of each picture by name."""
    names = [path.relative_to(photos).as_posix() for path in sorted(photos.rglob("*.png"))]
    Paint(str(output), source=str(photos), **{**STYLES, **asked})({"path": names})
    return files_of(output)


def files_of(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {name: data for name, data in named.items() if not name.startswith(".semcs-status/")}


def actors_of_this_process():
    """Process numbers of the painting actors whose Ray this process has started."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            named = b"PaintPieces" in (folder / "cmdline").read_bytes()
            if named and os.getpid() in ancestors(int(folder.name)):
                yield int(folder.name)


def ancestors(pid):
    while pid > 1:
        yield (pid := int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]))


def test_a_run_on_two_cpus_finishes_though_an_actor_is_killed(two_cpus, photos, tmp_path):
    """And what it has done isn't done again."""
    killed = []

    def kill(done, failed, todo):
        if not killed:
            killed.extend(list(actors_of_this_process())[-1:])
            os.kill(killed[0], signal.SIGKILL)

    first = run_folder_on_ray(photos, tmp_path / "out", progress=kill, **STYLES)
    assert killed
    assert (first.done, first.failed, first.skipped) == (5, 1, 0)
    assert [(count, "broken" in why or "PNG" in why) for why, count in first.reasons.items()] == [
        (1, True)
    ]
    assert files_of(tmp_path / "out") == painted_here(photos, tmp_path / "here")
    again = run_folder_on_ray(photos, tmp_path / "out", **STYLES)
    assert (again.done, again.failed, again.skipped, again.failed_before) == (0, 0, 5, 1)


def test_actors_may_hold_of_a_gpu(two_cpus, photos, tmp_path):
    result = run_folder_on_ray(photos, tmp_path / "out", num_gpus=0.5, **STYLES)
    assert (result.done, result.failed) == (5, 1)
    assert files_of(tmp_path / "out") == painted_here(photos, tmp_path / "here")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")
def test_actors_paint_on_a_gpu(two_cpus, photos, tmp_path):
    asked = {"device": "cuda", "models": "bundled", **STYLES}
    result = run_folder_on_ray(photos, tmp_path / "out", **asked)
    assert (result.done, result.failed) == (5, 1)
    assert files_of(tmp_path / "out") == painted_here(photos, tmp_path / "here", **asked)


def test_a_large_manifest_is_compared_by_tasks(two_cpus, photos, tmp_path):
    """Two buckets, and another run has done two pictures of the five."""
    names = [path.relative_to(photos).as_posix() for path in sorted(photos.rglob("[0-9].png"))]
    for number, some in enumerate([names[:3], [*names[3:], names[0]]]):
        (tmp_path / "all").mkdir(exist_ok=True)
        parquet.write_table(pa.table({"path": some}), tmp_path / f"all/{number}.parquet")
    out = str(tmp_path / "out")
    paint = Paint(out, source=str(photos), **STYLES)
    write_part(out, "1-before", [paint.paint({"path": name})[0] for name in names[:2]], 1)
    result = stylize_manifest(
        tmp_path / "all", out, source=photos, bucket=3, concurrency=1, **STYLES
    )
    assert (result.done, result.skipped, result.repeated) == (3, 2, 1)
    rows = [row for part in parts(out) for row in read_table(part).to_pylist()]
    assert sorted(row["name"] for row in rows) == sorted(names)


def test_the_stage_works_in_somebodys_own_pipeline(two_cpus, photos):
    import ray.data

    read = ray.data.read_binary_files(str(photos), include_paths=True, num_cpus=0.25)
    painted = read.map_batches(
        Paint,
        fn_constructor_kwargs={"format": "jpeg", **STYLES},
        batch_size=2,
        compute=ray.data.ActorPoolStrategy(size=1),
        num_cpus=0.5,
    )
    rows = painted.take_all()
    assert len(rows) == 6
    assert sum(row["status"] == "done" for row in rows) == 5
    assert all(row["image"][:2] == b"\xff\xd8" for row in rows if row["status"] == "done")


def test_usage_statistics_are_off(monkeypatch):
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "1")
    ray_module()
    from ray._common.usage.usage_lib import usage_stats_enabled

    assert not usage_stats_enabled()


@pytest.mark.parametrize(
    ("resources", "asked", "pool"),
    [
        ({"CPU": 2}, {}, (2, 2, 0.5, 0)),
        ({"CPU": 1}, {}, (1, 1, 0.5, 0)),
        ({"CPU": 64, "GPU": 4}, {"num_gpus": 0.5}, (4, 4, 0.5, 0.5)),
        ({"CPU": 64, "GPU": 4}, {"num_gpus": 0.125}, (16, 16, 0.5, 0.125)),
        ({"CPU": 3, "GPU": 1}, {"num_gpus": 0.125}, (3, 3, 0.5, 0.125)),
        ({"CPU": 64, "GPU": 4}, {"num_gpus": 2}, (2, 2, 0.5, 2)),
        ({"CPU": 2}, {"num_cpus": 0.125}, (2, 2, 0.125, 0)),
        ({"CPU": 8}, {"num_cpus": 4}, (2, 2, 4, 0)),
        ({"CPU": 8}, {"concurrency": (2, 400)}, (2, 400, 0.5, 0)),
    ],
)
def test_actors_hold_half_of_what_they_use(resources, asked, pool):
    found = choose_pool(resources, **asked)
    assert (found.least, found.most, found.num_cpus, found.num_gpus) == pool


@pytest.mark.parametrize(
    "asked", [{"concurrency": 5}, {"num_gpus": 1}, {"concurrency": "all"}, {"num_cpus": 0}]
)
def test_a_pool_that_has_no_room_is_refused(asked):
    with pytest.raises(InputError):
        choose_pool({"CPU": 2}, **asked)


def test_ray_is_imported_by_runs_alone():
    code = (
        "import sys, semcs, semcs.cluster.run, semcs.folder.api, semcs.cli;"
        "assert not {'ray', 'pyarrow', 'fsspec.core'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_missing_ray_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"pip install 'semcs\[ray\]'"), connected(None):
        pass


def test_a_cluster_that_is_not_there_is_told_at_once():
    fault = "can't reach Ray at '127.0.0.1:9'"
    with pytest.raises(InputError, match=fault), connected("127.0.0.1:9"):
        pass


def test_two_runs_at_once_are_refused(photos, tmp_path):
    from semcs.cluster.run import _held

    with _held(str(tmp_path)), pytest.raises(InputError, match="another run"):
        run_folder_on_ray(photos, tmp_path, **STYLES)
