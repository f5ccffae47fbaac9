"""Registration: the code and the wording of a recorder or a probe, in one place."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Statistic:
    label: str  # in figures, such as `mean |gradient|`
    phrase: str = ""  # in sentences, where they need other words than a figure
    unit: str = ""
    share: bool = False  # of a whole: axes run from 0 to 1
    since_start: bool = False  # compares the end of training with its start, so that no time point is named

    @property
    def in_figure(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @property
    def in_sentence(self) -> str:
        return self.phrase or self.label


@dataclass(frozen=True)
class Registration:
    build: str  # `module:attribute` of a recorder's class or a probe's function
    protocol: str  # for the report: enough to take the same numbers without the code
    statistics: dict[str, Statistic]
    named: str = "parts"  # the kind of thing that measurements are named after: tensors, layers or parts
    names: dict[str, str] = field(default_factory=dict)  # phrases for names that do not speak for themselves
    on_probe_batch: bool = False  # measures at single time points on a batch that is always the same
    needs_network: bool = True  # a probe that predictions suffice for runs on trees and regressions, too
