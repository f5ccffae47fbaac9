"""A training run in this process, without printed progress."""

from contextlib import redirect_stdout
from io import StringIO

from folklore.train.examples import Examples
from folklore.train.learners import gradient_descent
from folklore.train.learners.learner import TrainingJob


def train_quietly(settings: dict, examples: Examples) -> None:
    with redirect_stdout(StringIO()):
        gradient_descent.fit(TrainingJob(settings, examples, seed=1, device="cpu"))
