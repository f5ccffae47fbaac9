"""What a learner does, by its name.

LEARNERS: `train(settings, examples, seed, device, parent) -> Trained`; with a `keeper` if it has one in KEEPERS.
KEEPERS: `Keeper(folder, code)`, which is told of every mini-batch, for learners that are long enough under way.
PREDICTORS: `predict(settings, examples, weights, device)`: logits [n, classes] of the test part, by the last weights.
"""

LEARNERS = {
    "sgd": "folklore.train.loop:train",
    "xgboost": "folklore.train.learners.boosting:train",
    "logistic": "folklore.train.learners.logistic:train",
    "feature_logistic": "folklore.train.learners.feature_logistic:train",
}

KEEPERS = {"sgd": "folklore.train.checkpointing.file_checkpointer:FileCheckpointer"}

PREDICTORS = {
    "sgd": "folklore.train.finished_network:predict",
    "xgboost": "folklore.train.learners.boosting:predict",
    "logistic": "folklore.train.learners.logistic:predict",
    "feature_logistic": "folklore.train.learners.feature_logistic:predict",
}
