import numpy as np


def _pictures(path, count: int, channels: int = 1):
    """As many images, the first of them black and the last the brightest."""
    images = np.zeros((count, channels, 4, 4), dtype=np.uint8)
    images += (20 * np.arange(count, dtype=np.uint8))[:, None, None, None]
    arrays = {
        "images": images,
        "labels": np.arange(count) % 2,
        "predicted": 1 - np.arange(count) % 2,
        "confidence": np.full(count, 0.875),
        "rows": np.arange(count),
        "class_names": np.array(["cat", "dog"]),
    }
    np.savez(path, **arrays)
    return path


def test_each_image_has_its_predicted_class_the_true_one_and_the_confidence_below_it(draw, tmp_path, texts):
    figure = draw([_pictures(tmp_path / "a.npz", 2)], kind="misclassified", variants=["a"])
    first, second = figure.axes[0].images
    assert (first.get_array().max(), second.get_array().max()) == (0, 20)
    words = [text for text in texts(figure) if "%" in text]
    assert words == ["dog\n(cat)\n88 %", "cat\n(dog)\n88 %"]


def test_at_most_ten_images_stand_in_a_row_of_each_variant(draw, tmp_path):
    paths = [_pictures(tmp_path / f"{name}.npz", count) for name, count in (("a", 12), ("b", 3))]
    figure = draw(paths, kind="misclassified", variants=["a", "b"])
    tops = [image.get_extent()[3] for image in figure.axes[0].images]
    assert [tops.count(top) for top in sorted(set(tops))] == [10, 3]
    assert all(image.get_extent()[1] <= figure.get_figwidth() for image in figure.axes[0].images)


def test_an_image_of_three_channels_keeps_its_colours(draw, tmp_path):
    figure = draw([_pictures(tmp_path / "a.npz", 1, channels=3)], kind="misclassified", variants=["a"])
    assert figure.axes[0].images[0].get_array().shape == (4, 4, 3)


def test_a_variant_without_failures_and_one_that_diverged_say_so(draw, tmp_path, texts):
    np.savez(tmp_path / "lost.npz")
    paths = [_pictures(tmp_path / "perfect.npz", 0), tmp_path / "lost.npz"]
    written = texts(draw(paths, kind="misclassified", variants=["perfect", "lost"]))
    assert written.index("No test image is classified wrongly.") == written.index("perfect") + 1
    assert written.index("The run diverged, so there is nothing to ask it.") == written.index("lost") + 1


def test_a_figure_whose_variants_are_not_run_at_this_scale_says_so(draw, texts):
    figure = draw([], kind="misclassified", variants=[])
    assert "None of the variants that this figure names is run at this scale." in texts(figure)
