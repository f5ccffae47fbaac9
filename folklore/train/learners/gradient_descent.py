"""Gradient descent: mini-batches, any optimiser of torch.optim; an interrupted run resumes from its saved state."""

import numpy as np

from folklore.train.checkpointing.checkpointer import NullCheckpointer
from folklore.train.checkpointing.file_checkpointer import FileCheckpointer
from folklore.train.evaluation import predict
from folklore.train.finished_network import finished_network
from folklore.train.learners.learner import TrainedModel, TrainingJob
from folklore.train.loop import train
from folklore.train.result import TrainResult


def fit(job: TrainingJob) -> TrainResult:
    return train(job, FileCheckpointer(job.resume) if job.resume else NullCheckpointer())


def logits(model: TrainedModel, part: str, checkpoint: str = "last") -> np.ndarray:
    network = finished_network(model.settings, model.examples, model.weights, model.device)
    return predict(network.at(checkpoint), network.batches[part]).cpu().numpy()
