"""Real teachers' layouts with random weights: what is asked of them and learnt from them."""

from __future__ import annotations

from functools import partial

import open_clip
import pytest
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from semcs.models import cache
from semcs.models.normalise import fit
from semcs.models.weights import read_weights
from semcs.training.arguments import autocast
from semcs.training.paper import ClipTeacher, DinoTeacher, Embedded, distillation

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


@pytest.fixture(scope="module")
def clip_file(random_weights, tmp_path_factory):
    file = tmp_path_factory.mktemp("clip") / "model.safetensors"
    return random_weights(partial(open_clip.CLIP, **SMALL_CLIP), file)


@pytest.fixture
def teachers_at_hand(dino_file, clip_file, monkeypatch):
    """The weights that a download would bring; the rest of the way to a teacher is the real one."""
    files = {"dino-vits16": dino_file, "ViT-B-32": clip_file}
    monkeypatch.setattr(cache, "read", lambda source: read_weights(files[source.name]))
    monkeypatch.setattr(open_clip, "get_model_config", lambda name: SMALL_CLIP)


class TestKeys:
    def test_are_those_of_dino_where_the_grids_are_alike(self, teachers_at_hand, extractor):
        photos = rand(2, 3, 64, 64)
        keys = DinoTeacher("cpu")(photos, 4)
        assert keys.shape == (2, 16, 384)
        assert torch.equal(keys, extractor(photos))

    def test_are_those_of_the_photo_at_the_size_of_the_grid(self, dino, extractor):
        photos = rand(1, 3, 100, 100)
        assert torch.equal(dino(photos, 5), extractor(fit(photos, 80)))

    def test_are_averaged_where_patches_are_finer(self, tiny_family):
        extractor, photos = tiny_family.key_extractor, rand(2, 3, 48, 48)
        keys = DinoTeacher("cpu", extractor=extractor)(photos, 3)
        fine = extractor(photos).view(2, 6, 6, 12)
        for token in range(9):
            row, column = 2 * (token // 3), 2 * (token % 3)
            expected = fine[:, row : row + 2, column : column + 2].mean((1, 2))
            torch.testing.assert_close(keys[:, token], expected)

    def test_are_exact_and_without_gradients_in_mixed_precision(self, dino):
        photos = rand(1, 3, 32, 32)
        with autocast("cpu"):
            keys = dino(photos.requires_grad_(), 2)
        assert not keys.requires_grad
        assert torch.equal(keys, dino(photos, 2))


class TestDistillation:
    def test_nothing_is_lost_between_spaces_with_the_same_cosines(self):
        images, texts = directions(9, 16), directions(5, 16, seed=1)
        turn = torch.linalg.qr(directions(24, 24, seed=2))[0][:16]
        student = Embedded(images @ turn, texts @ turn, 3)
        losses = distillation(student, Embedded(images, texts, 3))
        assert losses.keys() == {"paper_texts", "paper_images", "paper_directions"}
        assert max(value.abs().item() for value in losses.values()) < 1e-5

    def test_by_hand(self):
        images, texts = directions(2, 8, 5), directions(2, 4, 5, seed=1)
        student, teacher = (Embedded(i, t, 3) for i, t in zip(images, texts))
        losses = distillation(student, teacher)
        seen, wanted = (50 * (i @ t.T) for i, t in zip(images.double(), texts.double()))
        shares = wanted.softmax(1)
        divergence = (shares * (wanted.log_softmax(1) - seen.log_softmax(1))).sum(1).mean()
        directions_of = [F.normalize(i[:3] - i[3:6], dim=1) for i in images]
        cosines = [d @ d.T for d in directions_of]
        expected = {
            "paper_texts": divergence.float(),
            "paper_images": 10 * (images[0] @ images[0].T - images[1] @ images[1].T).pow(2).mean(),
            "paper_directions": 10 * (cosines[0] - cosines[1]).pow(2).mean(),
        }
        torch.testing.assert_close(losses, expected)

    def test_every_loss_can_be_descended(self):
        teacher = Embedded(directions(12, 16), directions(6, 16, seed=1), 4)
        for name in ("paper_texts", "paper_images", "paper_directions"):
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
        clip = open_clip.CLIP(**SMALL_CLIP)
        clip.load_state_dict(load_file(clip_file))
        images, drawn = rand(5, 3, 80, 64), [1, 2, 0]
        said = [phrases[i] for phrases, i in zip(PHRASES, drawn)]
        mean = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
        std = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)
        with torch.no_grad():
            seen = clip.eval().encode_image((fit(images, 64) - mean) / std, normalize=True)
            texts = clip.encode_text(open_clip.tokenize(said), normalize=True)
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


@pytest.mark.filterwarnings("ignore:.*CUDA is not available")
def test_mixed_precision_is_bfloat16_everywhere():
    for device, kind in (("cpu", "cpu"), ("cuda", "cuda"), ("cuda:1", "cuda")):
        context = autocast(device)
        assert (context.device, context.fast_dtype) == (kind, torch.bfloat16)
    with autocast("cpu"):
        assert (rand(2, 2) @ rand(2, 2)).dtype == torch.bfloat16
