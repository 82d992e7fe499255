"""Networks: the registry, the real pretrained models, and the bundled ones."""
