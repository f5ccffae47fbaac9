"""What logits and losses do while a network learns: groups, histograms and windows of updates, counted by hand."""

import numpy as np
import pytest
import torch
from scipy.stats import norm
from torch.nn.functional import cross_entropy
from training import train

from folklore.data.input_spec import InputSpec
from folklore.train.batches import batches_by_split
from folklore.train.evaluation import evaluate
from folklore.train.network import build_model


def noted(notes, moment, measure, epoch=None):
    return {
        note.name: note.value
        for note in notes
        if (note.time_point, note.statistic, note.epoch) == (moment, measure, epoch)
    }


@pytest.fixture
def slow(settings):
    """So slow that some validation examples are wrong."""
    return settings | {
        "model": settings["model"] | {"dropout": 0.0, "batch_norm": False},
        "optimiser": settings["optimiser"] | {"lr": 0.001},
        "epochs": 6,
    }


def test_right_and_wrong_examples_share_the_validation_loss(clouds, slow):
    trained = train(slow | {"record": ["logits"]}, clouds, seed=3, device="cpu", parent=None)
    notes = trained.measurements["logits"]
    for moment, epoch in (("start", None), ("after_epoch", 1), ("after_epoch", 6)):
        parts = noted(notes, moment, "contribution", epoch)
        assert set(parts) == {"validation_correct", "validation_misclassified"}
        loss = noted(notes, moment, "loss", epoch)
        assert sum(parts.values()) == pytest.approx(loss["validation"])
    assert loss["validation"] == pytest.approx(trained.history[-1]["validation_loss"], rel=1e-5)
    assert loss["train"] == pytest.approx(trained.history[-1]["train_loss"], rel=1e-5)
    start = noted(notes, "start", "loss")
    assert start["validation_misclassified"] > np.log(2) > start["validation_correct"]
    assert noted(notes, "start", "scaled_loss")["validation"] <= start["validation"]


def test_the_density_of_the_logits_sums_to_one_and_is_drawn_at_a_few_epochs(clouds, slow):
    notes = train(slow | {"record": ["logits"]}, clouds, seed=1, device="cpu", parent=None).measurements["logits"]
    drawn = {note.epoch for note in notes if note.statistic == "density"}
    assert drawn == {1, 5, 6}
    for part in ("train", "validation"):
        shares = [value for name, value in noted(notes, "after_epoch", "density", 6).items() if name.startswith(part)]
        assert sum(shares) == pytest.approx(1)
        assert min(shares) > 0


def test_logits_are_counted_into_bins_of_width_one_by_their_left_edge(clouds, slow):
    still = slow | {"optimiser": slow["optimiser"] | {"lr": 1e-30}, "record": ["logits"], "epochs": 1}
    notes = train(still, clouds, seed=1, device="cpu", parent=None).measurements["logits"]
    torch.manual_seed(1)
    model = build_model(still["model"], InputSpec((2,)), 2)
    logits = model(batches_by_split(clouds, torch.device("cpu"))["validation"].whole().inputs).detach().numpy()
    density = noted(notes, "after_epoch", "density", 1)
    for edge in (-2, -1, 0, 1):
        share = ((logits >= edge) & (logits < edge + 1)).mean()
        assert density.get(f"validation/{edge}", 0) == pytest.approx(share)
    size = noted(notes, "after_epoch", "mean_abs", 1)["validation"]
    assert size == pytest.approx(np.abs(logits).mean(), rel=1e-5)
    assert noted(notes, "after_epoch", "sd", 1)["validation"] == pytest.approx(logits.std(), rel=1e-5)


def test_two_clouds_are_ranked_as_well_as_their_distance_allows(clouds, settings):
    """Their centres are 4·√2 standard deviations apart, so a random pair stands the wrong way round with Φ(−4)."""
    notes = train(settings | {"record": ["auroc"]}, clouds, seed=1, device="cpu", parent=None).measurements["auroc"]
    assert noted(notes, "after_epoch", "macro_auroc", 5)["validation"] == pytest.approx(norm.cdf(4), abs=0.002)
    assert {note.epoch for note in notes} == {None, 1, 2, 3, 4, 5}


def test_a_window_holds_the_losses_of_its_updates_and_ends_with_the_probe(clouds, slow):
    """35 updates are fewer than the windows there could be, so each is one."""
    trained = train(slow | {"record": ["loss_noise"], "epochs": 5}, clouds, seed=1, device="cpu", parent=None)
    notes = trained.measurements["loss_noise"]
    mean, loss = noted(notes, "updates", "mean"), noted(notes, "updates", "loss")
    assert list(mean) == [str(number) for number in range(1, 36)]
    sizes = np.array([32] * 6 + [8])
    running = (np.array(list(mean.values())[:7]) * sizes).sum() / 200
    assert running == pytest.approx(trained.history[0]["running_loss"], rel=1e-5)
    assert loss["7"] == pytest.approx(trained.history[0]["train_loss"], rel=1e-5)  # the probe holds all 200 examples
    assert loss["35"] == pytest.approx(trained.history[-1]["train_loss"], rel=1e-5)
    assert not noted(notes, "updates", "sd")


def test_a_long_run_is_cut_into_two_hundred_equal_windows(clouds, slow):
    long = slow | {"record": ["loss_noise"], "epochs": 6, "batch_size": 2}
    notes = train(long, clouds, seed=1, device="cpu", parent=None).measurements["loss_noise"]
    ends = [int(name) for name in noted(notes, "updates", "mean")]
    assert ends == list(range(3, 601, 3))
    assert set(noted(notes, "updates", "sd")) == {str(end) for end in ends}


def test_the_noise_of_the_gradient_is_what_mini_batches_scatter_and_nothing_where_one_holds_all(clouds, slow):
    def noise(batch_size):
        chosen = slow | {"record": ["loss_noise"], "batch_size": batch_size, "epochs": 1}
        return noted(
            train(chosen, clouds, seed=1, device="cpu", parent=None).measurements["loss_noise"], "start", "noise"
        )["all"]

    torch.manual_seed(1)
    model = build_model(slow["model"], InputSpec((2,)), 2)
    feed = batches_by_split(clouds, torch.device("cpu"))["train"]
    single = torch.stack([gradient_on(model, feed, torch.tensor([row])) for row in range(200)])
    trace = single.var(dim=0).sum().item()
    assert noise(1) == pytest.approx(trace, rel=0.5)
    assert noise(10) == pytest.approx(trace / 10 * (1 - 10 / 200), rel=0.5)
    assert noise(200) < 1e-9


def gradient_on(model, feed, rows):
    batch = feed.batch(rows)
    inputs, labels = batch.inputs, batch.labels
    gradients = torch.autograd.grad(cross_entropy(model(inputs), labels), list(model.parameters()))
    return torch.cat([gradient.flatten() for gradient in gradients])


def test_looking_at_the_probe_leaves_the_network_in_training_mode(clouds, settings):
    """Dropout would be off from the second update on, and the running loss that of evaluation."""
    still = settings | {"optimiser": settings["optimiser"] | {"lr": 1e-30}, "record": ["loss_noise"], "epochs": 1}
    trained = train(still, clouds, seed=1, device="cpu", parent=None)
    torch.manual_seed(1)
    model = build_model(still["model"], InputSpec((2,)), 2)
    start = evaluate(model, batches_by_split(clouds, torch.device("cpu"))["train"]).loss
    losses = noted(trained.measurements["loss_noise"], "updates", "mean").values()
    assert all(abs(loss - start) > 1e-3 for loss in losses)
