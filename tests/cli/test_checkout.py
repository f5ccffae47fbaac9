"""A run that several studies share is called by the study that the command is about."""

from dataclasses import replace

from checkouts import ROOT

from folklore.cli.checkout import Checkout


def test_a_shared_run_is_called_by_the_study_that_was_asked_about(monkeypatch):
    monkeypatch.chdir(ROOT)
    place = Checkout.of(["scale=full"], None)
    hundred = place.plan.studies["europe_100_epochs"].variants["100 epochs"]
    for study in ("europe_100_epochs", "europe_batch_size", "europe_lr_sweep"):
        assert replace(place, asked=(study,)).names[hundred.id].startswith(f"{study}/"), study
