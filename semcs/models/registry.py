"""Every pretrained network that semcs can use: what it is, whose, and which bytes it must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from semcs.errors import InputError, ModelUnavailableError

Role = Literal["clip", "saliency", "content", "painter", "regions", "metric"]
Host = Literal["hub", "github"]

BUNDLED_FOLDER = Path(__file__).with_name("bundled")
BUNDLED_MANIFEST = BUNDLED_FOLDER / "SHA256SUMS"


@dataclass(frozen=True, kw_only=True)
class ModelSource:
    """Where one network's weights come from, and how to tell that they are the right ones.

    Attributes:
        name: What callers ask for.
        summary: What it is, in one line.
        role: `"clip"` (image and text), `"saliency"` (keys), `"content"` (feature maps),
            `"painter"` (any style in one pass) or `"metric"` (of a measure of pictures).
        licence: The licence of the weights.
        file: The file, in `repo` or in the package's folder of bundled models; safetensors, except
            from GitHub.
        architecture: What open_clip or timm call the network; empty where they don't know it.
        repo: The repository, or None for a bundled file.
        host: Where `repo` is: on the models' hub, or on GitHub at `revision`.
        revision: The commit of `repo` that is fetched, where a public source shows one.
        sha256: The published hash of the file, where a public source shows one.
        size: Size of the file in bytes; three digits where the hub's page shows no more.
    """

    name: str
    summary: str
    role: Role
    licence: str
    file: str
    architecture: str = ""
    repo: str | None = None
    host: Host = "hub"
    revision: str | None = None
    sha256: str | None = None
    size: int | None = None

    @property
    def bundled(self) -> bool:
        """Whether the weights come with the package."""
        return self.repo is None


# A revision or a hash stands here only where a public source shows it, named in the comment above
# it; anything else is left out, and the first download is recorded instead (see `cache`).
_PAPER = (
    # Revision, hash and size: recorded alike by many public projects that pin this file.
    ModelSource(
        name="ViT-B-32",
        summary="OpenAI CLIP ViT-B/32, the image-text model of CLIPstyler and Sem-CS",
        role="clip",
        licence="MIT (OpenAI), Apache-2.0 (the hub's copy)",
        architecture="ViT-B-32-quickgelu",
        repo="timm/vit_base_patch32_clip_224.openai",
        file="open_clip_model.safetensors",
        revision="a6f597a30f7b82c51704746581f9a4e41421e878",
        sha256="e6d1bd7789aa45192b3bf90570a789b478bae1b74ebcce7eddd908e83a2b7c31",
        size=605_143_284,
    ),
    # Revision, hash and size: recorded alike by several public projects that pin this file.
    ModelSource(
        name="RN50",
        summary="OpenAI CLIP ResNet-50, the image-text model of Sem-CS with two texts",
        role="clip",
        licence="MIT",
        architecture="RN50-quickgelu",
        repo="timm/resnet50_clip.openai",
        file="open_clip_model.safetensors",
        revision="ec3d92cf63a5f9d591f0d611b736895966c73076",
        sha256="da0baa37fb2211eee5729ab69ed587eb10d48f5b7076ceeed01552fc3d4cb4ee",
        size=408_291_932,
    ),
    # Revision, hash and size: recorded alike by several public projects that pin this file.
    ModelSource(
        name="ViT-B-16",
        summary="OpenAI CLIP ViT-B/16, with patches half the side of ViT-B/32's",
        role="clip",
        licence="MIT (OpenAI), Apache-2.0 (the hub's copy)",
        architecture="ViT-B-16-quickgelu",
        repo="timm/vit_base_patch16_clip_224.openai",
        file="open_clip_model.safetensors",
        revision="977e3dd0ec55ab8da155f2fbeb6b5f54948b6e3d",
        sha256="4b8699299b1e8997753c64b052ba32031449d5d853f55a039148560ee02b820f",
        size=598_516_980,
    ),
    # Revision: the hub's commit page (a change of the README; the weights are those of May 2023).
    # Hash and size: the records of one public project, before and after its download.
    ModelSource(
        name="dino-vits16",
        summary="DINO ViT-S/16, the features of Deep Spectral Methods",
        role="saliency",
        licence="Apache-2.0",
        architecture="vit_small_patch16_224.dino",
        repo="timm/vit_small_patch16_224.dino",
        file="model.safetensors",
        revision="10e440b8a34dfd657a90f2fcaa988c6b6a2f0da4",
        sha256="8d4795b8e4e327c6d841e15a2e3e6d88c45346256a43f8cdae8c26d92c806f7a",
        size=86_676_340,
    ),
    # Revision, hash and size: the hub's page of the file at this commit.
    ModelSource(
        name="dino-vits8",
        summary="DINO ViT-S/8, on a grid twice as fine",
        role="saliency",
        licence="Apache-2.0",
        architecture="vit_small_patch8_224.dino",
        repo="timm/vit_small_patch8_224.dino",
        file="model.safetensors",
        revision="06cd8ed4b3fcef6305223df082ef8c19bc775704",
        sha256="e1b79616ce6d1b8dc3cc0d5952b6d0958356a189122882493e665d28f20654a0",
        size=86_700_000,
    ),
    # Hash and size: the hub's page of the file, which names this commit as the one that added it.
    ModelSource(
        name="dino-vitb16",
        summary="DINO ViT-B/16, wider features on the grid of ViT-S/16",
        role="saliency",
        licence="Apache-2.0",
        architecture="vit_base_patch16_224.dino",
        repo="timm/vit_base_patch16_224.dino",
        file="model.safetensors",
        revision="9578d3895b3c81965d4fb6de0ffb14491b6fc8f9",
        sha256="93181583427d6de3e18ab0e6ee4df35736cfc51a3c1bf9ae0e9b53b1316598dc",
        size=343_000_000,
    ),
    # Revision, hash and size: recorded alike by several public projects that pin this file.
    ModelSource(
        name="dinov2-vits14",
        summary="DINOv2 ViT-S/14",
        role="saliency",
        licence="Apache-2.0",
        architecture="vit_small_patch14_dinov2.lvd142m",
        repo="timm/vit_small_patch14_dinov2.lvd142m",
        file="model.safetensors",
        revision="4610ca143709d58a633b6397a74412c2c3842454",
        sha256="04d27f3400d059fc0cfd7d17dd1909a75bf3ea8fb3eeb48b97cb99e57ee20081",
        size=88_240_510,
    ),
    # Revision and size: the hub's page of the repository at this commit. No source shows a hash.
    ModelSource(
        name="dinov2-vits14-reg",
        summary="DINOv2 ViT-S/14 with four register tokens",
        role="saliency",
        licence="Apache-2.0",
        architecture="vit_small_patch14_reg4_dinov2.lvd142m",
        repo="timm/vit_small_patch14_reg4_dinov2.lvd142m",
        file="model.safetensors",
        revision="788f50961a4cf5d639e54a0f3c30e17476d346fc",
        size=88_200_000,
    ),
    # Hash and size: the hub's page of the file, which names this commit as the one that added it.
    ModelSource(
        name="vgg19",
        summary="VGG19 trained on ImageNet, the content loss of CLIPstyler and Sem-CS",
        role="content",
        licence="BSD-3-Clause",
        architecture="vgg19.tv_in1k",
        repo="timm/vgg19.tv_in1k",
        file="model.safetensors",
        revision="128d4708565b3a414bcbb9bbad440b2fe37b9f18",
        sha256="11aea017b543ff59233749d8f1cf544cda749378f5790d2fedab841fb86b7669",
        size=575_000_000,
    ),
    # Revision and hash: recorded alike by several public projects that pin this file. Size: that of
    # its 138,357,544 numbers.
    ModelSource(
        name="vgg16",
        summary="VGG16 trained on ImageNet, the network of DISTS",
        role="metric",
        licence="BSD-3-Clause",
        architecture="vgg16.tv_in1k",
        repo="timm/vgg16.tv_in1k",
        file="model.safetensors",
        revision="b8d8aa2dd860af9233c8c67385a8097fd6c35d3f",
        sha256="57b026918159a6bf9faf8405c3a551903768e7138989d9c6224a14227203fad8",
        size=553_000_000,
    ),
    # Hash and size: the manifest of the authors' DISTS-pytorch 0.1, and a public project that pins
    # this revision.
    ModelSource(
        name="dists",
        summary="the authors' weights of DISTS's similarities, α and β",
        role="metric",
        licence="MIT",
        repo="dingkeyan93/DISTS",
        host="github",
        file="DISTS_pytorch/weights.pt",
        revision="1267d8cb626c98706db3697422701c56a85ebf2e",
        sha256="f5e65c96230b7f6ca995691647d482237e4cab8a50c5c4a5784f219ef0748218",
        size=12_288,
    ),
    # Revision, hash and size: recorded alike by several public projects that pin this file.
    ModelSource(
        name="nima",
        summary="idealo's NIMA, a MobileNet trained on the aesthetic ratings of AVA",
        role="metric",
        licence="Apache-2.0",
        repo="idealo/image-quality-assessment",
        host="github",
        file="models/MobileNet/weights_mobilenet_aesthetic_0.07.hdf5",
        revision="dceaf7c2d218bc6e80b21d6e147e3b56a21b7f31",
        sha256="e563ad91b3d47410e45f7238f07ab8f6abd1bd0c4b18a4b0af9c681a21a91cb2",
        size=13_174_216,
    ),
)

# What the manifest of bundled files may list: stem -> role and summary.
_BUNDLED_PARTS: dict[str, tuple[Role, str]] = {
    "clip": ("clip", "small image encoder and text encoder that know styles, materials, colours"),
    "vit": ("saliency", "3 M-parameter ViT that tells objects apart"),
    "content": ("content", "small network whose maps keep what is where"),
    "painter": ("painter", "painter of any text or picture as a style, in one pass"),
    "regions": ("regions", "finds regions by words, clicks and boxes, and draws their outlines"),
}

# Of bundled files whose weights aren't all ours; see bundled/NOTICE.
_OTHERS_LICENCES = {
    "painter": "Apache-2.0 (Magenta's networks), MIT (text coder)",
    "regions": "Apache-2.0 (DeepLab's backbone, trained further), MIT (heads)",
}


_MANIFEST_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64}) [ *](?P<stem>\w+)\.safetensors\s*")


def sources() -> dict[str, ModelSource]:
    """All models by name: the paper ones, then the bundled ones that the package holds.

    Raises:
        ModelUnavailableError: The manifest of the bundled ones is damaged.
    """
    return {source.name: source for source in (*_PAPER, *_read_manifest())}


def get(name: str, *, role: Role | None = None) -> ModelSource:
    """Look a model up by its name.

    Args:
        name: For instance `"ViT-B-32"` or `"dino-vits16"`.
        role: Only a model of this role will do.

    Raises:
        InputError: no such model; the message lists the names.
        ModelUnavailableError: see `sources`.
    """
    known = {n: s for n, s in sources().items() if role is None or s.role == role}
    if name not in known:
        raise InputError(f"unknown model {name!r}; choose from {', '.join(known)}")
    return known[name]


def _read_manifest() -> list[ModelSource]:
    """The bundled files, from lines of `sha256sum`: hash, two spaces, file name."""
    if not BUNDLED_MANIFEST.is_file():
        return []
    try:
        lines = [line for line in BUNDLED_MANIFEST.read_text("utf-8").splitlines() if line.strip()]
        entries = [_MANIFEST_LINE.fullmatch(line) for line in lines]
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged_manifest(str(error)) from error
    for line, entry in zip(lines, entries):
        if entry is None or entry["stem"] not in _BUNDLED_PARTS:
            raise _damaged_manifest(f"it says {line[:100]!r}")
    return [_bundled_source(f"{e['stem']}.safetensors", e["sha256"]) for e in entries if e]


def _damaged_manifest(why: str) -> ModelUnavailableError:
    return ModelUnavailableError(
        f"the list of bundled models {BUNDLED_MANIFEST} is damaged: {why}; install semcs again"
    )


def _bundled_source(file: str, sha256: str) -> ModelSource:
    stem, path = Path(file).stem, BUNDLED_FOLDER / file
    role, summary = _BUNDLED_PARTS[stem]
    return ModelSource(
        name=f"bundled-{stem}",
        summary=summary,
        role=role,
        licence=_OTHERS_LICENCES.get(stem, "MIT"),
        file=file,
        sha256=sha256,
        size=path.stat().st_size if path.is_file() else None,
    )
