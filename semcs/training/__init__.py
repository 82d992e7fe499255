"""How the bundled models are made: a program for each network, run from a checkout.

    python -m semcs.training.NAME --help

`vit`, `text`, `clip`, `clip_text_head`, `clip_image_encoder`, `perceptual`, `magenta`, `painter`,
`painter_canvas`, `deeplab` and `regions` train or convert; `region_segments` draws photos to
be labelled; `bundle` puts what was written into the package. None of this is in the installed
package, and nothing there imports it.
"""
