"""Re-runs the textbook experiments of deep-learning training and issues a verdict, with an interval, on every claim."""

from folklore.execution import torchvision_on_cpu

torchvision_on_cpu.install()
