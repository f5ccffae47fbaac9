"""Published weights become a parent's weights; what is not what was published is refused."""

import hashlib
import io
import os
import pickle
from typing import get_args

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from folklore.data.download import Archive
from folklore.data.input_spec import InputSpec
from folklore.execution.errors import UserError
from folklore.schema.pretrained import PRETRAINED, Pretrained
from folklore.train.network import build_model
from folklore.train.pretrained import PUBLISHED, PublishedWeights, pretrained
from folklore.train.weights import load_parent
from folklore.train.weights_file import has_checkpoint

MODEL = {"name": "resnet18", "width": 2}


def saved(content):
    buffer = io.BytesIO()
    torch.save(content, buffer)
    return buffer.getvalue()


def published(web, content):
    web.files["resnet.pth"] = content
    archive = Archive((f"{web.url}resnet.pth",), "sha256", hashlib.sha256(content).hexdigest())
    return PublishedWeights(archive, MODEL, (3, 32, 32), head="fc.")


@pytest.fixture
def theirs():
    """A network of theirs: the backbone's tensors, and a head for 1,000 classes."""
    torch.manual_seed(7)
    backbone = build_model(MODEL, InputSpec((3, 32, 32)), 2).backbone.state_dict()
    return {**backbone, "fc.weight": torch.ones(1000, 16), "fc.bias": torch.ones(1000)}


@pytest.mark.parametrize("counted", [True, False], ids=["with batch norm's count", "without it"])
def test_a_child_starts_from_the_published_backbone_with_a_head_of_its_own(web, tmp_path, theirs, counted):
    kept = {name: tensor for name, tensor in theirs.items() if counted or "num_batches" not in name}
    weights = pretrained(published(web, saved(kept)), tmp_path)
    save_file(weights, tmp_path / "parent.safetensors")
    assert has_checkpoint(tmp_path / "parent.safetensors", "last")
    child = build_model(MODEL, InputSpec((3, 64, 64)), 5)
    load_parent(child, tmp_path / "parent.safetensors", "last", ["backbone"])
    for name, tensor in child.backbone.state_dict().items():
        torch.testing.assert_close(tensor, theirs[name])
    assert child.output.out_features == 5


def test_the_file_is_kept_and_not_asked_for_again(web, tmp_path, theirs):
    source = published(web, saved(theirs))
    first = pretrained(source, tmp_path)
    web.asked.clear()
    again = pretrained(source, tmp_path)
    assert web.asked == []
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert (tmp_path / "pretrained" / "resnet.pth").is_file()


def test_another_file_of_that_name_is_refused(web, tmp_path, theirs):
    source = published(web, saved(theirs))
    web.files["resnet.pth"] = saved({})
    with pytest.raises(UserError, match="wrong checksum, sha256 expected"):
        pretrained(source, tmp_path)


class Intruder:
    def __reduce__(self):
        return os.mkdir, ("intruded",)


def test_code_in_a_pickle_is_never_run(web, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(pickle.UnpicklingError):
        pretrained(published(web, saved({"conv1.weight": Intruder()})), tmp_path)
    assert not (tmp_path / "intruded").exists()


def test_where_the_file_cannot_be_had_the_message_says_what_was_tried_and_where_it_could_be_put(web, tmp_path):
    archive = Archive((f"{web.url}resnet.pth",), "sha256", "0")
    with pytest.raises(UserError) as caught:
        pretrained(PublishedWeights(archive, MODEL, (3, 32, 32), head="fc."), tmp_path)
    assert f"{web.url}resnet.pth: 404" in str(caught.value)
    assert f"put the file at {tmp_path / 'pretrained' / 'resnet.pth'} yourself" in str(caught.value)


def test_the_vocabulary_names_the_weights_that_can_be_had_and_the_layers_that_they_fit():
    assert set(get_args(Pretrained)) == set(PRETRAINED) == set(PUBLISHED)
    for name, source in PUBLISHED.items():
        assert source.model == PRETRAINED[name].network.model_dump(mode="json")
        assert len(source.archive.checksum) == 64
