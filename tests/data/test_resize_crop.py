"""Images are resized by their shorter side and cut to a central square, once, when the dataset is prepared."""

import io

import numpy as np
import pytest
from PIL import Image
from torchvision.transforms import functional

from folklore.data.prepare import prepare
from folklore.data.resize_crop import ResizeCrop, array_of, image_of
from folklore.execution.errors import UserError
from folklore.plan.identity import dataset_id
from folklore.schema.data import Data


@pytest.fixture
def photograph():
    values = np.random.Generator(np.random.PCG64(0)).integers(0, 256, (3, 41, 60), dtype=np.uint8)
    return image_of(values)


@pytest.mark.parametrize(("resize", "crop"), [(20, None), (None, 31), (20, 14), (90, 64)])
def test_resize_and_crop_are_what_torchvision_calls_resize_and_center_crop(photograph, resize, crop):
    expected = functional.resize(photograph, resize) if resize else photograph
    expected = functional.center_crop(expected, crop) if crop else expected
    assert np.array_equal(array_of(ResizeCrop(resize, crop).apply(photograph)), array_of(expected))


def test_a_square_that_is_larger_than_the_image_is_refused(photograph):
    with pytest.raises(UserError, match=r"`crop: 42` does not fit into an image of 60×41 pixels; `resize` it"):
        ResizeCrop(None, 42).apply(photograph)


def saved(size, colour, kind="PNG"):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


@pytest.fixture
def faces(tmp_path):
    """A tree of images of several sizes: generated ones are dark, real ones bright."""
    folder = tmp_path / "faces"
    for part in ("train", "val", "test"):
        for label, colour in (("fake", (20, 20, 20)), ("real", (200, 210, 220))):
            for number, size in enumerate([(30, 40), (64, 48), (33, 33)]):
                path = folder / part / label / f"{number}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(saved(size, colour))
    return folder


def test_a_tree_of_images_of_several_sizes_becomes_one_data_set(ask, faces):
    dataset, about = prepare(ask("faces", path=str(faces), resize=16, crop=12))
    assert about["shape"] == [3, 12, 12]
    assert about["counts"] == {"train": 6, "validation": 6, "test": 6}
    assert about["classes"] == ["fake", "real"]
    assert np.array_equal(dataset.inputs[:, 2, 5, 5], np.where(dataset.labels == 1, 220, 20))
    assert (
        "resized to 16 pixels on the shorter side (bilinear, antialiased), then cropped to the central 12×12 pixels"
        in (about["description"])
    )


def test_a_tree_is_cropped_once(ask, tmp_path):
    """A second time would bring the cut-out middle back to the size of the whole."""
    folder = tmp_path / "faces"
    target = np.zeros((40, 40, 3), dtype=np.uint8)
    target[16:24, 16:24] = 255
    for part in ("train", "test"):
        for label in ("fake", "real"):
            path = folder / part / label / "0.png"
            path.parent.mkdir(parents=True)
            Image.fromarray(target).save(path)
    dataset, _ = prepare(ask("faces", path=str(folder), resize=40, crop=8))
    assert (dataset.inputs == 255).all()


@pytest.mark.parametrize("source", ["embedded", "local"])
def test_every_source_has_its_images_cropped(ask, tmp_path, source):
    images = np.zeros((4, 1, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "a.npz", x_train=images, x_test=images, y_train=np.arange(4) % 2, y_test=np.arange(4) % 2)
    path = {"path": str(tmp_path / "a.npz")} if source == "local" else {}
    assert prepare(ask("mnist", source, resize=20, **path))[1]["shape"] == [1, 20, 20]


def test_features_cannot_be_resized(ask):
    with pytest.raises(UserError, match="`resize` and `crop` are for images, but its inputs are features"):
        prepare(ask("countries", "embedded", resize=20))


def test_resizing_belongs_to_the_identity_of_a_data_set():
    plain, cropped = (Data(name="faces", source="embedded", train=10, validation=5, crop=crop) for crop in (None, 8))
    assert dataset_id(plain) != dataset_id(cropped)


def test_the_faces_have_no_address_and_the_message_says_what_to_do(ask):
    with pytest.raises(UserError, match=r"no official source.*<train\|validation\|test>/<fake\|real>/.*source: local"):
        prepare(ask("faces", "official"))


def test_the_real_faces_are_read_from_their_archive(ask, real_data):
    dataset, about = prepare(ask("faces", path=str(real_data / "faces.tar.xz"), resize=32))
    assert about["counts"] == {"train": 630, "validation": 135, "test": 135}
    assert about["shape"] == [3, 32, 32]
    assert np.bincount(dataset.labels).tolist() == [400, 500]
