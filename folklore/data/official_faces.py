"""Real and generated faces, distributed in a university course; no lasting address is known."""

from folklore.data.raw_dataset import RawDataset, Request
from folklore.execution.errors import UserError


def read(request: Request) -> RawDataset:
    raise UserError(
        f"dataset {request.name!r} has no official source that could be downloaded: the course's archive of images "
        "from whichfaceisreal.com is not public. Lay images of your own out as <train|validation|test>/<fake|real>/"
        f"<file>, and name the folder or .tar.xz as `data: {{sets: {{{request.name}: {{source: local, path: …}}}}}}` "
        "in config.yaml; the other sets may stay official"
    )
