"""Real teachers' layouts with random weights: what is asked of them and learnt from them."""

from __future__ import annotations

import csv
import sys
from functools import partial

import numpy as np
import open_clip
import pytest
import timm
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file, save_file
from sklearn.datasets import load_sample_image

from semcs.models import paper_weights
from semcs.models.normalise import fit
from semcs.models.paper_vit import load_paper_vit
from semcs.models.registry import get
from semcs.models.vit import BundledVit
from semcs.training import loop, vit
from semcs.training.arguments import autocast
from semcs.training.paper import ClipTeacher, DinoTeacher, Embedded, distillation
from semcs.training.vit import Student, target_affinity

SMALL_CLIP = {
    "embed_dim": 32,
    "quick_gelu": True,
    "vision_cfg": {"image_size": 64, "layers": 1, "width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 32, "heads": 1, "layers": 1},
}
PHRASES = [["gold", "a golden thing"], ["snow", "snowy", "snow in winter"], ["a photo"]]


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def directions(*shape, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return F.normalize(torch.randn(*shape, generator=generator), dim=-1)


def random_weights(build, file):
    """The weights with which a network starts, the same each time, in a file."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        save_file({k: v.contiguous() for k, v in build().state_dict().items()}, file)
    return file


@pytest.fixture(scope="module")
def dino_file(tmp_path_factory):
    build = partial(timm.create_model, get("dino-vits16").architecture, num_classes=0)
    return random_weights(build, tmp_path_factory.mktemp("dino") / "model.safetensors")


@pytest.fixture(scope="module")
def clip_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("clip") / "model.safetensors"
    return random_weights(partial(open_clip.CLIP, **SMALL_CLIP), file)


@pytest.fixture
def teachers_at_hand(dino_file, clip_file, monkeypatch):
    """The weights that a download would bring; the rest of the way to a teacher is the real one."""
    files = {"dino-vits16": dino_file, "ViT-B-32": clip_file}
    monkeypatch.setattr(paper_weights, "fetch", lambda source: files[source.name])
    monkeypatch.setattr(open_clip, "get_model_config", lambda name: SMALL_CLIP)


@pytest.mark.usefixtures("teachers_at_hand")
class TestKeys:
    def test_are_those_of_dino_where_the_grids_are_alike(self, dino_file):
        photos = rand(2, 3, 96, 96)
        keys = DinoTeacher("cpu")(photos, 6)
        assert keys.shape == (2, 36, 384)
        assert torch.equal(keys, load_paper_vit("dino-vits16", path=dino_file)(photos))

    def test_are_those_of_the_photo_at_the_size_of_the_grid(self, dino_file):
        photos = rand(1, 3, 100, 100)
        extractor = load_paper_vit("dino-vits16", path=dino_file)
        assert torch.equal(DinoTeacher("cpu")(photos, 5), extractor(fit(photos, 80)))

    def test_are_averaged_where_patches_are_finer(self, tiny_family):
        extractor, photos = tiny_family.key_extractor, rand(2, 3, 48, 48)
        keys = DinoTeacher("cpu", extractor=extractor)(photos, 3)
        fine = extractor(photos).view(2, 6, 6, 12)
        for token in range(9):
            row, column = 2 * (token // 3), 2 * (token % 3)
            expected = fine[:, row : row + 2, column : column + 2].mean((1, 2))
            torch.testing.assert_close(keys[:, token], expected)

    def test_are_exact_and_without_gradients_in_mixed_precision(self):
        teacher, photos = DinoTeacher("cpu"), rand(1, 3, 32, 32)
        with autocast("cpu"):
            keys = teacher(photos.requires_grad_(), 2)
        assert not keys.requires_grad
        assert torch.equal(keys, teacher(photos, 2))


@pytest.mark.usefixtures("teachers_at_hand")
class TestDino:
    def test_is_asked_about_the_crops_of_the_student_in_their_own_colours(self):
        images = (255 * rand(4, 80, 80, 3)).byte().numpy()
        crop = rand(2, 3, 64, 64, seed=1)

        def cut(source, size):
            assert source is images
            assert size == 64
            return 255 * crop

        (keys,) = vit.Dino(images, "cpu").targets(cut, 4)
        torch.testing.assert_close(keys, DinoTeacher("cpu")(crop, 4))

    def test_chooses_no_photo_twice_unless_there_are_too_few(self):
        dino, rng = vit.Dino(np.zeros((4, 80, 80, 3), np.uint8), "cpu"), np.random.default_rng(0)
        assert sorted(dino.choose(4, rng)) == [0, 1, 2, 3]
        assert set(dino.choose(100, rng)) == {0, 1, 2, 3}


def test_affinity_of_keys_is_the_one_computed_by_hand():
    keys = rand(2, 7, 5) + 3
    affinity = target_affinity(keys)
    torch.testing.assert_close(affinity, affinity.transpose(1, 2))
    torch.testing.assert_close(affinity.diagonal(dim1=1, dim2=2), torch.ones(2, 7))
    for image, seen in zip(keys.double().numpy(), affinity):
        centred = image - image.mean(0)
        expected = [
            [a @ b / (np.linalg.norm(a) * np.linalg.norm(b)) for b in centred] for a in centred
        ]
        np.testing.assert_allclose(seen, expected, atol=1e-5)


class TestStudent:
    def test_learns_keys_and_affinity(self):
        torch.manual_seed(0)
        images, keys = rand(2, 3, 48, 48), rand(2, 9, 20, seed=1)
        student = Student(keys.std((0, 1)), keys.mean((0, 1)))
        optimiser, totals = torch.optim.Adam(student.parameters(), 1e-3), []
        for _ in range(6):
            losses = student.losses(images, keys)
            total = torch.stack([*losses.values()]).sum()
            optimiser.zero_grad()
            total.backward()
            optimiser.step()
            totals.append(total.item())
        assert losses.keys() == {"features", "cosine", "affinity"}
        assert totals[-1] < 0.9 * totals[0]

    def test_of_deeplab_has_the_layout_of_its_checkpoints(self):
        state = Student(torch.ones(256), torch.zeros(256), classes=21).state_dict()
        heads = {k: tuple(v.shape) for k, v in state.items() if not k.startswith("vit.")}
        assert heads == {
            "mean": (256,),
            "std": (256,),
            "features.weight": (256, 192),
            "features.bias": (256,),
            "classes.weight": (21, 192),
            "classes.bias": (21,),
        }


class TestDistillation:
    def test_nothing_is_lost_between_spaces_with_the_same_cosines(self):
        images, texts = directions(9, 16), directions(5, 16, seed=1)
        turn = torch.linalg.qr(directions(24, 24, seed=2))[0][:16]
        student = Embedded(images @ turn, texts @ turn, 3)
        losses = distillation(student, Embedded(images, texts, 3))
        assert losses.keys() == {"paper_texts", "paper_images", "paper_moves"}
        assert max(value.abs().item() for value in losses.values()) < 1e-5

    def test_by_hand(self):
        images, texts = directions(2, 8, 5), directions(2, 4, 5, seed=1)
        student, teacher = (Embedded(i, t, 3) for i, t in zip(images, texts))
        losses = distillation(student, teacher)
        seen, wanted = (50 * (i @ t.T) for i, t in zip(images.double(), texts.double()))
        shares = wanted.softmax(1)
        divergence = (shares * (wanted.log_softmax(1) - seen.log_softmax(1))).sum(1).mean()
        moves = [F.normalize(i[:3] - i[3:6], dim=1) for i in images]
        expected = {
            "paper_texts": divergence.float(),
            "paper_images": 10 * (images[0] @ images[0].T - images[1] @ images[1].T).pow(2).mean(),
            "paper_moves": 10 * (moves[0] @ moves[0].T - moves[1] @ moves[1].T).pow(2).mean(),
        }
        torch.testing.assert_close(losses, expected)

    def test_every_loss_can_be_descended(self):
        teacher = Embedded(directions(12, 16), directions(6, 16, seed=1), 4)
        for name in ("paper_texts", "paper_images", "paper_moves"):
            learnt = [directions(12, 8, seed=2), directions(6, 8, seed=3)]
            learnt = [part.requires_grad_() for part in learnt]
            optimiser, values = torch.optim.Adam(learnt, 0.02), []
            for _ in range(8):
                student = Embedded(*(F.normalize(part, dim=1) for part in learnt), 4)
                loss = distillation(student, teacher)[name]
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                values.append(loss.item())
            assert values == sorted(values, reverse=True)
            assert 0 < values[-1] < 0.8 * values[0]


@pytest.mark.usefixtures("teachers_at_hand")
class TestClipTeacher:
    @pytest.fixture
    def teacher(self, teachers_at_hand):
        return ClipTeacher(PHRASES, "cpu")

    def test_a_student_that_is_clip_has_nothing_to_learn(self, teacher, clip_file):
        towers = open_clip.CLIP(**SMALL_CLIP)
        towers.load_state_dict(load_file(clip_file))
        images, drawn = rand(5, 3, 80, 64), [1, 2, 0]
        said = [phrases[i] for phrases, i in zip(PHRASES, drawn)]
        mean = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
        std = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)
        with torch.no_grad():
            seen = towers.eval().encode_image((fit(images, 64) - mean) / std, normalize=True)
            texts = towers.encode_text(open_clip.tokenize(said), normalize=True)
        same = teacher.losses(seen, images, texts, drawn, pairs=2)
        assert max(value.abs().item() for value in same.values()) < 1e-5
        others = teacher.losses(seen, images, texts, [0, 0, 0], pairs=2)
        assert others["paper_texts"] > 1e-4

    def test_the_student_alone_gets_gradients_in_mixed_precision_too(self, teacher):
        student = [directions(5, 8).requires_grad_(), directions(3, 8, seed=1).requires_grad_()]
        images = rand(5, 3, 64, 64).requires_grad_()

        def losses():
            return teacher.losses(student[0], images, student[1], [0, 1, 0], pairs=2)

        with autocast("cpu"):
            rough = losses()
        torch.testing.assert_close(rough, losses(), rtol=0, atol=0)
        torch.stack([*rough.values()]).sum().backward()
        assert all(part.grad.abs().sum() > 0 for part in student)
        assert images.grad is None

    def test_each_phrase_is_asked_once(self, teachers_at_hand, tiny_family, monkeypatch):
        asked, clip = [], tiny_family.clip
        embed = clip.encode_text
        monkeypatch.setattr(clip, "encode_text", lambda texts: asked.extend(texts) or embed(texts))
        teacher = ClipTeacher(PHRASES, "cpu", clip=clip)
        for _ in range(2):
            teacher.losses(
                directions(2, 8), rand(2, 3, 40, 40), directions(3, 8), [0, 0, 0], pairs=1
            )
        assert asked == [phrase for phrases in PHRASES for phrase in phrases]


class StopHereError(Exception):
    """Stands for whatever ends a run."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    (folder / "photos/flickr").mkdir(parents=True)
    with (folder / "manifest.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "label", "captions"])
        for index in range(4):
            photo = load_sample_image(("china.jpg", "flower.jpg")[index % 2])
            left = 60 * index
            Image.fromarray(photo[:, left : left + 400]).save(folder / f"photos/flickr/{index}.jpg")
            rows.writerow([f"photos/flickr/{index}.jpg", "", ""])
    return folder


@pytest.fixture
def program(data, teachers_at_hand, monkeypatch):
    """Runs `semcs.training.vit --teacher paper` for three small steps, or until `stop_at`."""
    monkeypatch.setattr(vit, "SIDES", (64, 80))
    monkeypatch.setattr(vit, "TOKENS_A_STEP", 2 * 5**2)
    monkeypatch.setattr(vit, "MEASURED_SIDE", 64)
    monkeypatch.setattr(vit, "train", partial(loop.train, save_every=1))
    jitter = vit.jitter_colors

    def run(out, *, stop_at=3, torch_seed=0):
        steps = iter(range(stop_at))

        def jitter_or_stop(*args):
            if next(steps, None) is None:
                raise StopHereError
            return jitter(*args)

        monkeypatch.setattr(vit, "jitter_colors", jitter_or_stop)
        options = ["--data", str(data), "--out", str(out), "--steps", "3", "--teacher", "paper"]
        monkeypatch.setattr(sys, "argv", ["vit", *options])
        torch.manual_seed(torch_seed)
        vit.main()

    return run


class TestProgram:
    def test_a_resumed_run_ends_as_one_that_was_not_stopped(self, program, tmp_path):
        program(tmp_path / "whole")
        with pytest.raises(StopHereError):
            program(tmp_path / "stopped", stop_at=2)
        assert torch.load(tmp_path / "stopped/vit_paper.pt", weights_only=True)["step"] == 2
        assert not (tmp_path / "stopped/vit.safetensors").exists()
        program(tmp_path / "stopped", stop_at=1, torch_seed=1)
        whole, resumed = (
            torch.load(tmp_path / run / "vit_paper.pt", weights_only=True)
            for run in ("whole", "stopped")
        )
        for part in ("model", "average"):
            for name, value in whole[part].items():
                assert torch.equal(value, resumed[part][name]), name
        written = [(tmp_path / r / "vit.safetensors").read_bytes() for r in ("whole", "stopped")]
        assert written[0] == written[1]

    def test_writes_a_bundled_vit_that_has_learnt(self, program, tmp_path):
        program(tmp_path)
        network = BundledVit().eval()
        network.load_state_dict(
            {k: v.float() for k, v in load_file(tmp_path / "vit.safetensors").items()}
        )
        assert network(rand(1, 3, 48, 64)).isfinite().all()
        (line,) = (tmp_path / "vit_paper.log").read_text().splitlines()
        assert all(name in line for name in ("features", "cosine", "affinity"))
        assert "classes" not in line


@pytest.mark.filterwarnings("ignore:.*CUDA is not available")
def test_mixed_precision_is_bfloat16_everywhere():
    for device, kind in (("cpu", "cpu"), ("cuda", "cuda"), ("cuda:1", "cuda")):
        context = autocast(device)
        assert (context.device, context.fast_dtype) == (kind, torch.bfloat16)
    with autocast("cpu"):
        assert (rand(2, 2) @ rand(2, 2)).dtype == torch.bfloat16
