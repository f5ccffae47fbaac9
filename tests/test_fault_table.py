"""The table of faults in docs/cluster.md has a row for each fault that a test stands behind, and no other."""

import re

from folklore.provenance.fingerprint import ROOT


def test_every_fault_of_the_table_is_tried_by_a_test_and_every_one_that_is_tried_stands_in_it():
    page = (ROOT / "docs/cluster.md").read_text().partition("## Faults")[2]
    rows = re.findall(r"^\| (.+?) \|", page, re.MULTILINE)
    tried = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        tried |= set(re.findall(r'^@pytest\.mark\.fault\("(.+)"\)$', path.read_text(), re.MULTILINE))
    assert set(rows) - {"Fault"} == tried
