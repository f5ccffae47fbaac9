"""A study of any size, with the smallest possible training runs."""


def of_many_runs(runs: int, seeds: int) -> dict:
    """Return a study of the given number of runs; it draws a few variants as curves, and all in the other figure."""
    variants = runs // seeds
    some = [f"lr={rate:g}" for rate in _rates(variants)[:3]]
    lowest = some[0]
    figures = {
        "curves": {"kind": "curves", "caption": "Some of them.", "variants": some},
        "trade_off": {"kind": "scatter", "caption": "All.", "x": "seconds", "y": "test_accuracy"},
    }
    claims = [
        {"id": "G-1", "test": "trend", "says": "It rises.", "over": "optimiser.lr", "direction": "up"},
        {"id": "G-2", "test": "best", "says": "The lowest rate is best.", "of": lowest, "goal": "highest"},
        {"id": "G-3", "test": "threshold", "says": "It learns.", "of": lowest, "direction": "above", "value": 0.2},
    ]
    claims = [{"metric": "test_accuracy", **claim} for claim in claims]
    return of_many_rates(variants, seeds) | {"figures": figures, "claims": claims}


def _rates(count: int) -> list[float]:
    return [number / (count + 1) for number in range(1, count + 1)]


def of_many_rates(variants: int, seeds: int, smooth: int = 1) -> dict:
    """Return one study, the hardest case for a plan: one table waits for every run."""
    return {
        "title": "Generated",
        "question": "How long does it take?",
        "reference": "benchmarks/studies.py",
        "base": {
            "data": {"name": "fashion_mnist", "train": 64, "validation": 32, "test": 32},
            "model": {"name": "mlp", "widths": [16]},
            "optimiser": {"name": "sgd", "lr": 0.1},
            "batch_size": 32,
            "epochs": 1,
        },
        "axes": {"optimiser.lr": _rates(variants)},
        "seeds": seeds,
        "figures": {"curves": {"kind": "curves", "caption": "All of them.", "smooth": smooth}},
    }
