"""Old names of metrics, settings and values, so that an old study is told the new ones."""

from collections.abc import Collection

# By place, for the reader: where it applies is decided by the names that are allowed there.
RENAMED: dict[str, dict[str, str]] = {
    "metric": {},
    "metric setting": {},
    "snapshot setting": {},
    "statistic": {},
    "recorder or probe": {},
    "figure": {},
    "figure setting": {},
    "claim": {},
    "study": {},
    "recipe": {"parent": "parents.weights", "weights": "checkpoint"},
    "config.yaml": {},
}


def new_name(old: str, allowed: Collection[str]) -> str | None:
    """Return the name that replaced `old` among those allowed at its place, or None. A dot leads into a block."""
    replacements = (names[old] for names in RENAMED.values() if old in names)
    return next((new for new in replacements if new.partition(".")[0] in allowed), None)


def now_called(old: str, new: str) -> str:
    return f"{old!r} is now called {new!r}"
