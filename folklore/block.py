"""What every block of a study file or of config.yaml is: frozen, and closed to unknown keys."""

from pydantic import BaseModel, ConfigDict


class Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
