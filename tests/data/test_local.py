import gzip
import io
import lzma
import struct
import tarfile

import numpy as np
import pytest
from PIL import Image

from folklore.data.local import read
from folklore.execution.errors import UserError

CATS, DOGS = 40, 200  # the brightness of every pixel of a planted cat or dog


def image_bytes(brightness, size=(5, 4), mode="RGB", kind="PNG"):
    buffer = io.BytesIO()
    Image.new("RGB", size, (brightness, brightness, brightness)).convert(mode).save(buffer, kind)
    return buffer.getvalue()


def pets():
    return {
        "train/cat/1.png": image_bytes(CATS),
        "train/cat/2.png": image_bytes(CATS),
        "train/dog/1.png": image_bytes(DOGS),
        "val/cat/1.png": image_bytes(CATS),
        "test/dog/1.png": image_bytes(DOGS),
        "README.txt": b"pets",
    }


def tree(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def pack(path, files, mode):
    with tarfile.open(path, mode) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def labels(raw):
    return {part: rows.labels.tolist() for part, rows in raw.splits.items()}


def same(one, other):
    return all(np.array_equal(one.splits[part].inputs, other.splits[part].inputs) for part in one.splits)


def test_a_tree_of_images_is_read_by_part_and_class(tmp_path, ask):
    raw = read(ask(path=str(tree(tmp_path / "pets", pets()))))
    assert labels(raw) == {"train": ["cat", "cat", "dog"], "test": ["dog"], "validation": ["cat"]}
    assert raw.splits["train"].inputs.shape == (3, 3, 4, 5)
    assert raw.splits["train"].inputs[:, 0, 0, 0].tolist() == [CATS, CATS, DOGS]


@pytest.mark.parametrize(("suffix", "mode"), [("tar", "w"), ("tar.gz", "w:gz"), ("tar.xz", "w:xz")])
@pytest.mark.parametrize("prefix", ["", "./", "pets/"])
def test_an_archive_gives_the_rows_of_its_unpacked_tree_whatever_its_order(tmp_path, ask, suffix, mode, prefix):
    files = {prefix + name: content for name, content in reversed(pets().items())}
    archive = read(ask(path=str(pack(tmp_path / f"pets.{suffix}", files, mode))))
    unpacked = read(ask(path=str(tree(tmp_path / "pets", pets()))))
    assert labels(archive) == labels(unpacked)
    assert same(archive, unpacked)


@pytest.mark.parametrize("name", [".ipynb_checkpoints/1.png", "@eaDir/1.png", "cat/.1.png", "cat/1.png~"])
def test_hidden_folders_and_leftovers_are_no_classes_and_no_images(tmp_path, ask, name):
    files = pets() | {f"train/{name}": image_bytes(CATS)}
    for path in (tree(tmp_path / "pets", files), pack(tmp_path / "pets.tar", files, "w")):
        assert labels(read(ask(path=str(path))))["train"] == ["cat", "cat", "dog"]


def test_the_checksum_of_a_tree_sees_every_file(tmp_path, ask):
    folder = tree(tmp_path / "pets", pets())
    before = read(ask(path=str(folder))).origin
    assert before == read(ask(path=str(folder))).origin
    (folder / "train/cat/2.png").write_bytes(image_bytes(CATS + 1))
    assert before != read(ask(path=str(folder))).origin


def test_images_stay_grey_only_when_all_are(tmp_path, ask):
    grey = {name: image_bytes(CATS, mode="L") for name in ("train/a/1.png", "test/b/1.png")}
    assert read(ask(path=str(tree(tmp_path / "grey", grey)))).splits["train"].inputs.shape[1] == 1
    mixed = read(ask(path=str(tree(tmp_path / "mixed", {**grey, "test/b/2.png": image_bytes(DOGS)}))))
    assert mixed.splits["train"].inputs[0, :, 0, 0].tolist() == [CATS] * 3


def test_images_of_several_sizes_are_refused_with_an_example_of_each(tmp_path, ask):
    files = pets() | {"test/dog/2.png": image_bytes(DOGS, size=(7, 7))}
    with pytest.raises(UserError, match=r"differ in size: 5×4 \(.*\), 7×7 \(test/dog/2.png\); resize"):
        read(ask(path=str(tree(tmp_path / "pets", files))))


def test_a_file_among_the_images_that_is_none_is_named(tmp_path, ask):
    files = pets() | {"train/cat/3.png": image_bytes(CATS)[:40]}
    with pytest.raises(UserError, match=r"train/cat/3\.png is not an image that can be read"):
        read(ask(path=str(tree(tmp_path / "pets", files))))


def test_a_deep_image_is_refused_rather_than_clipped(tmp_path, ask):
    files = pets() | {"train/cat/3.png": image_bytes(CATS, mode="I;16" if "I;16" in Image.MODES else "I")}
    with pytest.raises(UserError, match="more than 8 bits"):
        read(ask(path=str(tree(tmp_path / "pets", files))))


@pytest.mark.parametrize("name", ["../train/cat/9.png", "/train/cat/9.png", "pets/../../train/cat/9.png"])
def test_an_archive_that_reaches_outside_is_refused(tmp_path, ask, name):
    path = pack(tmp_path / "pets.tar", pets() | {name: image_bytes(CATS)}, "w")
    with pytest.raises(UserError, match="outside of the archive's own folder"):
        read(ask(path=str(path)))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE])
def test_an_archive_with_links_or_devices_is_refused(tmp_path, ask, kind):
    with tarfile.open(tmp_path / "pets.tar", "w") as archive:
        member = tarfile.TarInfo("train/cat/1.png")
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(UserError, match="is a link or a device"):
        read(ask(path=str(tmp_path / "pets.tar")))


@pytest.mark.parametrize(("suffix", "mode"), [("tar", "w"), ("tar.gz", "w:gz"), ("tar.xz", "w:xz")])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.9])
def test_an_archive_that_breaks_off_is_never_taken_for_whole(tmp_path, ask, suffix, mode, share):
    noise = np.random.Generator(np.random.PCG64(0)).bytes(1 << 18)
    files = pets() | {f"notes/{k}": noise[k << 14 : (k + 1) << 14] for k in range(16)}
    path = pack(tmp_path / f"pets.{suffix}", files, mode)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole)) // 512 * 512])
    with pytest.raises(UserError, match="is corrupt or no tar archive"):
        read(ask(path=str(path)))


def idx_file(path, array):
    content = bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


@pytest.mark.parametrize(("folder", "suffix"), [("", ""), ("", ".gz"), ("FashionMNIST/raw", "")])
def test_idx_files_are_read_plain_or_compressed_with_the_names_of_the_known_set(tmp_path, ask, folder, suffix):
    images = np.arange(3 * 4, dtype=np.uint8).reshape(3, 2, 2)
    for stem in ("train", "t10k"):
        idx_file(tmp_path / folder / f"{stem}-images-idx3-ubyte{suffix}", images)
        idx_file(tmp_path / folder / f"{stem}-labels-idx1-ubyte{suffix}", np.array([0, 9, 1], dtype=np.uint8))
    raw = read(ask("fashion_mnist", path=str(tmp_path)))
    assert np.array_equal(raw.splits["test"].inputs, images[:, None])
    assert raw.splits["train"].labels.tolist() == ["T-shirt/top", "Ankle boot", "Trouser"]


def test_a_short_idx_file_is_corrupt(tmp_path, ask):
    idx_file(tmp_path / "train-images-idx3-ubyte", np.zeros((3, 2, 2), dtype=np.uint8))
    for name in ("train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"):
        idx_file(tmp_path / name, np.zeros(3, dtype=np.uint8))
    idx_file(tmp_path / "t10k-images-idx3-ubyte", np.zeros((3, 2, 2), dtype=np.uint8))
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(UserError, match="its header announces"):
        read(ask("mnist", path=str(tmp_path)))


def test_arrays_in_an_npz_may_have_their_channels_last(tmp_path, ask):
    images = np.arange(2 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 4, 5, 3)
    path = tmp_path / "pets.npz"
    np.savez(path, x_train=images, y_train=[[0], [1]], x_test=images, y_test=np.array(["0", "1"]))
    rows = read(ask(path=str(path))).splits["train"]
    assert np.array_equal(rows.inputs, images.transpose(0, 3, 1, 2))
    assert rows.labels.tolist() == ["0", "1"]


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"x_train": np.zeros((2, 3))}, "expected x_train"),
        (dict.fromkeys(("x_train", "x_test"), np.zeros((2, 4, 4))), "uint8"),
        (dict.fromkeys(("x_train", "x_test"), np.full((2, 3), np.nan)), "expected finite numbers"),
        (dict.fromkeys(("x_train", "x_test"), np.zeros((3, 3))), "3 inputs, but 2 labels"),
    ],
)
def test_unfit_arrays_are_one_clear_message(tmp_path, ask, arrays, words):
    names = {"y_train": np.arange(2), "y_test": np.arange(2)} if len(arrays) > 1 else {}
    np.savez(tmp_path / "a.npz", **arrays, **names)
    with pytest.raises(UserError, match=words):
        read(ask(path=str(tmp_path / "a.npz")))


TABLE = "id,height,width,kind\n" + "".join(f"{k},{k}.5,{-k},{'oak' if k % 2 else 'NA'}\n" for k in range(10))


@pytest.mark.parametrize(("suffix", "packed"), [("", bytes), (".gz", gzip.compress), (".xz", lzma.compress)])
def test_a_table_of_the_users_own_needs_only_its_columns_named(tmp_path, ask, suffix, packed):
    path = tmp_path / f"trees.csv{suffix}"
    path.write_bytes(packed(TABLE.encode()))
    raw = read(ask(path=str(path), inputs=["width", "height"], label="kind"))
    train, test = raw.splits["train"], raw.splits["test"]
    assert (len(train.labels), len(test.labels)) == (8, 2)
    assert "2 of its 10 rows" in raw.description
    for width, height in np.concatenate([train.inputs, test.inputs]).tolist():
        assert height == -width + 0.5
    assert [("oak" if width % 2 else "NA") for width in train.inputs[:, 0]] == train.labels.tolist()


def test_a_folder_of_tables_keeps_its_parts(tmp_path, ask):
    tree(tmp_path / "trees", {name: TABLE.encode() for name in ("train.csv", "test.csv")})
    raw = read(ask(path=str(tmp_path / "trees"), inputs=["width"], label="kind"))
    assert {part: len(rows.labels) for part, rows in raw.splits.items()} == {"train": 10, "test": 10}


@pytest.mark.parametrize(
    ("table", "columns", "words"),
    [
        (TABLE, {}, "there are: id, height, width, kind"),
        (TABLE, {"inputs": ["heigth"], "label": "kind"}, "did you mean 'height'"),
        ("a,b\n1,x\nNA,y\n", {"inputs": ["a"], "label": "b"}, "row 2: column 'a': expected a finite number; got 'NA'"),
        ("a,b\n1,\n", {"inputs": ["a"], "label": "b"}, "row 1 has no class in column 'b'"),
        ("a,b\n,x\n", {"inputs": ["a"], "label": "b"}, "row 1: column 'a': expected a finite number; got ''"),
        ("a,b\n", {"inputs": ["a"], "label": "b"}, "no rows"),
        ("", {"inputs": ["a"], "label": "b"}, "cannot be read as a CSV table"),
        ("a,a,b\n1,2,x\n", {"inputs": ["a"], "label": "b"}, "column 'a' is in the header twice"),
        ("a,b\n1,0.5,x\n2,0.5,y\n", {"inputs": ["a"], "label": "b"}, "row 1: expected 2 fields, .*; got 3"),
        ("a,b\n1,x,\n2,y,\n", {"inputs": ["a"], "label": "b"}, "row 1: expected 2 fields, .*; got 3. Name every"),
        ("a,b\n1,x\n\n1,234,y\n", {"inputs": ["a"], "label": "b"}, "row 2: expected 2 fields, .*; got 3"),
        ("a,b\n1,x\n2\n", {"inputs": ["a"], "label": "b"}, "row 2: expected 2 fields, .*; got 1. Complete the row"),
    ],
)
def test_an_unfit_table_is_one_clear_message(tmp_path, ask, table, columns, words):
    (tmp_path / "trees.csv").write_text(table)
    with pytest.raises(UserError, match=words):
        read(ask(path=str(tmp_path / "trees.csv"), **columns))


def test_a_quoted_comma_a_blank_line_a_mark_of_the_byte_order_and_a_trailing_comma_throughout_are_read(tmp_path, ask):
    (tmp_path / "own.csv").write_bytes('\ufeffa,b,\n"1","x, y",\n\n2,z,\n3,z,\n'.encode())
    splits = read(ask(path=str(tmp_path / "own.csv"), inputs=["a"], label="b")).splits
    assert sorted(np.concatenate([rows.inputs[:, 0] for rows in splits.values()])) == [1, 2, 3]
    assert sorted(np.concatenate([rows.labels for rows in splits.values()])) == ["x, y", "z", "z"]


def test_a_truncated_table_is_one_clear_message(tmp_path, ask):
    (tmp_path / "trees.csv.xz").write_bytes(lzma.compress(TABLE.encode())[:-20])
    with pytest.raises(UserError, match="cannot be read as a CSV table"):
        read(ask(path=str(tmp_path / "trees.csv.xz"), inputs=["width"], label="kind"))


def test_what_is_not_there_or_has_no_layout_is_told_the_layouts(tmp_path, ask):
    (tmp_path / "pets.zip").touch()
    for path, words in (("nowhere", "does not exist"), ("pets.zip", "no known ending"), ("", r"no known layout")):
        with pytest.raises(UserError, match=f"{words}.* expected a folder or .tar"):
            read(ask(path=str(tmp_path / path)))


def test_a_known_set_with_a_strange_class_is_refused(tmp_path, ask):
    with pytest.raises(UserError, match="CIFAR-10 has no class pig; its classes are airplane"):
        read(ask("cifar10", path=str(tree(tmp_path / "c", {"train/pig/1.png": image_bytes(CATS)}))))


def test_the_real_countries_are_all_there(real_data, ask):
    raw = read(ask("countries", path=str(real_data / "countries")))
    assert [len(rows.labels) for rows in raw.splits.values()] == [106_897, 13_363, 13_363]
    shares = np.unique_counts(raw.splits["train"].labels)
    assert (shares.values[np.argmax(shares.counts)], shares.counts.max()) == ("Germany", 11_275)


def test_the_real_covertype_is_a_table_of_the_users_own(real_data, ask):
    path = real_data / "covertype.csv.xz"
    raw = read(ask("forest", path=str(path), inputs=["Elevation", "Slope"], label="Cover_Type"))
    assert set(raw.splits["train"].labels) == set("1234567")
    assert sum(len(rows.labels) for rows in raw.splits.values()) == 92_962


@pytest.mark.slow
def test_the_real_faces_are_images_of_the_users_own(real_data, ask):
    raw = read(ask("faces", path=str(real_data / "faces.tar.xz")))
    assert {part: rows.inputs.shape for part, rows in raw.splits.items()} == {
        "train": (630, 3, 128, 128),
        "validation": (135, 3, 128, 128),
        "test": (135, 3, 128, 128),
    }


@pytest.mark.slow
def test_the_real_cifar10_is_read_from_its_archive(real_data, ask):
    train = read(ask("cifar10", path=str(real_data / "cifar10.tar.xz"))).splits["train"]
    assert np.unique_counts(train.labels).counts.tolist() == [5000] * 10
    assert np.allclose(train.inputs.mean(axis=(0, 2, 3)) / 255, [0.4914, 0.4822, 0.4465], atol=1e-3)


@pytest.mark.slow
def test_the_real_fashion_mnist_is_read_from_its_archive(real_data, ask):
    train = read(ask("fashion_mnist", path=str(real_data / "fashion_mnist.tar.xz"))).splits["train"]
    assert train.inputs.shape == (60_000, 1, 28, 28)
    assert np.unique_counts(train.labels).counts.tolist() == [6000] * 10
    assert abs(train.inputs.mean() / 255 - 0.2860) < 1e-4
