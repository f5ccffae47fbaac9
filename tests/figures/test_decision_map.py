import numpy as np
import pytest

from folklore.figures.areas import areas, fills
from folklore.schema.config import Style


def _map(path, classes, points=((1.0, 1.0),), labels=(0,)):
    classes = np.array(classes)
    arrays = {
        "x": np.arange(classes.shape[1], dtype=np.float32),
        "y": np.arange(classes.shape[0], dtype=np.float32) + 50,
        "classes": classes.astype(np.uint8),
        "test_inputs": np.array(points, dtype=np.float32) + np.array([0, 50]),
        "test_labels": np.array(labels),
        "class_names": np.array(["Norway", "Spain", "Italy"]),
    }
    np.savez(path, **arrays)
    return path


def _halves(width: int = 40) -> np.ndarray:
    """Class 0 at the left, 1 at the right."""
    return np.repeat([[0] * (width // 2) + [1] * (width // 2)], 30, axis=0)


def _points(axes, marker_size):
    chosen = [line for line in axes.lines if line.get_markersize() == pytest.approx(marker_size)]
    return [line.get_xydata().tolist() for line in chosen if len(line.get_xdata())]


def test_every_place_has_the_colour_of_its_class_and_the_wider_areas_their_names(draw, tmp_path, texts):
    figure = draw([_map(tmp_path / "a.npz", _halves())], kind="decision_map", variants=["a"])
    (image,) = figure.axes[0].images
    shown = image.cmap(image.norm(image.get_array()))
    assert (shown[:, :20] == shown[0, 0]).all()
    assert (shown[:, 20:] == shown[0, -1]).all()
    assert (shown[0, 0] != shown[0, -1]).any()
    assert {"Norway", "Spain"} <= set(texts(figure))
    assert "Italy" not in texts(figure)


def test_a_class_has_the_same_colour_on_both_maps(draw, tmp_path):
    paths = [_map(tmp_path / "a.npz", _halves()), _map(tmp_path / "b.npz", 1 - _halves())]
    first, second = (axes.images[0] for axes in draw(paths, kind="decision_map", variants=["a", "b"]).axes)
    assert (
        first.cmap(first.norm(first.get_array()))[0, 0].tolist()
        == second.cmap(second.norm(second.get_array()))[0, -1].tolist()
    )


def test_test_points_on_an_area_of_another_class_are_large_and_the_others_tiny(draw, tmp_path):
    points, labels = [(2, 3), (30, 3), (4, 20)], [0, 0, 1]
    path = _map(tmp_path / "a.npz", _halves(), points, labels)
    figure = draw([path], kind="decision_map", variants=["a"])
    assert _points(figure.axes[0], 0.9) == [[[2, 53]]]
    assert sorted(_points(figure.axes[0], 2.8)) == [[[4, 70]], [[30, 53]]]
    assert figure.axes[0].get_title(loc="right") == "67 % of test points misclassified"


def test_a_degree_of_longitude_is_drawn_shorter_than_one_of_latitude(draw, tmp_path):
    path = _map(tmp_path / "a.npz", np.repeat(_halves(), 2, axis=0)[:21])
    (axes,) = draw([path], kind="decision_map", variants=["a"]).axes
    assert axes.get_aspect() == pytest.approx(2.0, rel=1e-3)  # in the middle, at 60° north


def test_a_diverged_run_leaves_a_panel_that_says_so(draw, tmp_path, texts):
    np.savez(tmp_path / "lost.npz")
    paths = [_map(tmp_path / "a.npz", _halves()), tmp_path / "lost.npz"]
    figure = draw(paths, kind="decision_map", variants=["a", "lost"])
    assert [text.get_text() for text in figure.axes[1].texts] == ["no map: the run diverged"]
    assert figure.axes[1].get_title(loc="left") == "lost"
    assert "no map: the run diverged" in texts(draw(paths[1:], kind="decision_map", variants=["lost"]))


def test_a_figure_whose_variants_are_not_run_at_this_scale_says_so(draw, texts):
    figure = draw([], kind="decision_map", variants=[])
    assert "None of the variants that this figure names is run at this scale." in texts(figure)


def test_areas_that_touch_have_different_colours_however_many_classes_there_are():
    rng = np.random.default_rng(0)
    places = rng.random((33, 2)) * 60
    rows, columns = np.mgrid[:60, :60]
    distances = (rows[..., None] - places[:, 0]) ** 2 + (columns[..., None] - places[:, 1]) ** 2
    classes = distances.argmin(axis=-1)
    found = fills([classes], Style().palette)
    pairs = np.concatenate(
        [
            np.stack([classes[:, 1:], classes[:, :-1]]).reshape(2, -1),
            np.stack([classes[1:], classes[:-1]]).reshape(2, -1),
        ],
        axis=1,
    )
    assert all(found[one] != found[other] for one, other in pairs.T.tolist() if one != other)
    assert set(found) == set(range(33))


def test_an_area_is_named_in_the_middle_of_its_largest_piece():
    classes = np.zeros((20, 20), dtype=int)
    classes[1:3, 1:3] = 1
    classes[8:17, 8:17] = 1
    background, squares = sorted(areas(classes), key=lambda area: area.kind)
    assert (squares.row, squares.column, squares.radius) == (12, 12, 5)
    assert classes[background.row, background.column] == 0
