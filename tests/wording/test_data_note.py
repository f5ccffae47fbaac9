from folklore.schema.data import Data
from folklore.schema.recipe import Recipe
from folklore.wording.data_note import data_note, note


def test_a_figure_tells_data_set_source_and_how_many_examples_were_learned_from():
    used = [Data(name="cifar10", source="embedded", train=train, validation=10) for train in (160, 320, 160)]
    assert data_note(used[:1]) == "cifar10: stand-in data (embedded), 160 training examples"
    assert data_note(used) == "cifar10: stand-in data (embedded), 160–320 training examples"
    both = [*used, Data(name="mnist", source="local", train=20000, validation=10)]
    assert data_note(both).endswith("; mnist: local data, 20,000 training examples")


def trained(name, source, parent=None):
    data = {"name": name, "source": source, "train": 160, "validation": 10}
    steps = {"optimiser": {"name": "sgd", "lr": 0.1}, "batch_size": 8, "epochs": 1}
    return Recipe(data=data, model={"name": "resnet18"}, parents={"weights": parent}, **steps)


def test_a_figure_tells_what_a_network_had_learned_from_before():
    recipes = {"c-1": trained("cifar10", "embedded"), "f-1": trained("faces", "local")}
    scratch, child = trained("faces", "local"), trained("faces", "local", {"recipe": "c-1"})
    published = trained("faces", "local", {"pretrained": "resnet18_imagenet", "layers": ["backbone"]})
    learned = "faces: local data, 160 training examples"
    assert note([scratch, trained("faces", "local", {"recipe": "f-1"})], recipes) == learned
    assert note([scratch, child], recipes) == f"{learned}; pretrained: on cifar10, stand-in data (embedded)"
    assert note([scratch, published], recipes) == f"{learned}; pretrained: published weights resnet18_imagenet"
