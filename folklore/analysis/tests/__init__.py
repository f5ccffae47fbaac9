"""The test of each kind of claim, by the name that a study file gives to its `test`.

Adding one: a class in folklore/schema/claim.py, a module here with a `TEST`, and a line in this table.
"""

TESTS = {
    "greater": "folklore.analysis.tests.greater:TEST",
    "trend": "folklore.analysis.tests.trend:TEST",
    "best": "folklore.analysis.tests.best:TEST",
    "equivalent": "folklore.analysis.tests.equivalent:TEST",
    "threshold": "folklore.analysis.tests.threshold:TEST",
}
