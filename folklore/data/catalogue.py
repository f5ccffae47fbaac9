"""What is known about the data sets that folklore names: title, licence, classes in order, columns."""

from dataclasses import dataclass

import numpy as np

from folklore.execution.errors import UserError


@dataclass(frozen=True)
class CatalogueEntry:
    title: str
    licence: str
    classes: tuple[str, ...]  # by label; a source that numbers its classes means these
    inputs: tuple[str, ...] | None = None  # columns of its CSV
    label: str | None = None

    def named(self, labels: np.ndarray) -> np.ndarray:
        """Class names for labels that are names already, or numbers from 0."""
        found = np.unique(labels)
        numbered = {str(number): name for number, name in enumerate(self.classes)}
        translation = {label: label if label in self.classes else numbered.get(label) for label in found.tolist()}
        strangers = [label for label, name in translation.items() if name is None]
        if strangers:
            raise UserError(
                f"{self.title} has no class {', '.join(strangers[:5])}; its classes are {', '.join(self.classes)}. "
                "Give a data set of your own another name"
            )
        names = np.array([translation[label] for label in found.tolist()])
        return names[np.searchsorted(found, labels)]


DIGITS = tuple("0123456789")

# The files number the countries; the places of each number show that they stand in alphabetical order.
COUNTRIES = (
    "Albania",
    "Austria",
    "Belarus",
    "Belgium",
    "Bosnia and Herzegovina",
    "Bulgaria",
    "Croatia",
    "Czech Republic",
    "Denmark",
    "Estonia",
    "Finland",
    "France",
    "Germany",
    "Great Britain",
    "Greece",
    "Hungary",
    "Ireland",
    "Italy",
    "Latvia",
    "Lithuania",
    "Moldova",
    "Montenegro",
    "Netherlands",
    "Norway",
    "Poland",
    "Portugal",
    "Romania",
    "Serbia",
    "Slovakia",
    "Slovenia",
    "Spain",
    "Sweden",
    "Ukraine",
)

CATALOGUE = {
    "cifar10": CatalogueEntry(
        title="CIFAR-10",
        licence="none stated; its author asks to cite Krizhevsky, Learning multiple layers of features (2009)",
        classes=("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
    ),
    "mnist": CatalogueEntry(
        title="MNIST",
        licence="CC BY-SA 3.0, LeCun, Cortes and Burges",
        classes=DIGITS,
    ),
    "fashion_mnist": CatalogueEntry(
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
    ),
    "faces": CatalogueEntry(
        title="Real and generated faces",
        licence="none stated; people are identifiable, so pictures of them are not to be published",
        classes=("fake", "real"),
    ),
    "countries": CatalogueEntry(
        title="European places by country",
        licence="none stated",
        classes=COUNTRIES,
        inputs=("long", "lat"),
        label="country",
    ),
}
