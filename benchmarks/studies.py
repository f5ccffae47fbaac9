"""A study of any size, of the smallest trainings that there are."""


def of_many_rates(variants: int, seeds: int, smooth: int = 1) -> dict:
    """One study, which is the hardest case for a plan: one table waits for every run."""
    return {
        "title": "Generated",
        "question": "How long does it take?",
        "source": "benchmarks/studies.py",
        "base": {
            "data": {"name": "fashion_mnist", "train": 64, "validation": 32, "test": 32},
            "model": {"name": "mlp", "widths": [16]},
            "optimiser": {"name": "sgd", "lr": 0.1},
            "batch_size": 32,
            "epochs": 1,
        },
        "axes": {"optimiser.lr": [number / variants for number in range(1, variants + 1)]},
        "seeds": seeds,
        "figures": {"curves": {"kind": "curves", "caption": "All of them.", "smooth": smooth}},
    }
