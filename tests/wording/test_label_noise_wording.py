from folklore.schema.data import LabelNoise
from folklore.wording.label_noise import label_noise


def test_label_noise_is_told_with_its_share_number_and_seed():
    assert label_noise(None, {}) == ""
    told = label_noise(LabelNoise(share=0.15, seed=7), {"wrong_labels": 1500})
    assert told.startswith("15 % of the training labels (1,500) are wrong: ")
    assert "noise seed 7" in told
