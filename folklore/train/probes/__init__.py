"""PROBES: name → the function of a probe, from its registration in folklore/schema/probes.py.

`measure(run: FinishedRun) -> ProbeResult` runs once on every finished run that has its last weights. It takes random
numbers only from a generator that the run's seed sets, so that the same run gives the same result.
"""

from folklore.schema.probes import PROBES as _REGISTERED

PROBES = {name: registration.build for name, registration in _REGISTERED.items()}
