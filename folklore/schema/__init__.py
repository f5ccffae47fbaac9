"""Schema: the keys that config.yaml and a study file may have, as pydantic models. It imports no torch."""
