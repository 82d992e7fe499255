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
  sprite | nes game
sepia: old photograph | vintage photo | sepia photo | old photo | antique photograph |
  sepia tone | faded photograph | daguerreotype | nineteenth century photograph |
  a vintage photograph | brown and faded | wild west photo | vintage
black and white: black and white photo | monochrome | black and white photograph | film noir |
  grayscale | greyscale | noir | black-and-white | ansel adams | silver gelatin print |
  a monochrome photo | black and white film | noir film
thermal camera: thermal imaging | infrared | heat map | thermal vision | infrared camera |
  thermal image | heat vision | predator vision | a thermal camera image | thermography |
  flir camera | body heat | infrared heat map | heatmap
x-ray: xray | x-ray image | an x-ray | radiograph | x ray | x-ray photograph | medical x-ray |
  radiography | x-ray scan | roentgen image | x-ray film | seen through x-rays | skeleton x-ray
matrix code: the matrix | matrix | green code | falling green code | matrix rain | digital rain |
  computer code | hacker screen | green text on black | source code | hacker | ascii art |
  made of code | binary code | code rain
hologram: holographic | a hologram | hologram projection | blue hologram | holographic display |
  star wars hologram | holographic projection | hologram effect | glowing hologram |
  sci-fi hologram | cyan scan lines | projected hologram
lego: made of lego | lego bricks | legos | lego blocks | toy bricks | plastic bricks |
  made of lego bricks | built from lego | toy blocks | a lego model | lego mosaic | brick toy |
  plastic toy blocks | built out of legos
bokeh lights: bokeh | blurred lights | out of focus lights | fairy lights | bokeh circles |
  string lights | soft focus lights | christmas lights | defocused lights | blurry city lights |
  bokeh photography | shallow depth of field | out of focus | blurry lights at night
steampunk: gears | cogs | brass gears | clockwork | victorian machine | cogwheels | steam punk |
  made of gears | a steampunk machine | brass machinery | clockwork gears | industrial gears |
  copper pipes and gears | steampunk style | cogs and gears
circuit board: pcb | printed circuit board | electronics | motherboard | a circuit board |
  microchip | circuits | electronic circuit | computer chip | green circuit board | circuit |
  made of circuits | computer hardware | copper traces | circuitry
"""
