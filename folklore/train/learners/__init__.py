"""LEARNERS: name → module of a learner, with the two functions of `folklore/train/learners/learner.py`."""

LEARNERS = {
    "gradient_descent": "folklore.train.learners.gradient_descent",
    "xgboost": "folklore.train.learners.xgboost",
    "logistic": "folklore.train.learners.logistic",
    "feature_logistic": "folklore.train.learners.feature_logistic",
}
