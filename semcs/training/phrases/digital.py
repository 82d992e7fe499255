"""Light, cameras and screens: what people type for each."""

TABLE = """
neon: neon light | neon lights | neon sign | glowing neon | neon glow | glowing lines |
  neon tubes | a neon sign | fluorescent lights | made of neon lights | glow in the dark |
  glowing neon outlines | tron | neon style
cyberpunk: a cyberpunk city | cyberpunk city | cyberpunk 2077 | blade runner | futuristic city |
  sci-fi city | futuristic neon city | cyber city | neon city at night | dystopian future |
  futuristic | science fiction | sci-fi
vaporwave: synthwave | retrowave | vaporwave aesthetic | eighties retro | outrun | 80s synthwave |
  a vaporwave poster | miami vice | pink and teal aesthetic | 80s retro | aesthetic pastel grid |
  lo-fi aesthetic
glitch: glitch art | glitchy | a glitch | corrupted image | vhs glitch | broken screen |
  datamosh | digital glitch | vhs | corrupted data | glitch effect | television static |
  digital noise
pixel art: 8-bit | pixelated | 8 bit | retro video game | minecraft | pixels | 16-bit game |
  pixel style | an 8-bit game | pixel game | voxel | super mario | low resolution pixels |
  sprite | nes game | made of lego
sepia: old photograph | vintage photo | sepia photo | old photo | antique photograph |
  sepia tone | faded photograph | daguerreotype | nineteenth century photograph |
  a vintage photograph | brown and faded | wild west photo | vintage
black and white: black and white photo | monochrome | black and white photograph | film noir |
  grayscale | greyscale | noir | black-and-white | ansel adams | silver gelatin print |
  a monochrome photo | black and white film | noir film
"""
