"""MNIST."""

from folklore.plan.datasets.known_dataset import KnownDataset

MNIST = KnownDataset(
    title="MNIST",
    licence="CC BY-SA 3.0, LeCun, Cortes and Burges",
    classes=tuple("0123456789"),
    shape=(1, 28, 28),
    rows=70_000,
    embedded_rows=1_797,
    official="folklore.data.official_images:mnist",
    embedded="folklore.data.embedded_digits:greyscale",
)
