from folklore.data_note import data_note
from folklore.recipe import Data


def test_a_figure_tells_data_set_source_and_how_many_examples_were_learned_from():
    used = [Data(name="cifar10", source="embedded", train=train, validation=10) for train in (160, 320, 160)]
    assert data_note(used[:1]) == "cifar10: stand-in data (embedded), 160 examples to train on"
    assert data_note(used) == "cifar10: stand-in data (embedded), 160–320 examples to train on"
    both = [*used, Data(name="mnist", source="local", train=20000, validation=10)]
    assert data_note(both).endswith("; mnist: local data, 20,000 examples to train on")
