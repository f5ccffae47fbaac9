"""Note: one number that a recorder took of one named part of a network."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    moment: str  # of folklore/schema/snapshot.py
    epoch: int | None  # where the moment is the end of an epoch
    name: str  # of a tensor
    measure: str
    value: float
