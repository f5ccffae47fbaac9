"""Locations in Europe, classified by country."""

from folklore.plan.datasets.known_dataset import KnownDataset

# The files number the countries. The coordinates of each number show that the order is alphabetical.
NAMES = (
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

COUNTRIES = KnownDataset(
    title="European places by country",
    licence="none stated",
    classes=NAMES,
    shape=(2,),
    rows=133_622,
    embedded_rows=133_623,
    official="folklore.data.official_countries:read",
    embedded="folklore.data.embedded_countries:read",
    inputs=("long", "lat"),
    label="country",
)
