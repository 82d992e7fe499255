"""A stand-in for ComfyUI: loads node packs, checks graphs and runs them by its rules.

The rules are those of its own loader, `validate_inputs` and executor: links have to be of the type
that the input takes, widgets are converted, held to their range or to their choices, and nodes run
in torch's inference mode, each once.
"""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
import types

import torch

WIDGETS = {"INT": int, "FLOAT": float, "STRING": str, "BOOLEAN": bool}
SOCKETS = {"IMAGE", "MASK"}


class Refused(Exception):
    """The graph isn't one that ComfyUI would run."""


class Interrupted(Exception):
    """Its user has pressed stop."""


def load_pack(folder):
    """The module of a folder in `custom_nodes`, under the name that ComfyUI gives it."""
    name = str(folder).replace(".", "_x_")
    place = folder / "__init__.py"
    spec = importlib.util.spec_from_file_location(name, place, submodule_search_locations=[folder])
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]
    return module


def check_class(node):
    """What ComfyUI reads of a node is there, and its function takes what it says it takes."""
    assert isinstance(node.CATEGORY, str)
    assert isinstance(node.DESCRIPTION, str)
    assert isinstance(node.RETURN_TYPES, tuple)
    assert set(node.RETURN_TYPES) <= SOCKETS | set(WIDGETS)
    assert len(getattr(node, "RETURN_NAMES", node.RETURN_TYPES)) == len(node.RETURN_TYPES)
    said = node.INPUT_TYPES()
    assert set(said) <= {"required", "optional", "hidden"}
    names = []
    for group in said.values():
        for name, (kind, about) in group.items():
            assert re.fullmatch(r"[a-z_]+", name)
            assert isinstance(kind, list) or kind in SOCKETS | set(WIDGETS)
            check_default(kind, about)
            names.append(name)
    signature = inspect.signature(getattr(node(), node.FUNCTION))
    signature.bind(**dict.fromkeys(names))  # all inputs connected
    signature.bind(**dict.fromkeys(said["required"]))


def check_default(kind, about):
    if isinstance(kind, list):
        assert len(kind) == len(set(kind)) > 0
        assert all(isinstance(choice, str) for choice in kind)
        assert about["default"] in kind
    elif "default" in about:
        assert isinstance(about["default"], WIDGETS[kind])
        assert about.get("min", about["default"]) <= about["default"]
        assert about.get("max", about["default"]) >= about["default"]


class Host:
    """Runs graphs of nodes; `given` are the pictures and masks that come from other nodes."""

    def __init__(self, nodes, **given):
        self.nodes, self.given = nodes, given
        self.ran, self.outputs = [], {}

    def run(self, graph, wanted):
        """The outputs of the node that is wanted; those before it run first, each once."""
        filled = {name: self._as_the_page_sends(*node) for name, node in graph.items()}
        with torch.inference_mode():
            self.outputs = {}
            return self._outputs(filled, wanted, self.outputs)

    def _as_the_page_sends(self, kind, inputs):
        """The page sends all widgets, those of optional inputs too, and the sockets in use."""
        widgets = {}
        for group in self.nodes[kind].INPUT_TYPES().values():
            for name, (takes, about) in group.items():
                if (isinstance(takes, list) or takes in WIDGETS) and not about.get("forceInput"):
                    widgets[name] = about["default"]
        return kind, {**widgets, **inputs}

    def _outputs(self, graph, name, done):
        if name in self.given:
            return [self.given[name]]
        if name not in done:
            kind, inputs = graph[name]
            node = self.nodes[kind]
            values = self._values(graph, node, inputs, done)
            done[name] = getattr(node(), node.FUNCTION)(**values)
            self.ran.append(name)
            assert isinstance(done[name], tuple)
            assert len(done[name]) == len(node.RETURN_TYPES)
            for value, type_ in zip(done[name], node.RETURN_TYPES):
                check_value(value, type_)
        return done[name]

    def _values(self, graph, node, inputs, done):
        said = node.INPUT_TYPES()
        known = {**said["required"], **said.get("optional", {})}
        missing = set(said["required"]) - set(inputs)
        if missing:
            raise Refused(f"required input is missing: {missing}")
        values = {}
        for name, value in inputs.items():
            kind, about = known[name]
            if isinstance(value, list):
                other, slot = value
                if self._type_of(graph, other, slot) != kind:
                    raise Refused(f"{name}: return type mismatch between linked nodes")
                values[name] = self._outputs(graph, other, done)[slot]
            else:
                values[name] = check_widget(name, kind, about, value)
        return values

    def _type_of(self, graph, name, slot):
        if name in self.given:
            value = self.given[name]
            return "MASK" if value.ndim == 3 else "IMAGE"
        return self.nodes[graph[name][0]].RETURN_TYPES[slot]


def check_widget(name, kind, about, value):
    """The value of a widget, converted as ComfyUI converts it."""
    if isinstance(kind, list):
        if value not in kind:
            raise Refused(f"{name}: value not in list: {value}")
        return value
    if kind in SOCKETS:
        raise Refused(f"{name}: {kind} has no widget")
    value = WIDGETS[kind](value)
    if value < about.get("min", value):
        raise Refused(f"{name}: value {value} smaller than min of {about['min']}")
    if value > about.get("max", value):
        raise Refused(f"{name}: value {value} bigger than max of {about['max']}")
    return value


def check_value(value, kind):
    """What comes out of a node is what it said it is."""
    if kind not in SOCKETS:
        assert isinstance(value, WIDGETS[kind])
        return
    assert isinstance(value, torch.Tensor)
    assert value.dtype == torch.float32
    assert value.device.type == "cpu"
    assert 0 <= float(value.min()) <= float(value.max()) <= 1
    assert value.ndim == (4 if kind == "IMAGE" else 3)
    assert kind == "MASK" or value.shape[-1] in (3, 4)


def stand_in_modules(stop_after=None):
    """ComfyUI's modules by name, and what its bars were told; stop is pressed after so many."""
    told, asked = [], []

    class ProgressBar:
        def __init__(self, total):
            self.total = total

        def update_absolute(self, value, total=None, preview=None):
            told.append((value, total or self.total, preview))

    def throw_exception_if_processing_interrupted():
        asked.append(1)
        if stop_after is not None and len(asked) > stop_after:
            raise Interrupted

    utils, management = types.ModuleType("comfy.utils"), types.ModuleType("comfy.model_management")
    utils.ProgressBar = ProgressBar
    management.throw_exception_if_processing_interrupted = throw_exception_if_processing_interrupted
    return {"comfy.utils": utils, "comfy.model_management": management}, told
