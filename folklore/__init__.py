"""Re-runs the textbook experiments of deep-learning training and issues a verdict, with an interval, on every claim."""

from folklore import torchvision_beside_cpu

torchvision_beside_cpu.install()
