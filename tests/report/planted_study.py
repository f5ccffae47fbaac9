"""A study with known results: two rates, three seeds, one run that diverged, claims with every ruling."""

import json
from pathlib import Path

import matplotlib.pyplot as plt
import pandas

from folklore.analysis.csv_tables import write_table
from folklore.analysis.evidence import Evidence
from folklore.analysis.metrics.requested import metrics_rows
from folklore.analysis.selection import with_selected
from folklore.plan.metric_requests import metric_requests
from folklore.schema.recipe import Recipe
from folklore.schema.study import Study

FIGURE = Path("figures")
HOSTILE = r" <script>alert(1)</script> %$#&_{}~^\ τ ≤ ‖θ‖ ☃ [x] -- 'q' Łódź Þ Жук 狗 ẵ ⅓ ,,"
FAILURES = {"lost_study": "judge_claims failed: KeyError: <i> & 5 % of $y_2"}
PROVENANCE = {
    "scale": "demo",
    "edition": "demo-embedded",
    "command": "snakemake --cores all report",
    "code": "v0.1",
    "config": {"scale": "demo"},
}

ACCURACIES = {"lr=0.1": (0.70, 0.71, 0.72), "lr=0.01": (0.80, 0.81, None)}
RATES = {"lr=0.1": 0.1, "lr=0.01": 0.01}


def plant(folder: Path, name: str, spice: str = "") -> dict:
    """Writes the files of the study under the folder and returns the study; `spice` is put into every text."""
    place = folder / name
    place.mkdir(parents=True)
    pandas.DataFrame(_runs()).to_csv(place / "runs.csv", index=False)
    (place / "facts.json").write_text(json.dumps({variant: _facts(variant, spice) for variant in RATES}))
    (place / "verdicts.json").write_text(json.dumps(_verdicts(spice)))
    _draw(folder / FIGURE)
    study = _study(spice)
    write_table(place / "metrics.csv", _metrics(Study.model_validate(study)))
    return study


def _metrics(study: Study) -> pandas.DataFrame:
    curves = pandas.DataFrame(columns=["variant", "seed", "epoch"])
    evidence = with_selected(Evidence(pandas.DataFrame(_runs()), curves, {}), study.selections)
    requests = metric_requests(study, [], list(RATES))
    return metrics_rows([(request.metric, request.names) for request in requests], evidence)


def _runs() -> list[dict]:
    return [
        {
            "variant": variant,
            "seed": seed,
            "recipe": f"digits-cnn-{RATES[variant]}",
            "status": "diverged" if accuracy is None else "finished",
            "diverged_epoch": 4 if accuracy is None else None,
            "epochs": 5,
            "best_epoch": 3,
            "seconds": 1.5,
            "environment": "Python 3.12, torch 2.13, on cpu",
            "validation_accuracy.best": accuracy,
            "test_accuracy.last": accuracy,
            "test_accuracy.best": accuracy,
        }
        for variant, accuracies in ACCURACIES.items()
        for seed, accuracy in enumerate(accuracies, start=1)
    ]


def _facts(variant: str, spice: str) -> dict:
    recipe = Recipe.model_validate(
        {
            "data": {"name": "cifar10", "train": 1000, "validation": 300, "scaling": "symmetric"},
            "model": {"name": "cnn"},
            "optimiser": {"name": "sgd", "lr": RATES[variant]},
            "schedule": {"name": "inverse_time", "k": 0.25},
            "batch_size": 64,
            "epochs": 5,
        }
    )
    classes = [f"class {number}{spice}" for number in range(10)]
    return {
        "recipe": f"digits-cnn-{RATES[variant]}",
        "settings": recipe.model_dump(mode="json"),
        "dataset": {
            "name": "cifar10",
            "source": "embedded",
            "stand_in": True,
            "origin": [{"place": f"scikit-learn: load_digits{spice}", "sha256": "d" * 64}],
            "licence": f"BSD{spice}",
            "description": f"Digits over photographs.{spice}",
            "classes": classes,
            "counts": {"train": 1437, "validation": 0, "test": 360},
            "shape": [3, 32, 32],
            "sha256": "a" * 64,
        },
        "split": {
            "dataset": "cifar10",
            "seed": 7,
            "stratified": False,
            "classes": classes,
            "counts": {"train": [100] * 10, "validation": [30] * 10, "test": [36] * 10},
            "sha256": "b" * 64,
        },
        "inputs": {"mean": [-0.1, 0.0, 0.1], "sd": [0.5, 0.5, 0.5]},
        "layers": [
            {
                "layer": "fc1",
                "kind": f"linear{spice}",
                "output": "10",
                "activation": None,
                "parameters": 89834,
                "macs": 9,
            }
        ],
    }


def _verdicts(spice: str) -> list[dict]:
    common = {"protocol": "corrected", "source": "embedded", "stand_in": True, "seeds": [1, 2, 3], "margin": 0.02}
    common["selected"] = {f"tuned{spice}": f"lr=0.1{spice}"}
    text = {"reason": f"The interval says so.{spice}", "metric": f"test accuracy{spice}", "note": f"A note.{spice}"}
    effect = {"effect": 0.1, "low": 0.08, "high": 0.12, "p_value": 0.0004, "p_holm": 0.0008}
    comparison = {"label": f"lr=0.01 − lr=0.1{spice}", "effect": 0.1, "low": 0.08, "high": 0.12}
    values = {"comparisons": [{**comparison, "values": [0.1, 0.1, None]}]}
    claim = {**common, **text, **effect, **values}
    return [
        {**claim, "id": "C999-01", "says": f"Lower is better.{spice}", "test": "greater", "ruling": "supported"},
        {
            **claim,
            "id": "C999-01",
            "protocol": "as_published",
            "says": f"Lower is better.{spice}",
            "test": "greater",
            "ruling": "refuted",
        },
        {**claim, "id": "C999-02", "says": "Both agree.", "test": "equivalent", "ruling": "refuted"},
        {**claim, "id": "C999-03", "says": "It is so.", "test": "trend", "ruling": "undecided", "more_seeds": 9},
        {
            "id": "C999-04",
            "protocol": "corrected",
            "says": "It is the nature of things.",
            "test": "not_testable",
            "ruling": "not testable",
            "reason": f"No run shows natures.{spice}",
        },
    ]


def _study(spice: str) -> dict:
    return {
        "title": f"A planted study{spice}",
        "question": f"Is the lower rate better?{spice}",
        "reference": f"a report{spice}",
        "figures": {"curves": {"kind": "curves", "caption": f"The curves of both rates over {{seeds}}.{spice}"}},
        "selections": {f"tuned{spice}": {}, f"tuned on test{spice}": {"by": "test_accuracy"}},
        "published": [{"variant": "lr=0.1", "metric": "test_accuracy", "value": 0.9, "where": f"table 1{spice}"}],
        "defects": [
            {
                "id": "D999-01",
                "published": f"Chosen on the test set.{spice}",
                "corrected": f"Chosen on the validation split.{spice}",
                "affects": ["C999-01"],
            }
        ],
        "notes": [f"The source is silent on this.{spice}"],
    }


def _draw(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    figure, axes = plt.subplots(figsize=(2, 1))
    axes.plot([0, 1], [0, 1])
    for kind in ("svg", "pdf", "png"):
        figure.savefig(folder / f"curves.{kind}")
    plt.close(figure)
