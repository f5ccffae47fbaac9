"""Fashion-MNIST."""

from folklore.plan.datasets.known_dataset import KnownDataset

FASHION_MNIST = KnownDataset(
    title="Fashion-MNIST",
    licence="MIT, Zalando SE",
    classes=(
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    shape=(1, 28, 28),
    rows=70_000,
    embedded_rows=1_797,
    official="folklore.data.official_images:fashion_mnist",
    embedded="folklore.data.embedded_digits:greyscale",
)
