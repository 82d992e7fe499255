"""Light, cameras and screens: what people say who do not name the look."""

TABLE = """
neon: las vegas strip | open sign in a bar window | bent gas tubes glowing pink |
  dan flavin and tracey emin | glowing electric outlines | motel sign from the fifties |
  diner and nightclub signage | bright pink and blue tubes | hong kong street signs |
  rave glow sticks | highlighter bright glow on black | light cycle race |
  bruce nauman's glowing words | buzzing argon tubes
cyberpunk: high tech low life | william gibson's neuromancer | ghost in the shell |
  neo-tokyo bikers from akira | night city with flying cars | keanu with a silver arm |
  androids and megacorporations | rainy megacity with ads | deckard hunting replicants |
  altered carbon body swapping future | hackers with implants | deus ex augmentations |
  towering skyscrapers with pink and cyan signs | mega city skyline of tomorrow
vaporwave: greek bust with pink grid | macintosh plus album | roman bust and windows 95 |
  pink sun over wireframe mountains | eighties mall music | palm trees and pastel grid |
  hotline miami pink title screen | nightcall by kavinsky cover |
  purple grid horizon and a striped sun | lo-fi nostalgic eighties |
  floral shoppe album with a bust | delorean driving to a magenta horizon |
  arizona iced tea and dolphins | synth music album cover
glitch: rgb split and scan lines | tv signal breaking up | jpeg with damaged bytes |
  broken video file | cassette tape tracking error | pixels displaced in horizontal bands |
  vanellope flickering out of existence | chromatic aberration and tearing |
  computer screen crashing and tearing | missingno scrambled game bug | error on the display |
  bad cable interference | the ring's cursed tape | rosa menkman's broken files
pixel art: gameboy and super nintendo | zelda on the nes | blocky squares like space invaders |
  farming game like stardew valley | steve and creeper | arcade cabinet graphics |
  sonic on the mega drive | tetris and pac-man | chunky squares from old consoles |
  pokemon red and blue | isometric dot cities by eboy | terraria and celeste |
  dot by dot in deluxe paint | sprites with jagged staircase edges
sepia: stiff portrait of great-grandparents | brown-tinted like an old album |
  faded family album from 1900 | jesse james portrait | browned with age |
  civil war soldiers' portrait | yellowed photograph in the attic | instagram's old-timey filter |
  ancestors' picture from the attic | butch cassidy opening scene |
  kansas scenes in the wizard of oz | tintype from a fairground | edward curtis portraits |
  cuttlefish-brown tinted print
black and white: casablanca and citizen kane | charlie chaplin movies | no colour at all |
  henri cartier-bresson's decisive moment | schindler's list film still |
  frank miller's sin city movie | shower scene from hitchcock's psycho | shades of grey |
  humphrey bogart detective movie | old television before colour | desaturated and high contrast |
  ilford film and darkroom | yosemite in silver gelatin | vivian maier street photos
thermal camera: what the predator sees | hot is red and cold is blue |
  police helicopter searching for a suspect | heat leaking from a house |
  body temperature scan at an airport | false colours from cold to hot | night vision by warmth |
  warm yellow on cold purple | energy audit of a building | schwarzenegger hiding in mud |
  fever screening at the gate | purple and orange temperature picture | warm bodies glowing yellow |
  drone searching for a lost hiker
x-ray: broken bone at the hospital | dentist's picture of teeth | see the bones inside |
  marie curie's wartime hospital van | airport luggage scanner | wilhelm's wife's hand with ring |
  see-through with glowing bones | superman looking through walls | doctor's light box |
  film a radiologist reads | skeleton showing through | ghostly white bones on black |
  chest scan with ribs | nick veasey's see-through art
matrix code: neo and morpheus | trinity freezing in mid kick | red pill or blue pill |
  green letters falling down | katakana characters streaming down |
  wachowski sisters movie screensaver | old terminal screen | agent smith's simulated world |
  green glyphs raining on black | zeros and ones falling | monitors aboard the nebuchadnezzar |
  programmer's terminal in green | keanu sees the world like this | there is no spoon
hologram: princess leia's message | help me obi-wan | tony stark's interface | tupac at coachella |
  blue translucent projection | flickering see-through ghost in blue light |
  see-through girlfriend made of projected light | cortana from halo |
  star trek's emergency doctor | projected in mid-air | beamed out by a little astromech droid |
  translucent cyan figure made of light | rimmer from red dwarf | jedi council member calling in
lego: danish toy from billund | ouch when you step on it | studs on top | snap together pieces |
  everything is awesome | yellow-headed minifigure's world | emmet and wyldstyle |
  duplo for grown-ups | nathan sawaya's sculptures | plastic pieces with knobs |
  plastic castle built from a kit | interlocking studded pieces | ninjago playset for kids |
  building set with instructions
bokeh lights: blurry discs in the background | soft glowing circles |
  city at night through an unfocused lens | wide open aperture at f/1.4 |
  christmas tree blurred behind | portrait lens background blur | dreamy round glows |
  glowing orbs from a fast lens | street traffic turned to soft discs |
  twinkling circles overlapping | romantic evening with blurred lamps | depth blur of an 85mm lens |
  garden party bulbs unfocused | creamy background with round highlights
steampunk: jules verne's nautilus | goggles and top hat | airship and brass goggles |
  columbia's skyrails in bioshock infinite | victorian science fiction | mechanical watch insides |
  brass and rivets | h g wells time machine | howl's moving castle | inside an antique clock |
  league of extraordinary gentlemen | valves and pressure gauges | boiler and pistons |
  hugo's station clock
circuit board: soldered chips and resistors | inside of a computer | green with gold lines |
  arduino and raspberry pi | traces and vias | silicon and transistors | inside a smartphone |
  intel and nvidia | soldering iron work | wiring etched onto green fibreglass |
  graphics card close up | capacitors and diodes | electronic waste green boards |
  opened-up laptop guts
"""
