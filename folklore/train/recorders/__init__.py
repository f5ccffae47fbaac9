"""RECORDERS: name → the class of a recorder, from its registration in folklore/schema/recorders.py.

The training loop instantiates each class with a RecordedTraining before the first update, and calls it during
training; folklore/train/recorders/recorder.py lists the methods that it may override.
"""

from folklore.schema.recorders import RECORDERS as _REGISTERED

RECORDERS = {name: registration.build for name, registration in _REGISTERED.items()}
