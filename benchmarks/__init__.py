"""How good, how fast and how faithful semcs is: one command a question.

Pictures:

- `quality`: methods, or variants of a preset, by an independent judge of styles (`judge`)
- `real`: looks by a judge that has seen real pictures alone (`judge_real`)
- `learned`: a learned style against the instant and the optimised picture of its text
- `regions`: the StyleNet that sees the masks against the published one
- `outside`: what changes outside the mask
- `order`: whether the losses prefer the better picture

Networks and masks:

- `models`: the bundled networks on held-out data
- `masks`: masks against true ones, for backbones and settings
- `find`: regions by words, clicks and boxes against true ones; outlines; kept colours
- `eigen`: the eigenvector step against a dense solver
- `cues`: the cues by which a side of the cut is taken for the foreground, fitted and measured
- `speed`, `speed.scaling`: seconds and memory
- `soak`: memory, file handles and delays over many calls of everything
- `video`: do styled clips hold still: warping error, masks, single frames, speed
- `folder`: speed by processes, what it costs beside painting, memory, and what kills and hostile
  files do
- `scale`: the same by Ray; a simulation of stragglers and failures; the arithmetic of 10^8 pictures
- `install`: a fresh installation, to the first styled picture
- `studio`: seconds until pictures are in the browser, for one and for many; malformed requests
- `paper`: the published presets with the published networks, beside the published table
- `licences`: of what is installed

To be looked at:

- `grid`: photos × styles
- `contact`: looks × photos
- `gallery`: `docs/gallery.md`
- `report`: `docs/benchmarks.md`, of all kept results

Each is `python -m benchmarks.NAME`, and `--help` says what it measures, and how. Two files are
texts, written by hand for measuring alone: `models/paraphrases.csv` (see `benchmarks.models.texts`)
and `asked.csv`, what people might ask for and the looks that should paint it, joined by "+", none
where no look fits. `tests/looks/test_match.py` measures precision and recall on the latter.
"""
