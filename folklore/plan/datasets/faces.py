"""Real and generated faces."""

from folklore.plan.datasets.known_dataset import KnownDataset

FACES = KnownDataset(
    title="Real and generated faces",
    licence="none stated; people are identifiable, so pictures of them are not to be published",
    classes=("fake", "real"),
    shape=(3, 256, 256),
    rows=2_000,
    embedded_rows=1_797,
    official="folklore.data.official_faces:read",
    embedded="folklore.data.embedded_digits:loops",
)
