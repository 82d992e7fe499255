"""Ways through a clip: from file to file, a stream of frames, one frame to look at."""
