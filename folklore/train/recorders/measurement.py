"""Measurement: one number that a recorder or a probe measured of one named part of a network."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    time_point: str  # a time point in folklore/schema/snapshot.py
    epoch: int | None  # with the time point `after_epoch` alone
    name: str  # of a tensor, a layer or a split
    statistic: str  # a statistic of the recorder's registration
    value: float
