"""Data sets by name: which function reads them from each source. One of the user's own is read as `local` are."""

DATASETS = {
    "cifar10": {
        "official": "folklore.data.official_images:cifar10",
        "local": "folklore.data.local:read",
        "embedded": "folklore.data.embedded_digits:colour",
    },
    "mnist": {
        "official": "folklore.data.official_images:mnist",
        "local": "folklore.data.local:read",
        "embedded": "folklore.data.embedded_digits:grey",
    },
    "fashion_mnist": {
        "official": "folklore.data.official_images:fashion_mnist",
        "local": "folklore.data.local:read",
        "embedded": "folklore.data.embedded_digits:grey",
    },
    "faces": {
        "official": "folklore.data.official_faces:read",
        "local": "folklore.data.local:read",
        "embedded": "folklore.data.embedded_digits:loops",
    },
    "countries": {
        "official": "folklore.data.official_countries:read",
        "local": "folklore.data.local:read",
        "embedded": "folklore.data.embedded_countries:read",
    },
}
