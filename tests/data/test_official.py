import gzip
import hashlib
import io
import pickle
import struct
import tarfile

import numpy as np
import pytest
from torchvision import datasets

from folklore.data import official_countries, official_images
from folklore.execution.errors import UserError

RNG = np.random.Generator(np.random.PCG64(0))


def md5(content):
    return hashlib.md5(content).hexdigest()


def idx(array):
    return gzip.compress(bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes())


@pytest.fixture
def tiny_mnist(web):
    """torchvision's own class with other addresses and checksums, and the arrays behind them."""
    arrays = {
        "train-images-idx3-ubyte.gz": RNG.integers(256, size=(6, 28, 28), dtype=np.uint8),
        "train-labels-idx1-ubyte.gz": np.array([0, 1, 2, 0, 1, 9], dtype=np.uint8),
        "t10k-images-idx3-ubyte.gz": RNG.integers(256, size=(2, 28, 28), dtype=np.uint8),
        "t10k-labels-idx1-ubyte.gz": np.array([2, 1], dtype=np.uint8),
    }
    web.files.update({name: idx(array) for name, array in arrays.items()})
    resources = [(name, md5(web.files[name])) for name in arrays]
    return type("Tiny", (datasets.MNIST,), {"mirrors": [web.url], "resources": resources}), arrays


def cifar_batch(labels):
    data = RNG.integers(256, size=(len(labels), 3072), dtype=np.uint8)
    return data, pickle.dumps({"data": data, "labels": labels})


@pytest.fixture
def tiny_cifar(web):
    (train, train_batch), (test, test_batch) = cifar_batch([3, 5, 3]), cifar_batch([5])
    meta = pickle.dumps({"label_names": ["airplane"]})
    content = {"data_batch_1": train_batch, "test_batch": test_batch, "batches.meta": meta}
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, piece in content.items():
            member = tarfile.TarInfo(f"cifar-10-batches-py/{name}")
            member.size = len(piece)
            archive.addfile(member, io.BytesIO(piece))
    web.files["cifar-10-python.tar.gz"] = packed.getvalue()
    settings = {
        "url": f"{web.url}cifar-10-python.tar.gz",
        "tgz_md5": md5(packed.getvalue()),
        "train_list": [["data_batch_1", md5(train_batch)]],
        "test_list": [["test_batch", md5(test_batch)]],
        "meta": {"filename": "batches.meta", "key": "label_names", "md5": md5(meta)},
    }
    return type("Tiny", (datasets.CIFAR10,), settings), train, test


def test_mnist_is_read_as_published_with_the_address_and_checksum_of_every_archive(web, tiny_mnist, ask):
    kind, arrays = tiny_mnist
    raw = official_images.mnist(ask("mnist", "official"), kind)
    assert np.array_equal(raw.splits["train"].inputs[:, 0], arrays["train-images-idx3-ubyte.gz"])
    assert raw.splits["train"].labels.tolist() == ["0", "1", "2", "0", "1", "9"]
    assert raw.splits["test"].labels.tolist() == ["2", "1"]
    assert [origin.place for origin in raw.origin] == [web.url + name for name in arrays]
    assert raw.origin[0].sha256 == hashlib.sha256(web.files["train-images-idx3-ubyte.gz"]).hexdigest()


def test_fashion_mnist_has_the_names_of_its_clothes(tiny_mnist, ask):
    raw = official_images.fashion_mnist(ask("fashion_mnist", "official"), tiny_mnist[0])
    assert raw.splits["test"].labels.tolist() == ["Pullover", "Trouser"]


def test_cifar10_has_its_channels_first_and_its_official_class_names(tiny_cifar, ask):
    kind, train, test = tiny_cifar
    raw = official_images.cifar10(ask("cifar10", "official"), kind)
    assert np.array_equal(raw.splits["train"].inputs, train.reshape(-1, 3, 32, 32))
    assert np.array_equal(raw.splits["test"].inputs, test.reshape(-1, 3, 32, 32))
    assert raw.splits["train"].labels.tolist() == ["cat", "dog", "cat"]


def test_the_downloads_folder_keeps_the_archives_and_nothing_unpacked(web, tiny_cifar, ask):
    request = ask("cifar10", "official")
    official_images.cifar10(request, tiny_cifar[0])
    web.asked.clear()
    official_images.cifar10(request, tiny_cifar[0])
    assert web.asked == []
    kept = [path for path in request.downloads.rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert kept == [request.downloads / "cifar10" / "cifar-10-python.tar.gz"]


def test_an_archive_that_was_tampered_with_is_never_opened(web, tiny_cifar, ask):
    web.files["cifar-10-python.tar.gz"] = b"not what was published"
    with pytest.raises(UserError, match="wrong checksum, md5 expected"):
        official_images.cifar10(ask("cifar10", "official"), tiny_cifar[0])


def test_countries_come_as_three_tables_with_the_names_behind_the_numbers(web, ask):
    for part, country in {"train": 0, "validation": 32, "test": 12}.items():
        web.files[f"{part}.csv"] = f",long,lat,country\n7,1.5,50.25,{country}\n".encode()
    sha256 = {name.removesuffix(".csv"): hashlib.sha256(content).hexdigest() for name, content in web.files.items()}
    raw = official_countries.read(ask("countries", "official"), (web.url,), sha256)
    assert raw.splits["train"].inputs.tolist() == [[1.5, 50.25]]
    labels = {part: rows.labels.tolist() for part, rows in raw.splits.items()}
    assert labels == {"train": ["Albania"], "validation": ["Ukraine"], "test": ["Germany"]}


def test_the_pinned_countries_are_the_real_ones(real_data):
    for part, sha256 in official_countries.SHA256.items():
        content = (real_data / "countries" / f"{part}.csv").read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256
