"""Places in Europe by country, distributed in a university course; a repository of course work keeps the files."""

from collections.abc import Mapping
from dataclasses import replace

from folklore.data.classes import class_names
from folklore.data.download import Archive, fetch
from folklore.data.raw_dataset import RawDataset, Request, file_origin
from folklore.data.table import read_tables
from folklore.plan.datasets.countries import COUNTRIES

# The branch first, then the commits that added the files, in case the branch moves or drops them.
MIRRORS = tuple(
    f"https://raw.githubusercontent.com/nimrodmls/huji-cs-ml-methods/{version}/ex4/"
    for version in (
        "HEAD",
        "66db0e40ea77e0b0ad2a5873949134f5c9df758d",
        "ae67e1fb6a942393ac22e6a6c482cd6709fa13ac",
    )
)

SHA256 = {
    "train": "c4180068d8db59f6d255a6a09f89aacfc2cad04228894773c690f6b9dac20afc",
    "validation": "46e8c2fdb5a95c1a51583d90139f10ace5e04dd993c8178faa69dc2440c6b2a0",
    "test": "4a43baa5cc5cd634ed542fcc66aa8cd51b1d316125e4eaaed40885d22450a776",
}


def read(request: Request, mirrors: tuple[str, ...] = MIRRORS, sha256: Mapping[str, str] = SHA256) -> RawDataset:
    archives = {
        split: Archive(tuple(f"{mirror}{split}.csv" for mirror in mirrors), "sha256", checksum)
        for split, checksum in sha256.items()
    }
    paths = {split: fetch(archive, request.downloads / request.name) for split, archive in archives.items()}
    tables, columns = read_tables(paths, COUNTRIES.inputs, COUNTRIES.label)
    return RawDataset(
        splits={split: replace(found, labels=class_names(COUNTRIES, found.labels)) for split, found in tables.items()},
        columns=columns,
        origin=tuple(file_origin(paths[split], archives[split].urls[0]) for split in paths),
        description=f"{COUNTRIES.title}, longitude and latitude, as published",
    )
