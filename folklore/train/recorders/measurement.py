"""Note: one number that a recorder took of one named part of a network."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    time_point: str  # of folklore/schema/snapshot.py
    epoch: int | None  # where the time point is the end of an epoch
    name: str  # of a tensor
    statistic: str
    value: float
