"""LEARNERS: name → `train(settings, examples, seed, device, parent) -> Trained`."""

LEARNERS = {
    "sgd": "folklore.train.loop:train",
    "xgboost": "folklore.train.boosting:train",
    "logistic": "folklore.train.logistic:train",
    "feature_logistic": "folklore.train.feature_logistic:train",
}
