from __future__ import annotations

from typing import ClassVar

import pytest
import torch

from semcs.models.families import ModelFamily

ALL = {
    "patch_weight": 9.0,
    "direction_weight": 0.5,
    "background_weight": 0.7,
    "content_weight": 0.3,
    "tv_weight": 1e-3,
    "patch_threshold": 0.0,  # no kinks
}


def pull(objective, styled, name):
    """Gradient of one loss on every region's picture, (R, H, W)."""
    styled = styled.clone().requires_grad_()
    objective(styled)[0][name].backward()
    return styled.grad.abs().amax(1)


def columns(region):
    """Columns of the region in a picture of two halves."""
    return slice(0, 32) if region == 0 else slice(32, 64)


# Crops of 32 pixels, of which many lie across the border, and no kinks.
WIDE = {"patch_threshold": 0.0, "patches": 64, "patch_size": 256}


class TestIsolation:
    def crosses(self, objective, region):
        """Whether a crop of the region that is drawn next lies on both sides."""
        drawn = objective.sampler.draw(torch.Generator().manual_seed(0))
        left, width = drawn.boxes[drawn.regions == region][:, [0, 2]].unbind(1)
        return bool(((left < 32) & (left + width > 32)).any())

    @pytest.mark.parametrize("region", [0, 1])
    def test_a_crop_moves_its_own_regions_pixels_alone(self, make_objective, only, styled, region):
        scales = (1.0, 0.0) if region == 0 else (0.0, 1.0)  # the other's crops count for nothing
        objective = make_objective(**only("patch_weight"), **WIDE, patch_scales=scales)
        assert self.crosses(objective, region)
        grads = pull(objective, styled, "patch")
        assert (grads[1 - region] == 0).all()
        own = columns(region)
        assert grads[region][:, own].max() > 0
        others = grads[region].clone()
        others[:, own] = 0
        assert (others == 0).all()

    def test_crops_at_the_border_see_both_sides(self, make_objective, only, styled):
        losses = []
        for other in (styled[1:], 1 - styled[1:]):
            objective = make_objective(**only("patch_weight"), **WIDE, patch_scales=(1.0, 0.0))
            losses.append(objective(torch.cat([styled[:1], other]))[0]["patch"].item())
        assert losses[0] != pytest.approx(losses[1], rel=1e-4)

    def test_the_published_network_lets_crops_pull_at_both(self, make_objective, only, styled):
        objective = make_objective(
            **only("patch_weight"),
            **WIDE,
            patch_scales=(1.0, 0.0),
            stylenet="published",
        )
        assert pull(objective, styled, "patch")[1][:, 32:].max() > 0

    @pytest.mark.parametrize("region", [0, 1])
    def test_a_regions_direction_moves_its_own_pixels_alone(
        self, make_objective, only, styled, region
    ):
        weight = ("direction_weight", "background_weight")[region]
        grads = pull(make_objective(**only(weight)), styled, "direction")
        own = columns(region)
        assert grads[region][:, own].max() > 0
        grads[region][:, own] = 0
        assert (grads == 0).all()

    def test_kept_pixels_are_pulled_by_nothing(self, make_objective, styled, halves):
        objective = make_objective(**ALL, masks=halves[:1])
        styled = styled[:1].clone().requires_grad_()
        losses, picture = objective(styled)
        sum(losses.values()).backward()
        assert (styled.grad[..., 32:] == 0).all()
        assert styled.grad[..., :32].abs().max() > 0
        assert torch.equal(picture[..., 32:], objective.task.content[..., 32:])


class TestPatchSets:
    def test_they_take_turns(self, make_objective):
        objective = make_objective(patch_sets=3, patch_source="crop")
        drawn = [objective._next_patches() for _ in range(7)]
        boxes = [patches.boxes.tolist() for patches, _ in drawn]
        assert boxes[3:6] == boxes[:3]
        assert boxes[6] == boxes[0]
        assert len({str(box) for box in boxes}) == 3
        for (patches, sources), (again, same) in zip(drawn, drawn[3:]):
            assert patches is again
            assert sources is same

    def test_without_them_crops_are_new_each_time(self, make_objective):
        objective = make_objective()
        drawn = [objective._next_patches()[0].boxes.tolist() for _ in range(4)]
        assert len({str(box) for box in drawn}) == 4

    def test_the_first_round_is_that_of_new_crops(self, make_objective, styled):
        losses = [
            [make(styled)[0]["patch"].item() for _ in range(2)]
            for make in (make_objective(patch_sets=2), make_objective())
        ]
        assert losses[0] == losses[1]


@pytest.fixture
def double_family(tiny_family):
    return ModelFamily(
        "bundled",
        clip=lambda: tiny_family.clip.double(),
        key_extractor=lambda: tiny_family.key_extractor,
        content=lambda: tiny_family.content.double(),
    )


@pytest.mark.parametrize(
    ("regions", "fields"),
    [
        (1, {}),
        (1, {"patch_source": "crop", "patch_sampling": "uniform"}),
        (2, {"stylenet": "published"}),
        (2, {"stylenet": "published", "softmax_source": True, "tv_per_pixel": False}),
        # With its own pixels alone moving, a crop's gradient is a part of the whole, on purpose.
        (2, {"patch_weight": 0.0}),
    ],
)
def test_gradient_against_finite_differences(
    make_objective, double_family, content, halves, styled, regions, fields
):
    objective = make_objective(
        **{**ALL, **fields},
        masks=halves[:regions].double(),
        picture=content.double(),
        family=double_family,
    )

    def total(pictures):
        objective.generator.manual_seed(0)
        return sum(objective(pictures)[0].values())

    pictures = styled[:regions].double().requires_grad_()
    total(pictures).backward()
    generator, step = torch.Generator().manual_seed(4), 1e-6
    with torch.no_grad():
        for _ in range(6):
            direction = torch.randn(pictures.shape, generator=generator).double()
            # A few pixels at a time.
            direction *= torch.rand(pictures.shape, generator=generator) < 0.01
            slope = total(pictures + step * direction) - total(pictures - step * direction)
            expected = (pictures.grad * direction).sum().item()
            assert slope.item() / (2 * step) == pytest.approx(expected, rel=1e-4, abs=1e-7)


def test_a_seed_fixes_the_crops(make_objective, styled):
    first, again, other = (make_objective(seed=seed) for seed in (3, 3, 4))
    for _ in range(2):
        expected = first(styled)[0]
        seen = again(styled)[0]
        assert {k: v.item() for k, v in seen.items()} == {k: v.item() for k, v in expected.items()}
        assert other(styled)[0]["patch"] != expected["patch"]


def test_new_crops_at_every_call(make_objective, styled):
    objective = make_objective()
    assert objective(styled)[0]["patch"] != objective(styled)[0]["patch"]


def test_the_losses_judge_the_styles_at_full_strength(make_objective, styled):
    """A blend is made afterwards: an optimisation that sees it fights it."""
    full, faint = (make_objective(strengths=strengths) for strengths in ((1.0, 1.0), (0.9, 0.1)))
    (losses, picture), (same, same_picture) = full(styled), faint(styled)
    torch.testing.assert_close(picture[..., :32], styled[:1, ..., :32])
    torch.testing.assert_close(picture[..., 32:], styled[1:, ..., 32:])
    assert torch.equal(picture, same_picture)
    assert {k: v.item() for k, v in losses.items()} == {k: v.item() for k, v in same.items()}


class TestRoles:
    """What a region is decides its weights, not where it stands in a list."""

    WEIGHTS: ClassVar = {"direction_weight": 2.0, "background_weight": 3.0}

    @pytest.mark.parametrize(
        ("roles", "expected"),
        [
            (("foreground", "background"), [2, 3]),
            (("background", "foreground"), [3, 2]),
            (("background", "region"), [3, 2]),
        ],
    )
    def test_weights(self, make_objective, roles, expected):
        objective = make_objective(roles=roles, **self.WEIGHTS)
        assert objective.region_weights.tolist() == expected

    def test_a_background_alone_has_the_backgrounds(self, make_objective, halves):
        """It was taken for the foreground, since it came first."""
        options = {**self.WEIGHTS, "patch_scales": (0.3, 0.7)}
        objective = make_objective(masks=halves[:1], roles=("background",), **options)
        assert objective.region_weights.tolist() == [3]
        assert objective.crop_scales.tolist() == pytest.approx([0.7])

    def test_a_region_may_have_a_weight_of_its_own(self, make_objective):
        objective = make_objective(weights=(7.0, None), **self.WEIGHTS)
        assert objective.region_weights.tolist() == [7, 3]

    def test_crop_scales(self, make_objective):
        objective = make_objective(roles=("background", "region"), patch_scales=(0.3, 0.7))
        assert objective.crop_scales.tolist() == pytest.approx([0.7, 1.0])

    def test_crops_to_the_foregrounds_text_wherever_it_stands(self, make_objective, only, styled):
        """With two regions in the other order, the pull is that of the other's text."""
        options = {**only("patch_weight"), "patch_text": "foreground", "stylenet": "published"}
        options["patch_threshold"] = 0.0
        first, second = (
            make_objective(roles=roles, styles=styles, **options)(styled)[0]["patch"].item()
            for roles, styles in (
                (("foreground", "background"), ("gold", "snow")),
                (("background", "foreground"), ("snow", "gold")),
            )
        )
        assert first == pytest.approx(second, rel=1e-5)


def test_weights_multiply_the_losses(make_objective, styled):
    plain = make_objective(**ALL)(styled)[0]
    doubled = make_objective(**{k: 2 * v for k, v in ALL.items()})(styled)[0]
    for name, loss in plain.items():
        assert doubled[name].item() == pytest.approx(2 * loss.item(), rel=1e-5)


@pytest.mark.parametrize(("times", "side"), [(1, 64), (6, 96), (8, 128), (16, 256)])
def test_crops_grow_and_shrink_with_the_picture(make_objective, content, halves, times, side):
    objective = make_objective(  # 64, 384, 512 and 1,024 pixels wide
        picture=content.repeat(1, 1, times, times), masks=halves.repeat(1, 1, times, times)
    )
    assert objective.patch_size == side


def test_crops_span_the_sizes_asked_for(make_objective, content, halves):
    ranges = []
    for span in (1.0, 2.0):
        objective = make_objective(
            picture=content.repeat(1, 1, 4, 4),  # 192 × 256
            masks=halves.repeat(1, 1, 4, 4),
            patch_span=span,
            patches=200,
        )
        sides = objective.sampler.draw(objective.generator).boxes[:, 2]
        ranges.append((sides.min().item(), sides.max().item()))
    assert ranges[0] == (64, 64)
    assert ranges[1] == pytest.approx((64, 128), abs=2)


def test_regions_and_crops_are_embedded_together(make_objective, styled):
    both = make_objective(**ALL)(styled)[0]
    for name, other in (("direction", "patch_weight"), ("patch", "direction_weight")):
        without = {**ALL, other: 0.0, **({"background_weight": 0.0} if name == "patch" else {})}
        alone = make_objective(**without)(styled)[0]
        assert both[name].item() == pytest.approx(alone[name].item(), rel=1e-5)


def test_an_empty_mask_styles_nothing(make_objective, styled, content, halves):
    _, picture = make_objective(masks=torch.zeros_like(halves[:1]))(styled[:1])
    assert torch.equal(picture, content)
