"""A plan names every fault of config.yaml and the studies at once; a sound one expands into the runs it should."""

import pytest
import yaml

from folklore.execution.errors import UserError
from folklore.plan.identity import recipe_id, split_id
from folklore.plan.load import load_plan

STUDY = {
    "title": "t",
    "question": "q",
    "reference": "s",
    "base": {
        "data": {"name": "mnist", "train": 100, "validation": 30},
        "model": {"name": "mlp", "widths": [16]},
        "optimiser": {"name": "sgd", "lr": 0.05},
        "batch_size": 64,
        "epochs": 5,
    },
    "seeds": 2,
}


@pytest.fixture
def studies(tmp_path):
    """Writes study files and plans them."""

    def planned(config=None, **files):
        folder = tmp_path / "studies"
        folder.mkdir(exist_ok=True)
        for name, changes in files.items():
            text = changes if isinstance(changes, str) else yaml.safe_dump({**STUDY, **changes}, sort_keys=False)
            (folder / f"{name}.yaml").write_text(text)
        return load_plan({"scale": "full", "results": str(tmp_path / "results")} | (config or {}), folder)

    return planned


def faults(studies, config=None, **files):
    with pytest.raises(UserError) as raised:
        studies(config, **files)
    return str(raised.value).splitlines()


def test_a_grid_has_a_variant_for_each_pair_of_values_and_single_variants_beside_it(studies):
    axes = {"optimiser.name": ["sgd", "adam"], "optimiser.lr": [0.1, 0.01]}
    study = studies(a={"axes": axes, "variants": {"big": {"model": {"widths": [64]}}}}).studies["a"]
    assert list(study.variants) == [
        "name=sgd,lr=0.1",
        "name=sgd,lr=0.01",
        "name=adam,lr=0.1",
        "name=adam,lr=0.01",
        "big",
    ]
    assert study.variants["name=adam,lr=0.01"].recipe.optimiser.lr == 0.01
    assert study.variants["big"].recipe.model.widths == (64,)
    assert len(study.runs) == 10


def test_a_block_that_names_its_kind_replaces_the_inherited_block_and_one_that_does_not_is_merged(studies):
    variants = {"wide": {"model": {"dropout": 0.5}}, "cnn": {"model": {"name": "cnn"}}}
    found = studies(a={"variants": variants}).studies["a"].variants
    assert found["wide"].recipe.model.widths == (16,)
    assert found["wide"].recipe.model.dropout == 0.5
    assert found["cnn"].recipe.model.hidden == 64


def test_a_model_with_a_learner_of_its_own_inherits_no_gradient_settings(studies):
    trees = studies(a={"variants": {"trees": {"model": {"name": "xgboost"}}}}).studies["a"].variants["trees"].recipe
    assert trees.learner == "xgboost"
    assert trees.optimiser is trees.epochs is trees.batch_size is None


def test_demo_changes_blocks_axes_single_variants_and_seeds_and_full_does_not(studies):
    study = {
        "axes": {"optimiser.lr": [0.1, 0.01, 0.001]},
        "variants": {"long": {"epochs": 50}},
        "demo": {
            "epochs": 2,
            "data": {"train": 50},
            "axes": {"optimiser.lr": [0.1]},
            "variants": {"long": {"epochs": 4}},
            "seeds": 3,
        },
    }
    demo = studies({"scale": "demo"}, a=study).studies["a"]
    assert list(demo.variants) == ["lr=0.1", "long"]
    assert demo.variants["lr=0.1"].recipe.epochs == 2
    assert demo.variants["lr=0.1"].recipe.data.train == 50
    assert demo.variants["long"].recipe.epochs == 4
    assert demo.variants["long"].budget == 50
    assert demo.seeds == (1, 2, 3)
    full = studies(a=study).studies["a"]
    assert len(full.variants) == 4
    assert full.seeds == (1, 2)


def test_numbers_may_be_written_as_yaml_1_2_has_them(studies):
    text = yaml.safe_dump(STUDY) + "axes: {optimiser.lr: [1e-3, 5E-4, .1]}\n"
    found = studies(a=text).studies["a"].variants
    assert [variant.recipe.optimiser.lr for variant in found.values()] == [0.001, 0.0005, 0.1]


def test_all_faults_are_named_at_once_with_path_value_and_what_is_allowed(studies):
    broken = {
        "base": {**STUDY["base"], "model": {"name": "mlp", "wdths": [16]}, "batch_size": "many"},
        "variants": {"adam": {"optimiser": {"name": "adan", "lr": 0.1}}},
        "claims": [{"id": "C000-01", "says": "x", "test": "greter", "metric": "accuracy_gap"}],
        "sedes": 3,
    }
    found = faults(studies, {"scale": "ful", "device": "abacus"}, a=broken)
    assert "config.yaml: scale: got 'ful'; did you mean 'full'? Allowed: demo, reduced, full" in found
    assert "config.yaml: device: got 'abacus'; Allowed: auto, cpu, cuda, mps" in found
    assert any(line.startswith("studies/a.yaml: no setting 'sedes'; did you mean 'seeds'?") for line in found)
    assert any("claims.0: got 'greter'; did you mean 'greater'? Allowed: greater, trend" in line for line in found)


def test_faults_of_recipes_name_the_variant(studies):
    broken = {
        "base": {**STUDY["base"], "model": {"name": "mlp", "wdths": [16]}, "batch_size": "many"},
        "variants": {"adam": {"optimiser": {"name": "adan", "lr": 0.1}}},
    }
    found = faults(studies, a=broken)
    assert any("variant 'adam': model: no setting 'wdths'; did you mean 'widths'?" in line for line in found)
    assert any("variant 'adam': optimiser: got 'adan'; did you mean 'adam'?" in line for line in found)
    assert any("batch_size: input should be a valid integer" in line and "got 'many'" in line for line in found)


STRANGE_DATA = {"variants": {"x": {"data": {"name": "cifar100", "train": 9, "validation": 9}}}}
TABLE = {"kind": "table", "caption": "c", "metrics": ["test_loss"], "variants": ["bse"]}
DEFECT = {"id": "D000-01", "published": "p", "corrected": "c", "affects": ["C000-99"]}
CLAIM = {"id": "C1-1", "says": "x", "direction": "up"}
NO_AXIS = CLAIM | {"test": "trend", "metric": "lr", "over": "model.depth"}
NO_CURVE = CLAIM | {"test": "threshold", "metric": {"name": "roughness"}, "of": "base", "value": 1}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (STRANGE_DATA, "no dataset 'cifar100'; did you mean 'cifar10'?"),
        ({"figures": {"f": TABLE}}, "figures.f: no variant 'bse'"),
        ({"probes": {"decision_map": ["bse"]}}, "probes.decision_map: no variant 'bse'; did you mean 'base'?"),
        ({"defects": [DEFECT]}, "D000-01: no claim 'C000-99'"),
        ({"reuse": {"other": "b/x"}}, "reuse.other: no study 'b'"),
        ({"claims": [NO_AXIS]}, "C1-1: no axis 'model.depth'"),
        ({"claims": [NO_CURVE]}, "metric 'roughness': expected settings last, of, run_fraction; got none. Add `of`"),
    ],
    ids=["data", "figure", "probe", "defect", "reuse", "axis", "metric"],
)
def test_a_name_that_does_not_exist_is_a_fault(studies, change, message):
    assert any(message in line for line in faults(studies, a={"variants": {"base": {}}, **change}))


def test_yaml_that_cannot_be_read_and_a_key_that_stands_twice_are_named_with_their_file(studies):
    assert any("studies/a.yaml: line" in line for line in faults(studies, a="title: [unclosed"))
    assert any("key 'title' is given twice" in line for line in faults(studies, a="title: a\ntitle: b\n"))


def test_an_unknown_study_in_the_config_is_named_with_those_that_exist(studies):
    assert faults(studies, {"studies": ["swep"]}, sweep={})[0] == (
        "config.yaml: studies: no study 'swep'; did you mean 'sweep'? There are: sweep"
    )


def test_studies_that_need_the_same_training_share_it(studies):
    found = studies(
        a={"axes": {"optimiser.lr": [0.05, 0.1]}},
        b={"variants": {"plain": {}}},
        c={"reuse": {"mine": "a/lr=0.1"}, "base": {}},
    )
    a, b, c = (found.studies[name].variants for name in "abc")
    assert a["lr=0.05"].id == b["plain"].id
    assert a["lr=0.1"].id == c["mine"].id


def test_an_identity_leaves_defaults_out_and_takes_everything_else_in(studies):
    base = studies(a={"variants": {"x": {}}}).studies["a"].variants["x"].recipe
    spelt = {"data": {"scaling": "unit"}, "schedule": {"name": "constant"}, "model": {"depth": 1}}
    same = studies(a={"variants": {"x": spelt}}).studies["a"].variants["x"].recipe
    other = studies(a={"variants": {"x": {"data": {"seed": 1}}}}).studies["a"].variants["x"].recipe
    assert recipe_id(base) == recipe_id(same)
    assert recipe_id(base) != recipe_id(other)


def test_a_childs_identity_follows_its_parents(studies):
    child = {"variants": {"child": {"parents": {"weights": {"study": "p", "variant": "trunk"}}}}}
    before = studies(p={"variants": {"trunk": {}}}, c=child).studies["c"].variants["child"]
    after = studies(p={"variants": {"trunk": {"epochs": 6}}}, c=child).studies["c"].variants["child"]
    assert before.id != after.id


def test_a_circle_of_parents_is_shown(studies):
    a = {"variants": {"x": {"parents": {"weights": {"study": "b", "variant": "y"}}}}}
    b = {"variants": {"y": {"parents": {"weights": {"study": "a", "variant": "x"}}}}}
    assert any("circular variant reference: a/x → b/y → a/x" in line for line in faults(studies, a=a, b=b))


def test_the_source_is_the_studys_own_or_the_exception_or_the_global_one(studies, tmp_path):
    (tmp_path / "mine.csv").write_text("x,y\n1,a\n")
    own = {
        "data": {"name": "mine", "source": "local", "path": str(tmp_path / "mine.csv"), "inputs": ["x"], "label": "y"}
    }
    study = {"variants": {"m": {}, "c": {"data": {"name": "countries", "train": 5, "validation": 5}}}}
    config = {"data": {"source": "official", "sets": {"countries": {"source": "embedded"}}}}
    found = studies(
        config,
        a=study,
        b={"base": {**STUDY["base"], "data": {**own["data"], "train": 1, "validation": 1}}, "variants": {"own": {}}},
    )
    sources = {v.name: v.recipe.data.source for s in found.studies.values() for v in s.variants.values()}
    assert sources == {"m": "official", "c": "embedded", "own": "local"}


def test_local_data_are_found_by_name_and_their_absence_is_a_fault(studies, tmp_path):
    (tmp_path / "mnist.tar.xz").write_text("")
    local = {"data": {"source": "local", "path": str(tmp_path)}}
    found = studies(local, a={"variants": {"x": {}}}).studies["a"].variants["x"].recipe.data.path
    assert found == f"{tmp_path}/mnist.tar.xz"
    (tmp_path / "mnist.tar.xz").unlink()
    assert "does not exist" in faults(studies, local)[0]
    assert "local but has no path" in faults(studies, {"data": {"source": "local"}})[0]


OWN = {"name": "own", "source": "local", "inputs": ["x"], "label": "kind", "train": 2, "validation": 1}


def own_variant(studies, path):
    """The planned variant of a study of the table at a path."""
    base = {**STUDY["base"], "data": {**OWN, "path": str(path)}}
    return studies(a={"base": base, "variants": {"one": {}}}).studies["a"].variants["one"]


def test_a_copy_of_local_data_is_the_same_recipe_however_its_path_is_spelled_and_a_change_makes_another(
    studies, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.csv").write_text("x,kind\n1,a\n2,b\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "here/own.csv")
    before = own_variant(studies, tmp_path / "here/own.csv")
    spellings = ["here/own.csv", "there/../here//own.csv", "there/own.csv", "link.csv"]
    same = [own_variant(studies, path) for path in spellings]
    assert [variant.id for variant in same] == [before.id] * 4
    assert [variant.recipe.data.path for variant in same] == spellings
    (tmp_path / "here/own.csv").write_text("x,kind\n1,a\n2,a\n")
    assert own_variant(studies, "here/own.csv").id != before.id
    assert own_variant(studies, "there/own.csv").id == before.id


@pytest.mark.parametrize("columns", [{"inputs": ["x", "kind"]}, {"inputs": ["x", "x"]}])
def test_a_column_named_twice_is_an_error_of_the_plan(studies, tmp_path, columns):
    """The label among the inputs would be learned from itself."""
    (tmp_path / "own.csv").write_text("x,kind\n1,a\n")
    data = {**OWN, "path": str(tmp_path / "own.csv"), **columns}
    study = {"base": {**STUDY["base"], "data": data}, "variants": {"one": {}}}
    assert f"got '{columns['inputs'][1]}' twice" in faults(studies, a=study)[0]


def test_a_categorical_column_that_is_no_input_is_an_error_of_the_plan(studies, tmp_path):
    (tmp_path / "own.csv").write_text("x,kind\n1,a\n")
    data = {**OWN, "path": str(tmp_path / "own.csv"), "categorical": ["zone"]}
    study = {"base": {**STUDY["base"], "data": data}, "variants": {"one": {}}}
    assert "`categorical`: expected columns of `inputs`; got 'zone'" in faults(studies, a=study)[0]


def test_label_noise_is_another_recipe_of_the_same_data_set_and_split_and_a_share_of_0_is_none(studies):
    axes = {"data.label_noise": {"none": None, "clean": {"share": 0}, "some": {"share": 0.15}}}
    found = studies(a={"axes": axes}).studies["a"].variants
    assert found["none"].id == found["clean"].id != found["some"].id
    assert len({split_id(variant.recipe.data) for variant in found.values()}) == 1


def test_a_tilde_in_the_path_of_local_data_is_the_home_folder(studies, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "own.csv").write_text("x,kind\n1,a\n2,b\n")
    assert own_variant(studies, "~/own.csv").recipe.data.path == str(tmp_path / "own.csv")


def test_the_content_of_local_data_is_computed_and_not_written_in_a_study(studies, tmp_path):
    (tmp_path / "own.csv").write_text("x,kind\n1,a\n")
    data = {**OWN, "path": str(tmp_path / "own.csv"), "content": "abc"}
    study = {"base": {**STUDY["base"], "data": data}, "variants": {"one": {}}}
    assert "data.content: planning computes it" in faults(studies, a=study)[0]


def test_a_link_that_leads_nowhere_is_an_error_of_the_plan(studies, tmp_path):
    (tmp_path / "pets").mkdir()
    (tmp_path / "pets/train.csv").symlink_to(tmp_path / "gone.csv")
    data = {**OWN, "path": str(tmp_path / "pets")}
    assert (
        "train.csv is a link to a file that does not exist"
        in faults(studies, a={"base": {**STUDY["base"], "data": data}, "variants": {"one": {}}})[0]
    )


def test_seeds_may_be_a_count_or_a_list_and_the_config_has_the_last_word(studies):
    assert studies(a={"seeds": [7, 9], "variants": {"x": {}}}).studies["a"].seeds == (7, 9)
    assert studies({"seeds": 3}).studies["a"].seeds == (1, 2, 3)


def test_a_trend_runs_along_its_axis_by_rising_value(studies):
    claim = {
        "id": "C000-09",
        "says": "x",
        "test": "trend",
        "metric": "accuracy_gap",
        "over": "optimiser.lr",
        "direction": "up",
    }
    study = studies(a={"axes": {"optimiser.lr": [0.1, 0.01, 0.05]}, "claims": [claim]}).studies["a"]
    assert study.claims[0].over == ("lr=0.01", "lr=0.05", "lr=0.1")


def test_a_claim_with_an_as_published_block_is_read_both_ways(studies):
    claim = {"id": "C000-06", "says": "x", "test": "greater", "metric": "accuracy_gap", "of": "x", "than": "y"}
    both = {**claim, "as_published": {"metric": "running_accuracy_gap"}}
    claims = studies(a={"variants": {"x": {}, "y": {"epochs": 2}}, "claims": [both]}).studies["a"].claims
    assert [(claim.protocol, claim.metric.of) for claim in claims] == [
        ("corrected", "accuracy_gap"),
        ("as_published", "running_accuracy_gap"),
    ]


PARENT = {"variants": {"trunk": {}, "small": {"model": {"widths": [8]}}, "trees": {"model": {"name": "xgboost"}}}}


@pytest.mark.parametrize(
    ("child", "fault"),
    [
        (
            {"parents": {"weights": {"study": "a", "variant": "small"}}},
            "layer 'fc1' has another shape there: it follows from (8,), here",
        ),
        (
            {"parents": {"weights": {"study": "a", "variant": "trees"}}},
            "its model 'xgboost' has no layers; take a variant",
        ),
        (
            {"parents": {"weights": {"study": "a", "variant": "trunk", "layers": ["fc2"]}}},
            "no layer of the child 'fc2'",
        ),
        (
            {"parents": {"weights": {"study": "a", "variant": "trunk"}}, "model": {"widths": [16, 16]}},
            "layers: no layer of the parent 'fc2'",
        ),
        (
            {"parents": {"weights": {"study": "a", "variant": "trunc"}}},
            "no variant of a 'trunc'; did you mean 'trunk'?",
        ),
        ({"parents": {"weights": {"study": "z", "variant": "trunk"}}}, "no study 'z'"),
        ({"trainable": ["fc9"]}, "trainable: no layer 'fc9'; did you mean 'fc1'?"),
    ],
)
def test_a_parent_that_is_missing_or_does_not_fit_is_named_before_anything_runs(studies, child, fault):
    [line] = faults(studies, a=PARENT, b={"variants": {"child": child}})
    assert line.startswith("studies/b.yaml: variant 'child': ")
    assert fault in line


def test_layers_that_differ_do_not_matter_where_they_are_not_taken_over(studies):
    parent = {"study": "a", "variant": "trunk", "layers": ["fc1"], "seed": 5}
    child = {"parents": {"weights": parent}, "model": {"widths": [16, 8]}, "trainable": ["fc2", "output"]}
    found = studies(a=PARENT, b={"variants": {"child": child}}).studies
    resolved = found["b"].variants["child"].recipe.parents.weights
    assert (resolved.recipe, resolved.layers, resolved.seed) == (found["a"].variants["trunk"].id, ("fc1",), 5)


def test_a_network_for_images_is_refused_a_data_set_of_features_with_the_models_that_take_them(studies):
    countries = {"data": {"name": "countries", "train": 60, "validation": 30}, "model": {"name": "cnn"}}
    found = faults(studies, a={"variants": {"map": countries}})
    assert len(found) == 1
    assert found[0].startswith(
        "studies/a.yaml: variant 'map': model: 'cnn' takes images, and the inputs of dataset 'countries'"
    )
    assert "mlp, residual_mlp, linear" in found[0]


def test_a_reduced_scale_brings_the_base_within_its_limits_and_the_variants_in_proportion(studies):
    base = STUDY["base"] | {"data": {"name": "mnist", "train": 1000, "validation": 30}, "epochs": 50}
    variants = {
        "plain": {},
        "long": {"epochs": 200},
        "brief": {"epochs": 1},
        "more": {"data": {"train": 2000, "skip": 10}},
    }
    limits = {"train": 100, "validation": None, "test": 70, "epochs": 10}
    found = studies({"scale": "reduced", "reduced": limits}, a={"base": base, "variants": variants})
    recipes = {name: variant.recipe for name, variant in found.studies["a"].variants.items()}
    assert [recipe.epochs for recipe in recipes.values()] == [10, 40, 1, 10]
    assert [recipe.data.train for recipe in recipes.values()] == [100, 100, 100, 200]
    assert (recipes["plain"].data.skip, recipes["more"].data.skip) == (0, 1)
    assert {(recipe.data.validation, recipe.data.test) for recipe in recipes.values()} == {(30, 70)}
    assert found.config.edition == "reduced-embedded"


def test_a_data_set_may_have_limits_of_its_own_at_reduced_scale(studies):
    base = STUDY["base"] | {"data": {"name": "mnist", "train": 1000, "validation": 30}, "epochs": 50}
    limits = {"train": 100, "epochs": 10, "sets": {"mnist": {"train": 500}}}
    variants = {"here": {}, "there": {"data": {"name": "fashion_mnist", "train": 1000, "validation": 30}}}
    found = studies({"scale": "reduced", "reduced": limits}, a={"base": base, "variants": variants}).studies["a"]
    counts = {name: (variant.recipe.data.train, variant.recipe.epochs) for name, variant in found.variants.items()}
    assert counts == {"here": (500, 10), "there": (100, 10)}


def test_a_study_below_the_limits_is_not_reduced(studies):
    assert (
        studies({"scale": "reduced"}, a={"variants": {"x": {}}}).recipes == studies(a={"variants": {"x": {}}}).recipes
    )


def test_claims_may_speak_of_a_selection_and_a_selection_of_variants_alone(studies):
    claim = {"id": "C1-1", "says": "…", "test": "greater", "metric": "test_accuracy", "of": "tuned", "than": "big"}
    variants = {"big": {"model": {"widths": [64]}}}
    sound = {"variants": variants | {"huge": {}}, "claims": [claim], "selections": {"tuned": {"among": ["huge"]}}}
    assert studies(a=sound).studies["a"].claims[0].of == "tuned"
    [line] = faults(studies, a=sound | {"selections": {"tuned": {"among": ["bog"]}}})
    assert line.startswith("studies/a.yaml: selections.tuned: no variant 'bog'; did you mean 'big'?")


def test_a_selection_means_the_best_of_the_others_where_a_claim_compares_it_with_a_candidate(studies):
    claim = {"id": "C1-1", "says": "…", "test": "greater", "metric": "test_accuracy", "of": "big", "than": "tuned"}
    variants = {"big": {"model": {"widths": [64]}}, "huge": {}}
    study = {"variants": variants, "claims": [claim], "selections": {"tuned": {"among": ["big", "huge"]}}}
    planned = studies(a=study).studies["a"]
    assert planned.claims[0].than == "tuned (without big)"
    assert planned.selections["tuned (without big)"].among == ("huge",)
    [line] = faults(studies, a=study | {"selections": {"tuned": {"among": ["big"]}}})
    assert line.startswith("studies/a.yaml: selections: expected a candidate for 'tuned (without big)'; got none")


def test_how_a_seed_chooses_is_asked_of_selections_alone(studies):
    variants = {"big": {"model": {"widths": [64]}}}
    claim = {"id": "C1-1", "says": "…", "test": "threshold", "direction": "above", "value": 0}
    claim |= {"metric": {"name": "regret", "target_score": "test_accuracy"}, "of": "big"}
    [line] = faults(studies, a={"variants": variants, "selections": {"tuned": {}}, "claims": [claim]})
    assert line.startswith("studies/a.yaml: C1-1: no selection 'big'")


def test_a_figure_shows_variants_and_no_selection_and_a_selection_is_called_like_no_variant(studies):
    variants = {"big": {"model": {"widths": [64]}}}
    figure = {"kind": "curves", "caption": "c", "variants": ["tuned"]}
    [line] = faults(studies, a={"variants": variants, "selections": {"tuned": {}}, "figures": {"f": figure}})
    assert line.startswith("studies/a.yaml: figures.f: no variant 'tuned'")
    [line] = faults(studies, a={"variants": variants, "selections": {"big": {}}})
    assert line == "studies/a.yaml: selections.big: a variant has this name too. Rename the selection"


BACKBONE = {"name": "resnet18", "width": 64}
PRETRAINING = {"base": STUDY["base"] | {"data": {"name": "cifar10", "train": 100, "validation": 30}, "model": BACKBONE}}
DESCENT = {"study": "p", "variant": "trunk", "layers": ["backbone"], "official": "resnet18_imagenet"}


def parent_of_a_face(studies, config, **changes):
    base = PRETRAINING["base"] | {
        "data": {"name": "faces", "train": 100, "validation": 30},
        "parents": {"weights": DESCENT},
    }
    found = studies(config, p=PRETRAINING | {"variants": {"trunk": {}}}, f={"base": base, "variants": {"x": changes}})
    return found.studies["f"].variants["x"].recipe.parents.weights, found.studies["p"].variants["trunk"].id


def test_published_weights_take_a_parents_place_where_it_would_learn_from_official_data(studies):
    stood_in, trunk = parent_of_a_face(studies, {})
    assert stood_in.recipe == trunk
    published, _ = parent_of_a_face(studies, {"data": {"source": "official"}})
    assert (published.pretrained, published.layers) == ("resnet18_imagenet", ("backbone",))


def test_the_parents_own_source_decides_since_faces_have_none_that_is_official(studies, tmp_path):
    (tmp_path / "faces").mkdir()
    local = {"source": "local", "path": str(tmp_path / "faces")}
    published, _ = parent_of_a_face(studies, {"data": {"source": "official", "sets": {"faces": local}}})
    assert published.pretrained == "resnet18_imagenet"


def test_published_weights_do_not_fit_a_narrower_network_whose_parent_is_then_the_run(studies):
    narrow = STUDY["base"] | {
        "data": {"name": "cifar10", "train": 9, "validation": 9},
        "model": BACKBONE | {"width": 8},
    }
    child = {"base": narrow, "variants": {"x": {"parents": {"weights": DESCENT}}}}
    found = studies({"data": {"source": "official"}}, p={"base": narrow, "variants": {"trunk": {}}}, f=child).studies
    assert found["f"].variants["x"].recipe.parents.weights.recipe == found["p"].variants["trunk"].id


def test_another_parent_is_another_run_even_where_it_is_published(studies):
    ids = set()
    for source in ("embedded", "official"):
        found = studies(
            {"data": {"source": "embedded", "sets": {"cifar10": {"source": source}}}},
            p=PRETRAINING | {"variants": {"trunk": {}}},
            f={
                "base": PRETRAINING["base"]
                | {"data": {"name": "faces", "train": 9, "validation": 9}, "parents": {"weights": DESCENT}},
                "variants": {"x": {}},
            },
        )
        ids.add(found.studies["f"].variants["x"].id)
    assert len(ids) == 2


def test_published_weights_are_taken_by_layer(studies):
    whole = {key: value for key, value in DESCENT.items() if key != "layers"}
    found = faults(
        studies,
        p=PRETRAINING | {"variants": {"trunk": {}}},
        f=PRETRAINING | {"variants": {"x": {"parents": {"weights": whole}}}},
    )
    assert any("name the `layers` to take from them" in line for line in found)


FEATURES = {"name": "feature_logistic", "network": BACKBONE}


def test_a_regression_on_features_takes_a_parent_and_no_other_gradient_setting(studies):
    pretraining = PRETRAINING | {"variants": {"trunk": {}}}
    descent = {"study": "p", "variant": "trunk", "layers": ["backbone"]}
    child = PRETRAINING | {"variants": {"x": {"model": FEATURES, "parents": {"weights": descent}}}}
    recipe = studies(p=pretraining, f=child).studies["f"].variants["x"].recipe
    assert (recipe.learner, recipe.network.name, recipe.epochs) == ("feature_logistic", "resnet18", None)
    orphan = PRETRAINING | {"variants": {"x": {"model": FEATURES}}}
    assert any(
        "trained by feature_logistic, needs: parents.weights" in line
        for line in faults(studies, p=pretraining, f=orphan)
    )
    stepping = PRETRAINING | {"variants": {"x": {"model": FEATURES, "parents": {"weights": descent}, "epochs": 2}}}
    assert any("takes no epochs" in line for line in faults(studies, p=pretraining, f=stepping))
    narrow = PRETRAINING | {
        "variants": {"x": {"model": FEATURES | {"network": BACKBONE | {"width": 8}}, "parents": {"weights": descent}}}
    }
    assert any("layer 'backbone' has another shape there" in line for line in faults(studies, p=pretraining, f=narrow))


@pytest.mark.parametrize("name", ["my study", "Étude", "a.b", "-x", "a" * 101])
def test_a_study_file_whose_name_no_rule_can_make_is_refused_with_the_letters_allowed(studies, name):
    (said,) = faults(studies, **{name: {}})
    assert said.startswith(
        f"studies/{name}.yaml: name of the study: expected at most 100 characters of a–z, A–Z, 0–9, "
    )
    assert f"got {name!r}" in said


def test_hyphens_and_capitals_are_allowed_in_names_of_studies_and_files_of_editors_are_passed_over(studies, tmp_path):
    studies(**{"lr-Sweep_2": {}})
    (tmp_path / "studies/.#lr-Sweep_2.yaml").symlink_to("somebody@somewhere")
    (tmp_path / "studies/._lr-Sweep_2.yaml").write_bytes(b"\0\5\26\7\xa3")
    assert list(studies().studies) == ["lr-Sweep_2"]


def test_a_study_file_that_ends_in_yml_is_refused(studies, tmp_path):
    studies(a={})
    (tmp_path / "studies/mine.yml").touch()
    assert faults(studies) == ["studies/mine.yml: expected the ending .yaml; got .yml. Rename the file"]


@pytest.mark.parametrize("name", ["kaggle/pets", "..", "", "pets{v2}", "my pets", "x" * 300])
def test_a_dataset_name_that_cannot_be_part_of_a_path_is_refused(studies, name):
    data = STUDY["base"]["data"] | {"name": name, "source": "local", "path": "."}
    (said,) = faults(studies, a={"base": STUDY["base"] | {"data": data}, "variants": {"one": {}}})
    assert "data.name: expected at most 100 characters of a–z, A–Z, 0–9, _, - and ., " in said


@pytest.mark.parametrize("folder", ["", "a{b}", "$NOWHERE/out"])
def test_a_results_folder_that_snakemake_would_misread_is_refused(studies, folder):
    (said,) = faults(studies, {"results": folder}, a={})
    assert said.startswith("config.yaml: results: expected the path of a folder, without braces; got ")


def test_the_home_folder_and_variables_in_the_results_folder_are_expanded(studies, monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("SCRATCH", "/scratch")
    assert studies({"results": "~/out"}, a={}).config.results == "/home/me/out"
    assert studies({"results": "$SCRATCH/out"}, a={}).config.results == "/scratch/out"


MASK = {"study": "a", "variant": "trunk", "amount": 0.5}


@pytest.mark.parametrize(
    ("parents", "fault"),
    [
        (
            {"mask": MASK | {"variant": "trees"}},
            "parents.mask: a/trees does not fit: its model 'xgboost' has no",
        ),
        ({"mask": MASK | {"variant": "small"}}, "parents.mask: a/small does not fit: layer 'fc1' has another shape"),
        ({"mask": MASK | {"amount": 1}}, "parents.mask.amount: input should be less than 1; got 1"),
        ({"mask": {"study": "a", "variant": "trunk"}}, "parents.mask.amount: is missing"),
        (
            {"teacher": {"study": "a", "variant": "grey"}},
            "parents.teacher: a/grey does not fit: it learned from",
        ),
        (
            {"teacher": {"study": "a", "variant": "trees", "checkpoint": "best"}},
            "parents.teacher: a/trees does not fit: checkpoint: its model 'xgboost' leaves only 'last'; got 'best'",
        ),
        ({"weights": {"study": "a", "variant": "trunk", "weights": "best"}}, "'weights' is now called 'checkpoint'"),
    ],
)
def test_an_edge_that_does_not_fit_is_named_before_anything_runs(studies, parents, fault):
    grey = {"variants": PARENT["variants"] | {"grey": {"data": {"grey": True}}}}
    objective = {"name": "distillation" if "teacher" in parents else "cross_entropy"}
    [line] = faults(studies, a=grey, b={"variants": {"child": {"parents": parents, "objective": objective}}})
    assert fault in line


def test_a_teacher_and_distillation_need_each_other(studies):
    teacher, soft = {"teacher": {"study": "a", "variant": "trees"}}, {"name": "distillation"}
    for child, fault in (
        ({"objective": soft}, "variant 'child': `objective: distillation` needs a `parents.teacher`"),
        ({"parents": teacher}, "`parents.teacher` needs the objective 'distillation'; got 'cross_entropy'"),
    ):
        [line] = faults(studies, a=PARENT, b={"variants": {"child": child}})
        assert line.endswith(fault)
    assert studies(a=PARENT, b={"variants": {"child": {"objective": soft, "parents": teacher}}})


def test_a_child_starts_from_the_checkpoint_of_early_stopping_where_its_parent_has_one(studies):
    edge = {"weights": {"study": "a", "variant": "trunk", "checkpoint": "stopped"}}
    [line] = faults(studies, a=PARENT, b={"variants": {"child": {"parents": edge}}})
    assert line.endswith("checkpoint: expected one that the parent leaves; got 'stopped'. Add `stop` to its recipe")
    stopping = {"variants": PARENT["variants"] | {"trunk": {"stop": {"patience": 2}}}}
    assert studies(a=stopping, b={"variants": {"child": {"parents": edge}}})


def test_every_edge_of_a_recipe_is_resolved_and_part_of_its_identity(studies):
    edges = {
        "weights": {"study": "a", "variant": "trunk", "checkpoint": "initial"},
        "mask": MASK | {"scope": "global"},
        "teacher": {"study": "a", "variant": "trees", "seed": 3},
    }
    soft = {"objective": {"name": "distillation"}}
    variants = {
        "child": soft | {"parents": edges},
        "other": soft | {"parents": edges | {"mask": MASK | {"amount": 0.6}}},
    }
    found = studies(a=PARENT, b={"variants": variants}).studies
    (child, other), trunk, trees = (
        found["b"].variants.values(),
        *(found["a"].variants[v].id for v in ("trunk", "trees")),
    )
    resolved = child.recipe.parents
    assert [edge.recipe for edge in resolved.edges.values()] == [trunk, trunk, trees]
    assert (resolved.weights.checkpoint, resolved.mask.scope, resolved.teacher.seed) == ("initial", "global", 3)
    assert child.id != other.id


def test_what_is_long_is_cut_in_a_message(studies):
    bomb = "notes:\n- &a [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(
        f"- &{name} [{', '.join([f'*{of}'] * 10)}]\n" for of, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    found = faults(studies, a=bomb, config={"studies": ["x" * 10_000]})
    assert max(map(len, found)) < 2_000


def test_a_truth_value_is_no_number_and_a_number_no_name(studies):
    found = faults(studies, a={"variants": {"x": {"optimiser": {"lr": True}}, "y": {"data": {"name": 3}}}})
    assert any("variant 'x': optimiser: `lr`: expected a number or a name; got true" in line for line in found)
    assert any("variant 'y': data.name: expected text; got 3. Put it in quotes" in line for line in found)


ALIKE = {"axes": {"optimiser.lr": [0.1234567, 0.1234568]}}
POINT = {"axes": {"optimiser.lr": [0.1, 0.2]}, "variants": {"lr=0.1": {"optimiser": {"lr": 0.3}}}}
GREATER = {"id": "C1-1", "says": "x", "test": "greater", "metric": "test_loss", "of": "x", "than": "x"}
EQUIVALENT = GREATER | {"test": "equivalent", "margin": 0.1}
BEST = {
    "id": "C1-1",
    "says": "x",
    "test": "best",
    "metric": "test_loss",
    "goal": "lowest",
    "of": "x",
    "among": ["y", "z"],
}
ONCE = {"id": "C1-1", "says": "x", "test": "trend", "metric": "test_loss", "direction": "up", "over": ["x", "x"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (ALIKE, "axes: two values are both called 'lr=0.123457'"),
        (POINT, "variants.lr=0.1: a point of the grid has this name too"),
        ({"variants": {"": {}}}, "variants: expected a name; got ''"),
        ({"reuse": {"x": "a/y"}}, "reuse.x: a variant of the study has this name too"),
        ({"demo": {"variants": {"xx": {}}}}, "demo.variants: no single variant 'xx'"),
        ({"claims": [GREATER]}, "C1-1: `of` and `than` are both 'x'"),
        ({"claims": [EQUIVALENT]}, "C1-1: `than`: 'x' is in `of` too"),
        ({"claims": [BEST | {"among": ["y", "z"]}]}, "C1-1: `of`: x is not in `among`"),
        ({"claims": [ONCE]}, "C1-1: `over`: expected at least two different variants; got x, x"),
    ],
    ids=["alike", "point", "empty", "reuse", "demo", "greater", "equivalent", "best", "trend"],
)
def test_a_name_with_two_meanings_and_a_comparison_with_itself_are_refused(studies, change, message):
    variants = {"variants": {"x": {}, "y": {}, "z": {}}}
    assert any(f"studies/a.yaml: {message}" in line for line in faults(studies, a=variants | change))


@pytest.mark.parametrize(
    ("config", "change", "where"),
    [
        ({}, {"seeds": []}, "studies/a.yaml: seeds"),
        ({"seeds": []}, {}, "config.yaml: seeds"),
        ({"studies": []}, {}, "config.yaml: studies"),
        ({}, {"axes": {"optimiser.lr": []}}, "studies/a.yaml: axes.optimiser.lr"),
        ({}, {"figures": {"t": TABLE | {"metrics": []}}}, "studies/a.yaml: figures.t.metrics"),
        ({}, {"selections": {"s": {"among": []}}}, "studies/a.yaml: selections.s.among"),
    ],
)
def test_an_empty_list_is_refused_once(studies, config, change, where):
    found = [line for line in faults(studies, config, a=change) if line.startswith(f"{where}: ")]
    assert len(found) == 1
    assert "expected at least 1 item; got 0" in found[0]


def test_a_data_set_that_no_study_uses_is_named_with_its_key(studies):
    config = {"data": {"sets": {"cifra10": {"source": "official"}}}, "reduced": {"sets": {"facse": {}}}}
    found = faults(studies, config, a={})
    assert [line.split("; ")[0] for line in found] == [
        "config.yaml: data.sets: no dataset 'cifra10'",
        "config.yaml: reduced.sets: no dataset 'facse'",
    ]


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ({"parent": {"study": "a", "variant": "trunk"}}, "'parent' is now called 'parents.weights'"),
        ({"shuffled": False}, "'shuffled' is now called 'shuffle'"),
        ({"precision": "double"}, "'precision' is now called 'dtype'"),
        ({"dtype": "double"}, "'double' is now called 'float64'"),
        ({"frozen": "training"}, "'frozen' is now called 'frozen_mode'"),
        ({"frozen_mode": "training"}, "'training' is now called 'train'"),
        ({"model": {"name": "xgboost", "rounds": 5}}, "'rounds' is now called 'n_estimators'"),
        ({"model": {"name": "logistic", "iterations": 5}}, "'iterations' is now called 'max_iter'"),
        ({"model": {"name": "logistic", "inverse_penalty": 5}}, "'inverse_penalty' is now called 'C'"),
    ],
)
def test_the_old_name_of_a_setting_is_answered_with_the_new_one(studies, block, sentence):
    [line] = faults(studies, a=PARENT, b={"variants": {"child": block}})
    assert line.endswith(sentence)


def test_an_error_of_the_base_is_told_once_with_some_of_the_variants_that_share_it(studies):
    broken = {**STUDY["base"], "model": {"name": "mlp", "wdths": [16]}}
    [line] = faults(studies, a={"base": broken, "axes": {"optimiser.lr": [0.1, 0.2, 0.3, 0.4, 0.5]}})
    assert line.startswith(
        "studies/a.yaml: variants 'lr=0.1', 'lr=0.2', 'lr=0.3' and 2 more: model: no setting 'wdths'"
    )
