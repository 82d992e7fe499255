"""The studio: a page to play with in the browser, and the HTTP API beneath it.

    semcs studio          # opens the page
    semcs serve           # the API alone

One thin room over `semcs.Stylizer`, `semcs.RegionFinder`, `semcs.SaliencyPredictor`, the looks and
the metrics. It needs FastAPI, uvicorn and python-multipart: pip install 'semcs[studio]'. The
modules here are imported when a server is started, and by nothing else.
"""
