"""One spelling for equal values, and a short name for a text."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """One spelling for equal values: sorted keys, no blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str, length: int = 10) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
