"""Analysis: tables of a study's runs, metrics, intervals, tests of claims, verdicts."""
