"""Against torchvision image by image where it has the same, against planted pixels where it has not."""

import pytest
import torch

from folklore.execution.errors import UserError
from folklore.schema.augmentation import Augmentation
from folklore.train.augment import OPERATIONS, augmentation_of

ALL = {
    "flip": {"horizontal": 0.5, "vertical": 0.5},
    "shift": {"pixels": 3},
    "rotation": {"degrees": 30},
    "colour": {"brightness": 0.4, "contrast": 0.4, "saturation": 0.4},
    "noise": {"sd": 0.1},
}
CHANNELS = pytest.mark.parametrize("channels", [1, 3])


def augmentation(**asked):
    return augmentation_of(Augmentation.model_validate(asked).model_dump(mode="json"))


def operation(name, **asked):
    settings = Augmentation.model_validate({name: asked}).model_dump(mode="json")[name]
    return OPERATIONS[name](**settings)


def dice(seed=0):
    return torch.Generator().manual_seed(seed)


def photographs(count=16, channels=3, height=8, width=10):
    """Wider than high, so that no side can stand for the other."""
    return torch.rand(count, channels, height, width, generator=dice(9))


def drawn_and_done(asked, images, seed=0):
    drawn = asked.draw(images.shape, dice(seed))
    return drawn, asked.apply(images, drawn)


@pytest.fixture(scope="module")
def torchvision():
    from torchvision.transforms.v2 import functional  # noqa: PLC0415 (slow, and a few of the tests need it)

    return functional


@CHANNELS
def test_flips_are_those_of_torchvision(torchvision, channels):
    images = photographs(channels=channels)
    drawn, flipped = drawn_and_done(operation("flip", horizontal=0.5, vertical=0.5), images)
    assert len(drawn.unique(dim=0)) == 4, "each by itself, both, and none"
    for image, (across, down), found in zip(images, drawn.tolist(), flipped, strict=True):
        expected = torchvision.horizontal_flip(image) if across else image
        assert torch.equal(found, torchvision.vertical_flip(expected) if down else expected)


@CHANNELS
@pytest.mark.parametrize(("height", "width"), [(8, 8), (8, 13), (13, 8)])
def test_rotations_are_those_of_torchvision(torchvision, channels, height, width):
    images = photographs(channels=channels, height=height, width=width)
    angles, turned = drawn_and_done(operation("rotation", degrees=180), images)
    assert angles.min() < -90 and angles.max() > 90
    for image, angle, found in zip(images, angles.tolist(), turned, strict=True):
        expected = torchvision.rotate(image, angle, interpolation=torchvision.InterpolationMode.BILINEAR)
        torch.testing.assert_close(found, expected, rtol=0, atol=1e-5)


@CHANNELS
def test_colours_are_those_of_torchvision(torchvision, channels):
    images = photographs(channels=channels)
    factors, found = drawn_and_done(operation("colour", brightness=1, contrast=1, saturation=1), images)
    for image, (brightness, contrast, saturation), changed in zip(images, factors.tolist(), found, strict=True):
        expected = torchvision.adjust_brightness(image, brightness)
        expected = torchvision.adjust_contrast(expected, contrast)
        torch.testing.assert_close(changed, torchvision.adjust_saturation(expected, saturation), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", ["brightness", "contrast", "saturation"])
def test_a_colour_that_is_not_asked_for_stays(torchvision, name):
    images = photographs()
    factors, found = drawn_and_done(operation("colour", **{name: 0.5}), images)
    place = ["brightness", "contrast", "saturation"].index(name)
    assert (factors[:, [other for other in range(3) if other != place]] == 1).all()
    adjusted = [
        getattr(torchvision, f"adjust_{name}")(image, factor)
        for image, factor in zip(images, factors[:, place].tolist(), strict=True)
    ]
    torch.testing.assert_close(found, torch.stack(adjusted), rtol=0, atol=1e-5)


def test_an_image_of_one_channel_has_no_saturation_to_change():
    images = photographs(channels=1)
    assert torch.equal(drawn_and_done(operation("colour", saturation=1), images)[1], images)


@pytest.mark.parametrize("fill", ["zero", "roll"])
@pytest.mark.parametrize("pixels", [2, 20])
def test_a_planted_pixel_lies_where_the_shift_brings_it(fill, pixels):
    images = torch.zeros(200, 1, 8, 10)
    images[:, 0, 1, 7] = 1
    shifts, shifted = drawn_and_done(operation("shift", pixels=pixels, fill=fill), images)
    for (down, across), image in zip(shifts.tolist(), shifted[:, 0], strict=True):
        row, column = 1 + down, 7 + across
        expected = torch.zeros(8, 10)
        if fill == "roll":
            expected[row % 8, column % 10] = 1
        elif 0 <= row < 8 and 0 <= column < 10:
            expected[row, column] = 1
        assert torch.equal(image, expected)


def test_what_a_shift_uncovers_is_black_or_comes_from_the_other_side():
    white = torch.ones(50, 3, 8, 10)
    shifts, black = drawn_and_done(operation("shift", pixels=2), white)
    kept = (8 - shifts[:, 0].abs()) * (10 - shifts[:, 1].abs())
    assert torch.equal(black.sum(dim=(2, 3)), kept[:, None].expand(-1, 3).float())
    assert torch.equal(drawn_and_done(operation("shift", pixels=2, fill="roll"), white)[1], white)


def test_every_shift_up_to_the_given_one_is_equally_likely():
    shifts = operation("shift", pixels=2).draw(torch.Size((20_000, 3, 8, 8)), dice())
    for counts in (torch.bincount(direction + 2) for direction in shifts.T):
        assert len(counts) == 5
        torch.testing.assert_close(counts / 20_000, torch.full((5,), 0.2), rtol=0, atol=0.01)


def test_angles_and_factors_are_drawn_evenly_from_their_whole_range():
    shape = torch.Size((20_000, 3, 8, 8))
    angles = operation("rotation", degrees=30).draw(shape, dice()) / 30
    factors = operation("colour", brightness=0.5, contrast=0.2, saturation=0.1).draw(shape, dice())
    spread = (factors - 1) / torch.tensor([0.5, 0.2, 0.1])
    for values in (angles, *spread.T):
        shares = torch.histc(values, bins=4, min=-1, max=1) / 20_000
        torch.testing.assert_close(shares, torch.full((4,), 0.25), rtol=0, atol=0.015)


def test_noise_is_gaussian_with_the_given_deviation_and_independent_in_every_value():
    grey = torch.full((64, 3, 16, 16), 0.5)
    noise = augmentation(noise={"sd": 0.05, "clip": False})(grey, dice()) - grey
    assert noise.mean().abs() < 0.001
    assert noise.std().item() == pytest.approx(0.05, rel=0.02)
    assert (noise.abs() < 0.05).float().mean().item() == pytest.approx(0.683, abs=0.01)
    assert torch.corrcoef(noise.transpose(0, 1).flatten(1))[0, 1].abs() < 0.03
    assert len(noise.flatten(1).unique(dim=0)) == 64


@pytest.mark.parametrize("clip", [True, False])
def test_noise_leaves_the_range_of_a_pixel_only_where_it_may(clip):
    noisy = augmentation(noise={"sd": 0.5, "clip": clip})(photographs(), dice())
    assert (noisy.min() == 0 and noisy.max() == 1) if clip else (noisy.min() < -0.1 and noisy.max() > 1.1)


@pytest.mark.parametrize(("probability", "expected"), [(0.0, 0), (1.0, 1), (0.25, 0.25)])
def test_a_flip_happens_as_often_as_its_probability_says(probability, expected):
    images = torch.zeros(4_000, 1, 1, 2)
    images[:, :, :, 0] = 1
    flipped = augmentation(flip={"horizontal": probability, "vertical": 1})(images, dice())
    assert flipped[:, 0, 0, 1].mean().item() == pytest.approx(expected, abs=0 if expected in (0, 1) else 0.02)


def test_the_generator_decides_and_each_pass_is_drawn_anew():
    changed, images, one, other = augmentation(**ALL), photographs(), dice(1), dice(1)
    first = changed(images, one)
    assert torch.equal(first, changed(images, other))
    assert not torch.equal(first, changed(images, one))
    assert not torch.equal(first, changed(images, dice(2)))


def test_the_global_generator_is_left_alone():
    before = torch.get_rng_state()
    augmentation(**ALL)(photographs(), dice())
    assert torch.equal(torch.get_rng_state(), before)


def test_all_is_done_on_the_images_own_device_with_the_same_draws_as_on_the_cpu():
    changed, here, there = augmentation(**ALL), dice(), dice()
    assert changed(photographs().to("meta"), there).device.type == "meta"  # refuses to mix with another device
    changed(photographs(), here)
    assert torch.equal(here.get_state(), there.get_state())


@pytest.mark.parametrize("name", ALL)
def test_halves_with_the_drawn_numbers_give_what_the_whole_gives(name):
    asked, images = operation(name, **ALL[name]), photographs(16)
    drawn, whole = drawn_and_done(asked, images)
    halves = [asked.apply(images[rows], drawn[rows]) for rows in (slice(5), slice(5, 16))]
    torch.testing.assert_close(torch.cat(halves), whole, rtol=0, atol=1e-6)


def test_the_order_is_geometry_colour_noise_whatever_the_order_in_the_file():
    images, generator, expected = photographs(), dice(), photographs()
    for name in ("flip", "shift", "rotation", "colour", "noise"):
        asked = operation(name, **ALL[name])
        expected = asked.apply(expected, asked.draw(images.shape, generator))
    backwards = dict(reversed(ALL.items()))
    assert torch.equal(augmentation(**backwards)(images, dice()), expected)


@CHANNELS
@pytest.mark.parametrize("name", ALL)
def test_the_memory_layout_is_kept_and_the_values_do_not_depend_on_it(name, channels):
    images = photographs(channels=channels)
    changed, last = augmentation(**{name: ALL[name]}), images.contiguous(memory_format=torch.channels_last)
    plain, arranged = changed(images, dice()), changed(last, dice())
    assert plain.is_contiguous()
    assert arranged.is_contiguous(memory_format=torch.channels_last)
    assert channels == 1 or not arranged.is_contiguous()
    torch.testing.assert_close(plain, arranged, rtol=0, atol=1e-6)


def test_the_images_themselves_stay_as_they_are():
    images = photographs()
    changed = augmentation(**ALL)(images, dice())
    assert torch.equal(images, photographs())
    assert not torch.equal(changed, images)


def test_every_operation_of_the_vocabulary_is_done_and_none_asked_for_is_none():
    assert set(OPERATIONS) == set(Augmentation.model_fields) == set(ALL)
    assert augmentation() is None


def test_features_are_refused_in_one_sentence():
    with pytest.raises(UserError, match=r"augmentation: expected images .* got inputs \[5, 2\]. Remove `augmentation`"):
        augmentation(**ALL)(torch.rand(5, 2), dice())
