"""Folders and manifests of any size, with Ray: what one machine does, on as many as there are.

    semcs.cluster.stylize_manifest("photos.parquet", "s3://bucket/styled", fg="gold", bg="snow")
    dataset.map_batches(semcs.cluster.Paint, fn_constructor_kwargs={"fg": "gold"}, batch_size=32)

Ray itself is imported where a run begins, and by nothing else.
"""

from semcs.lazy import lazy_names

TYPE_CHECKING = False  # `typing` itself takes long
if TYPE_CHECKING:
    from semcs.cluster.run import ClusterResult, run_folder_on_ray, stylize_manifest
    from semcs.cluster.stage import Paint

__all__ = ["ClusterResult", "Paint", "run_folder_on_ray", "stylize_manifest"]

_HOMES: dict[str, str | None] = {
    "ClusterResult": "semcs.cluster.run",
    "Paint": "semcs.cluster.stage",
    "run_folder_on_ray": "semcs.cluster.run",
    "stylize_manifest": "semcs.cluster.run",
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
