"""Stand-in for the countries: points around 33 European capitals, each labelled by the nearest of them."""

import hashlib

import numpy as np

from folklore.data.raw_dataset import DataOrigin, RawDataset, Request, Rows
from folklore.plan.datasets.countries import NAMES
from folklore.plan.datasets.known_dataset import known_dataset

COUNTS = {"train": 106_897, "validation": 13_363, "test": 13_363}
LONGITUDES, LATITUDES = (-10.4486, 40.2027), (34.8167, 71.1666)  # range of the real dataset

_SEED = 0
_SPREAD = (2.5, 1.6)  # degrees of longitude and latitude, times Student's t with 3 degrees of freedom
_CANDIDATES = 20_000

# Longitude and latitude of each capital in degrees, and its country's share of the real training rows in per cent;
# countries in alphabetical order.
_CAPITALS = np.array(
    [
        (19.82, 41.33, 2.26),  # Tirana
        (16.37, 48.21, 2.21),  # Vienna
        (27.57, 53.90, 2.29),  # Minsk
        (4.35, 50.85, 2.43),  # Brussels
        (18.41, 43.86, 2.39),  # Sarajevo
        (23.32, 42.70, 3.01),  # Sofia
        (15.98, 45.81, 1.81),  # Zagreb
        (14.42, 50.09, 3.24),  # Prague
        (12.57, 55.68, 1.29),  # Copenhagen
        (24.75, 59.44, 1.40),  # Tallinn
        (24.94, 60.17, 2.03),  # Helsinki
        (2.35, 48.86, 9.93),  # Paris
        (13.40, 52.52, 10.55),  # Berlin
        (-0.13, 51.51, 2.65),  # London
        (23.73, 37.98, 3.48),  # Athens
        (19.04, 47.50, 2.79),  # Budapest
        (-6.26, 53.35, 1.37),  # Dublin
        (12.50, 41.90, 3.08),  # Rome
        (24.11, 56.95, 1.38),  # Riga
        (25.28, 54.69, 2.60),  # Vilnius
        (28.86, 47.01, 0.89),  # Chișinău
        (19.26, 42.44, 0.61),  # Podgorica
        (4.90, 52.37, 1.33),  # Amsterdam
        (10.75, 59.91, 1.87),  # Oslo
        (21.01, 52.23, 7.43),  # Warsaw
        (-9.14, 38.72, 2.19),  # Lisbon
        (26.10, 44.43, 4.32),  # Bucharest
        (20.46, 44.80, 2.22),  # Belgrade
        (17.11, 48.15, 1.01),  # Bratislava
        (14.51, 46.05, 0.73),  # Ljubljana
        (-3.70, 40.42, 4.60),  # Madrid
        (18.07, 59.33, 4.16),  # Stockholm
        (30.52, 50.45, 6.40),  # Kyiv
    ]
)


def read(request: Request) -> RawDataset:
    rng = np.random.Generator(np.random.PCG64(_SEED))
    quotas = _quotas(_CAPITALS[:, 2], sum(COUNTS.values()))
    points = np.concatenate([_around(capital, quota, rng) for capital, quota in enumerate(quotas)])
    names = np.repeat(np.array(NAMES), quotas)
    order = rng.permutation(len(points))
    cuts = np.split(order, np.cumsum(list(COUNTS.values()))[:-1])
    return RawDataset(
        splits={split: Rows(points[rows], names[rows]) for split, rows in zip(COUNTS, cuts, strict=True)},
        origin=(DataOrigin("folklore.data.embedded_countries, seed 0", hashlib.sha256(points.tobytes()).hexdigest()),),
        description=f"stand-in for {known_dataset(request.name).title}: random points around 33 capitals, labelled "
        "by the nearest, with the real set's range and class shares",
        licence="none needed: generated",
    )


def nearest(points: np.ndarray) -> np.ndarray:
    """Return the index of the nearest capital on the globe to each (longitude, latitude)."""
    return np.argmax(_on_the_globe(points) @ _on_the_globe(_CAPITALS[:, :2]).T, axis=1)


def _around(capital: int, quota: int, rng: np.random.Generator) -> np.ndarray:
    """Return `quota` points inside the range, float32, that are nearer to this capital than to any other."""
    found = np.empty((0, 2), dtype=np.float32)
    while len(found) < quota:
        offsets = rng.standard_t(3, size=(_CANDIDATES, 2)) * _SPREAD
        points = (_CAPITALS[capital, :2] + offsets).astype(np.float32)
        low, high = np.transpose([LONGITUDES, LATITUDES])
        inside = points[((points >= low) & (points <= high)).all(axis=1)]
        found = np.concatenate([found, inside[nearest(inside) == capital]])
    return found[:quota]


def _on_the_globe(points: np.ndarray) -> np.ndarray:
    longitude, latitude = np.radians(points.astype(float)).T
    level = np.cos(latitude)
    return np.stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)], axis=1)


def _quotas(shares: np.ndarray, total: int) -> np.ndarray:
    """Return integers in proportion to the shares; the largest remainders are rounded up until the total is reached."""
    exact = shares / shares.sum() * total
    quotas = np.floor(exact).astype(int)
    quotas[np.argsort(quotas - exact, kind="stable")[: total - quotas.sum()]] += 1
    return quotas
