"""Light, cameras and screens: artists, works and things near each look."""

TABLE = """
neon: neons | neon city | neon signs | glow stick | glowstick | black light | blacklight |
  uv light | laser | lasers | laser light | las vegas sign | glow-in-the-dark | led | leds |
  led lights | disco | rave | nightclub | night club | light painting | bioluminescent |
  bioluminescence | glowing | glow | electric glow | neon noir | hotline miami
cyberpunk: cyber punk | ghost in the shell | akira city | neuromancer | dystopia | dystopian |
  sci fi | scifi | tokyo at night | night city | cybernetic | cyborg | megacity |
  hong kong at night | altered carbon | future city | cyber | deus ex | future | neo tokyo |
  shibuya | android
vaporwave: vapor wave | synth wave | synthwave sunset | aesthetic | a e s t h e t i c | 80s |
  1980s | eighties | eighties style | stranger things | retro wave | outrun style | vapourwave |
  memphis design | windows 95 | kavinsky | drive movie | retro | retro futurism | retrofuturism |
  nineties | 1990s | 90s | y2k | seapunk | lo-fi | lofi | 70s retro
glitch: glitched | glitches | datamoshing | data moshing | corrupt data | corrupted |
  pixel sorting | vcr | vhs tape | crt | crt screen | analog video | scan lines | scanlines |
  chromatic aberration | static noise | tv static | bad signal | broken tv | error | databend |
  max headroom | old tv | camcorder | found footage
pixel art: pixel | 16-bit | 16 bit | 32-bit | atari | commodore 64 | game boy | tetris |
  space invaders | pac-man | pacman | stardew valley | terraria | roguelike | arcade |
  arcade game | retro game | 8bit | 16bit | voxels | voxel art | roblox | sonic the hedgehog |
  sega | snes | zx spectrum | undertale | pixel graphics | pixellated | low resolution |
  video game | pixelart | mario | old video game | celeste game
sepia: victorian photo | victorian | 1890 | 1890s | 1880s | 1900s | 1910s | antique | old-timey |
  old timey | tintype | sepia toned | sepia-toned | daguerrotype | 1900s photo |
  vintage photography | old fashioned photo | 19th century photo | nostalgic | nostalgia |
  civil war photo | wet plate | ambrotype | ww1 photo | polaroid | kodachrome
black and white: b&w | b and w | bw | b/w | casablanca | black & white | hitchcock |
  psycho movie | silent film | silent movie | charlie chaplin | chaplin | henri cartier-bresson |
  cartier-bresson | robert doisneau | gray scale | grey scale | monochromatic | old film |
  old movie | nosferatu | classic hollywood | schindler's list | desaturated | colorless |
  colourless | without color | without colour | no color | no colour
thermal camera: thermal | infra red | infrared photo | thermo camera | heat camera | thermogram |
  flir | night vision | thermal photo | the predator | false color | false colour |
  heat signature
x-ray: x-rayed | radiology | ct scan | mri | mri scan | skeleton | skeletons | bones |
  ultrasound | xrays | anatomy scan | bone scan | hospital scan | day of the dead
matrix code: the matrix movie | ascii | matrix film | hacker code | terminal | command line |
  green code on black | computer screen code | binary | ones and zeros | zeroes and ones |
  programming | digital code | mr robot | code | coding | teletext
hologram: holograms | holo | r2-d2 projection | star wars projection | projection | holodeck |
  blade runner hologram | jarvis interface | heads up display | hud | ghostly projection |
  virtual reality | vr | force ghost
lego: duplo | lego movie | the lego movie | brick toys | lego minifigure | lego figure |
  toy brick | lego city | building blocks | toy | toys | plastic toy | playmobil | perler beads
bokeh lights: out-of-focus | defocused | blurred | blurry | blur | lights in the background |
  city lights | christmas tree lights | light spots | lens blur | lens flare | helios lens |
  soft focus | dreamy lights | fireflies | lanterns | candles | glitter | sequins | fairy light
steampunk: steam engine | dieselpunk | cog | gear | clock work | clock | clocks | watch movement |
  victorian science fiction | bioshock infinite | mortal engines | hugo cabret | gearwheel |
  gearwheels | machine | machinery | mechanical | mechanism | automaton | airship | zeppelin |
  industrial revolution | robot from brass | pocket watch | locomotive
circuit board: microchips | cpu | processor | chip | computer chips | mainboard |
  printed circuit | electronic | computer | arduino | raspberry pi | soldered | solder |
  semiconductor | silicon chip | wires | tron circuits | transistor
"""
