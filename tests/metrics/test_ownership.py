"""A network that is handed in stays where and as it is; what measures load is theirs alone."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module

import pytest
import torch
from spoil import tensor

from semcs import metrics
from semcs.errors import InputError
from semcs.metrics import Dists, DistsBundled, Nima, defaults
from semcs.metrics.pairs import PairMeasure
from semcs.models import families

TEXTS = {"fg": "red", "bg": "blue"}

# Every public function that takes a network or a family: how it is called with the caller's.
FUNCTIONS = {
    "agreement": lambda own, a, b, m: metrics.agreement(a, b, "red", m, clip=own.clip),
    "style_rank": lambda own, a, b, m: metrics.style_rank(a, b, "red", m, clip=own.clip).rank,
    "content_distance": lambda own, a, b, m: metrics.content_distance(a, b, m, network=own.content),
    "dists": lambda own, a, b, m: metrics.dists(a, b, m, network=own.dists),
    "nima": lambda own, a, b, m: metrics.nima(b, network=own.nima).mean,
    "score": lambda own, a, b, m: figures(metrics.score(a, b, m, **TEXTS, models=own.family)),
}
# Every public module that does.
MODULES = {
    "ContentDistance": lambda own: metrics.ContentDistance(own.content),
    "DirectionalAgreement": lambda own: metrics.DirectionalAgreement(own.clip, ["red"]),
    "DistsBundled": lambda own: metrics.DistsBundled(own.bundled_content),
}
NETWORKS = {"network", "clip", "models"}


def figures(score):
    """Numbers of a score that depend on networks."""
    return [n for part in (score.whole, *score.regions) for n in (part.content, part.agreement)]


class Own:
    """Networks of a caller."""

    def __init__(self, family):
        self.family, self.clip, self.content = family, family.clip, family.content
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            self.dists, self.nima = (n().eval().requires_grad_(False) for n in (Dists, Nima))
        self.bundled_content = DistsBundled().network

    def networks(self):
        return self.clip, self.content, self.dists, self.nima, self.bundled_content

    def move(self, device):
        for network in self.networks():
            network.to(device)

    def stay(self, monkeypatch):
        """Refuse whatever moves or changes a weight."""

        def refuse(*_, **__):
            raise AssertionError("a network of the caller was moved")

        for network in self.networks():
            monkeypatch.setattr(network, "_apply", refuse)


@pytest.fixture
def own(tiny_family, published_are):
    published_are(None)
    return Own(tiny_family)


@pytest.fixture
def small(flower, dahlia):
    """A photo, an output and a mask of no tensor's kind."""
    photo = flower.resize((96, 64))
    return photo, photo.transpose(0), dahlia[::2, ::2]


def as_double(photo, output, mask):
    """Batches of one, which the networks see in another precision than their own."""
    batches = tensor(photo), tensor(output), torch.from_numpy(mask.copy())[None, None]
    return [batch.double() for batch in batches]


def numbers(found):
    return found.tolist() if isinstance(found, torch.Tensor) else found


class TestCallersNetworks:
    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_functions_leave_them(self, name, own, small, monkeypatch):
        own.stay(monkeypatch)
        FUNCTIONS[name](own, *small)

    @pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "score"])
    def test_functions_leave_them_for_batches(self, name, own, small, monkeypatch):
        expected = FUNCTIONS[name](own, *small)
        own.stay(monkeypatch)
        found = numbers(FUNCTIONS[name](own, *as_double(*small)))
        assert found == pytest.approx([expected] if isinstance(found, list) else expected, abs=1e-4)

    @pytest.mark.parametrize("name", MODULES)
    def test_modules_leave_them(self, name, own, small, monkeypatch):
        own.stay(monkeypatch)
        assert MODULES[name](own)(*as_double(*small)).isfinite().all()

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_functions_go_where_they_are(self, name, own, small, monkeypatch, elsewhere):
        expected = FUNCTIONS[name](own, *small)
        own.move(elsewhere)
        own.stay(monkeypatch)
        found = FUNCTIONS[name](own, *small)
        assert found == pytest.approx(expected, abs=1e-4)
        assert all(next(n.parameters()).device.type == elsewhere for n in own.networks())

    def test_none_is_forgotten_here(self):
        public = {name: getattr(metrics, name) for name in metrics.__all__}
        taking = {
            name
            for name, thing in public.items()
            if NETWORKS & set(inspect.signature(thing).parameters)
            and not hasattr(thing, "__dataclass_fields__")
        }
        assert taking == {*FUNCTIONS, *MODULES}
        are_networks = {
            name
            for name, thing in public.items()
            if isinstance(thing, type)
            and issubclass(thing, torch.nn.Module)
            and name not in MODULES
        }
        assert are_networks == {"Dists", "Nima", "Seam", "Ssim"}


class TestDevice:
    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_a_network_has_its_own(self, name, own, small, monkeypatch):
        function = getattr(metrics, name)
        monkeypatch.setattr(
            metrics, name, lambda *args, **options: function(*args, **options, device="cpu")
        )
        with pytest.raises(InputError, match=r"device is the (network|family)'s own"):
            FUNCTIONS[name](own, *small)

    @pytest.mark.parametrize("name", [*FUNCTIONS, "dists_bundled"])
    def test_one_that_is_not_there(self, name, small):
        photo, output, _ = small
        pair = (output,) if name == "nima" else (photo, output)
        text = ("red",) if name in ("agreement", "style_rank") else ()
        with pytest.raises(InputError, match="device 'nowhere' can't be used"):
            getattr(metrics, name)(*pair, *text, device="nowhere")

    @pytest.mark.parametrize("name", ["content_distance", "dists_bundled"])
    def test_what_is_loaded_runs_there(self, name, small, elsewhere, make_family, monkeypatch):
        monkeypatch.setattr(defaults, "KEPT", {})
        monkeypatch.setattr(families, "load_family", lambda _, device: make_family(device=device))
        photo, output, mask = small
        here, there = (
            getattr(metrics, name)(photo, output, mask, device=d) for d in ("cpu", elsewhere)
        )
        assert there == pytest.approx(here, abs=1e-4)
        assert {key[-1].type for key in defaults.KEPT} == {"cpu", elsewhere}


class TestKept:
    @pytest.fixture(autouse=True)
    def nothing_yet(self, monkeypatch):
        monkeypatch.setattr(defaults, "KEPT", {})

    def test_networks_are_loaded_once_for_a_device(self, small, monkeypatch):
        built = []

        class Counted(DistsBundled):
            def __init__(self):
                built.append(self)
                super().__init__()

        monkeypatch.setattr(metrics.dists_content, "DistsBundled", Counted)
        for _ in range(2):
            metrics.dists_bundled(*small[:2])
        assert len(built) == 1

    def test_what_a_caller_does_to_one_of_his_own_changes_no_answer(self, small):
        expected = metrics.dists_bundled(*small)
        DistsBundled().to(torch.float64)
        DistsBundled().to("meta")
        assert metrics.dists_bundled(*small) == expected

    def test_names_of_families_and_devices(self):
        family = defaults.default_family("bundled", "cpu")
        assert defaults.default_family("bundled", torch.device("cpu")) is family
        assert defaults.default_family(family) is family
        assert len(defaults.KEPT) == 1

    def test_nothing_else_is_remembered(self):
        """No function's answers, and nothing in a module that a call adds to."""
        modules = [
            import_module(f"semcs.metrics.{module.name}")
            for module in pkgutil.iter_modules(metrics.__path__)
        ]
        remembering = {
            f"{module.__name__}.{name}"
            for module in modules
            for name, thing in vars(module).items()
            if getattr(thing, "__module__", None) == module.__name__
            and hasattr(thing, "cache_clear")
        }
        assert remembering == set()

    def test_no_random_number_is_drawn(self, small):
        state = torch.random.get_rng_state()
        metrics.score(*small[:2], models="bundled", device="cpu")
        assert torch.equal(torch.random.get_rng_state(), state)


def test_every_module_of_pairs_is_one_kind():
    of_pairs = [
        thing
        for thing in vars(metrics).values()
        if isinstance(thing, type) and issubclass(thing, PairMeasure)
    ]
    assert len(of_pairs) == 6
