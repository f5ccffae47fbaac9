"""CIFAR-10."""

from folklore.plan.datasets.known_dataset import KnownDataset

CIFAR10 = KnownDataset(
    title="CIFAR-10",
    licence="none stated; its author asks to cite Krizhevsky, Learning multiple layers of features (2009)",
    classes=("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
    shape=(3, 32, 32),
    rows=60_000,
    embedded_rows=1_797,
    official="folklore.data.official_images:cifar10",
    embedded="folklore.data.embedded_digits:colour",
)
