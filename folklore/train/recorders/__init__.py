"""RECORDERS: name → the class of a recorder, from its registration in folklore/schema/recorders.py.

`Recorder(model, data, settings, seed)` is made before the first update, with the training and the validation set;
folklore/train/recorders/recorder.py lists what it may override.
"""

from folklore.schema.recorders import RECORDERS as _REGISTERED

RECORDERS = {name: registration.build for name, registration in _REGISTERED.items()}
