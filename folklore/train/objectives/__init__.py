"""OBJECTIVES: name → the class of an objective, which takes the settings in folklore/schema/objectives.py."""

OBJECTIVES = {
    "cross_entropy": "folklore.train.objectives.cross_entropy:CrossEntropy",
    "penalised_cross_entropy": "folklore.train.objectives.penalised_cross_entropy:PenalisedCrossEntropy",
    "distillation": "folklore.train.objectives.distillation:Distillation",
}
