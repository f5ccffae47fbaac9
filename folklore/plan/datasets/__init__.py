"""DATASETS: name → description of a dataset that folklore reads by name, one file per dataset."""

DATASETS = {
    "cifar10": "folklore.plan.datasets.cifar10:CIFAR10",
    "mnist": "folklore.plan.datasets.mnist:MNIST",
    "fashion_mnist": "folklore.plan.datasets.fashion_mnist:FASHION_MNIST",
    "faces": "folklore.plan.datasets.faces:FACES",
    "countries": "folklore.plan.datasets.countries:COUNTRIES",
}
