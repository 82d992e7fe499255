"""Photos, and a Ray, for the tests of clusters."""

import os

import pytest

from semcs.cluster.starting import ray_module


@pytest.fixture(scope="module")
def two_cpus():
    """Ray with two CPUs, to which this process is connected.

    It has been told that there is a GPU, too: it shares that out, whether there is one or not.
    """
    pytest.importorskip("ray", reason="Ray isn't installed: pip install 'semcs[ray]'")
    ray = ray_module()
    quiet = {"log_to_driver": False, "include_dashboard": False, "object_store_memory": 80 * 2**20}
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("CUDA_VISIBLE_DEVICES"):  # of which Ray would find none
            patch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
        ray.init(num_cpus=2, num_gpus=1, **quiet)
        yield ray
        ray.shutdown()


@pytest.fixture
def photos(tmp_path, photo):
    """A folder of five small photos that differ, and of one file that is none."""
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    for number in range(5):
        name = f"more/{number}.png" if number % 2 else f"{number}.png"
        photo.rotate(9 * number).resize((48, 32)).save(folder / name)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    return folder
