"""Metal, stone, fired clay and glass: what people say who do not name the look."""

TABLE = """
mosaic: little cubes of stone set in mortar | ravenna's emperor justinian |
  park güell lizard bench | trencadís of broken plates | hagia sophia's golden saints |
  tiny squares with grout lines | pompeii cave canem dog | bathroom floor in small squares |
  alexander at issus from the house of the faun | space invader street pieces in squares |
  pixel-like bits of glazed stone | chipped bits of colour cemented together |
  san marco's shimmering domes | swimming pool bottom of small squares
stained glass: sainte-chapelle in paris | light streaming through lead-framed panes |
  the round rose of notre-dame | lamp shade with dragonfly and lead lines |
  chartres blue panes with saints | thick black leading between jewel bright panes |
  chagall's blue chapel panes | panes soldered with lead came |
  kaleidoscopic glow inside a chapel | jewel colours lit from behind in a nave |
  disney beauty and the beast prologue | glazed saints with black outlines |
  abbey panes casting coloured light | suncatcher hung in the window
crystal: sharp facets catching the light | geode split open | a glittering swarovski swan |
  sparkly purple cave spikes | brilliant cut ring stone | superman's fortress of solitude |
  twinkling gem with prismatic facets | healing stones from the new age shop |
  diamonds are forever | naica cave giant selenite beams | ruby sapphire and emerald cut stones |
  engagement ring rock | pointy clear shards growing from rock |
  prism splitting light into sparkles
gold: king midas touched it | oscar trophy shine | bullion bars in a vault | el dorado treasure |
  c-3po's shiny body | goldfinger painted lady | bling like a rapper's chain |
  precious yellow metal gleaming | fort knox ingots | tutankhamun's mask metal |
  pirate chest of doubloons | 24 carat ingot | opulent warm yellow metallic sheen |
  opera house balcony glitz
silver: jeff koons balloon dog | t-1000 from terminator 2 | anish kapoor's bean in chicago |
  mirror-like grey reflections | shiny car bumper | polished knives forks and spoons |
  knight's shining armour | quicksilver droplets reflecting everything |
  grandmother's sterling teapot | reflective like a ball bearing | aluminium foil wrapped |
  shiny airstream trailer | guggenheim bilbao titanium skin | gleaming hubcap reflection
bronze: rodin's the thinker | statue in a town square with greenish streaks | third place medal |
  lost-wax casting from the foundry | ancient shang ritual vessel | the riace warriors statues |
  equestrian monument of a general | church bell metal | giacometti's thin walking man |
  brown metal sculpture on a plinth | benin court heads | cannon and bell alloy |
  door knocker worn shiny by hands | charging bull of wall street
rust: abandoned car in a junkyard | flaky orange metal left in the rain | old shipwreck hull |
  corten steel sculpture by richard serra | flaky scrapyard decay | corroded nails and chains |
  orange-brown flakes on an old barrel | pitted oxidised surface | angel of the north |
  derelict tanker's hull | flaking red-brown scale | abandoned factory pipes eaten away |
  tetanus waiting to happen | old farm machinery left to rot
glass: dale chihuly's chandeliers | vase you can look straight through |
  cinderella's see-through slipper | wine goblet with refractions | venetian blown vase |
  windowpane with clear reflections | the louvre courtyard pyramid |
  clear bottle bending the light | fragile transparent figurine |
  handle with care see-through ornament | paperweight with refracting edges |
  lab beaker and flask | invisible man silhouette refracting background | snow globe dome
wood: carpenter's whittled figure | pinocchio the puppet | growth rings and knots |
  varnished mahogany table | lumberjack's log cabin | ikea pine shelf | chiselled walnut grain |
  hardwood floor planks | russian nesting doll material | groot from guardians of the galaxy |
  totem pole carving | laser cut birch ply | parquet and sawdust | trojan horse material
marble: michelangelo's david in florence | venus de milo | the taj mahal's white walls |
  classical sculpture in the louvre | bernini's apollo and daphne | white stone with grey veins |
  kitchen countertop with veins | the parthenon's pale sculptures | smooth pale antique torso |
  roman bust of an emperor | apollo belvedere in the vatican | sculptor's polished white block |
  pietà in st. peter's | palace columns and polished floor
stone wall: medieval fortress ramparts | irish field boundaries |
  stacked grey boulders without mortar | old cottage built from fieldstone | inca walls of cusco |
  great wall of china | dungeon blocks with moss and mortar | rough hewn granite blocks |
  dartmoor sheep enclosure | old town street paving | a cold hogwarts corridor |
  scottish castle masonry | turned to stone by medusa | rubble and mortar in grey lumps
red rock: antelope slot in arizona | sedona buttes in arizona | uluru in the outback |
  petra in jordan | layered rust-coloured strata | john ford western backdrop |
  zion and bryce hoodoos | curiosity rover landscape | wile e. coyote's cliffs |
  utah arches and mesas | ochre cliffs with wavy layers | the martian planet surface |
  eroded strata glowing orange | red planet surface
brick: another one in the wall by pink floyd | manchester mill facade |
  bricklayer's trowel and mortar | rows of baked red blocks | brooklyn loft interior |
  third little pig's home | stand-up comedy club backdrop | running bond with mortar joints |
  ornate tudor chimney stack | london terraced house facade | yellow road to oz |
  warehouse wall in red | old chimney stack | courses of masonry in red clay
sand: bucket and spade castle | holiday seaside shore | footprints by the shore |
  grains trickling in an hourglass | marvel villain who crumbles into grains |
  zen garden raked lines | tibetan mandala grains | grainy beige shore texture |
  gets between your toes | crumbly wet castle with turrets | litter box granules |
  wind-blown ridges on a shore | anakin hates it | beach towel and seashell shore
copper: metal of old pennies and plumbing pipes | reddish brown metal pans hanging in a kitchen |
  church dome gone green with age | lady liberty's green metal skin | moscow mule mug |
  shiny orange-pink metal kettle | electrical wire stripped bare |
  whisky still in a scottish distillery | blue-green crust on an old metal roof |
  metal turning turquoise over the years | hammered reddish metal jam pot |
  cent coin coloured metal | element cu with its ruddy shine | seagreen corrosion on a steeple
pearl: lustrous bead from an oyster | what grows inside an oyster | vermeer girl's earring shine |
  string of white beads around audrey hepburn's neck | milky lustre with faint pink and green |
  coco chanel's favourite necklace | inside of a shell shimmering with soft colours |
  tahitian and akoya jewels | shimmering inlay on a guitar fretboard |
  creamy white satin lustre of a mollusc gem | nautilus shell inner sheen |
  diver's treasure from a clam | soft opalescent shimmer in cream and rose |
  najeonchilgi lacquerware shell inlay
jade: green carved buddha from a chinese shop | stone of heaven prized in china |
  maori greenstone pendant | pounamu hei-tiki necklace | bangle in smooth waxy green stone |
  imperial green gemstone carving | aztec and olmec green masks |
  burial suit of han princess in green plaques | waxy pale green mineral carved into a dragon |
  lucky green cabbage sculpture in taipei | jadeite from burma |
  cloudy green stone with an oily polish | mutton-fat nephrite ornament |
  translucent green bi disc with hole
obsidian: razor sharp black shards from a volcano | aztec mirror and arrowheads |
  what white walkers are killed with | minecraft block for the nether portal |
  jet black rock that breaks like glass | glassy black stone with curved fracture |
  tezcatlipoca's smoking mirror | conchoidal flakes of shiny black |
  prehistoric blade knapped from dark glassy rock | glittering black shards from an eruption |
  mirror-like pitch black gemstone | dark vitreous rock with sharp gleaming edges |
  glossy black stone knife of the maya | john dee's black scrying mirror
porcelain: grandmother's tea set with cobalt painting | cobalt brushwork under a white glaze |
  dutch windmill tiles in blue | meissen and sevres figurines | white teacup with blue flowers |
  portuguese wall tiles in blue and white | glossy white glaze with hand-painted blue |
  bull in a china shop crockery | jingdezhen kiln wares | fragile doll with a glazed white face |
  royal copenhagen dinner service | wedding crockery too fine to use |
  kintsugi repaired glazed white bowl | blue painted dishes from the qing dynasty
terracotta: qin emperor's buried soldiers | orange brown pots on a patio | tuscan roof tiles |
  unglazed orange-brown ceramic | mediterranean garden planter | burnt orange earthen vessel |
  italian olive jar baked in the sun | warm reddish matte ceramic figure |
  xian warriors standing in rows | roman amphora in unglazed red earth |
  thrown on a wheel and fired without glaze | tandoor oven and moroccan tagine |
  porous reddish planter with chalky salt stains | pueblo mud houses in new mexico
concrete: soviet housing block facade | parking garage grey slab | le corbusier's beton brut |
  tadao ando walls with round tie holes | barbican estate in london |
  mixed with water and poured into a mould | grey pavement slab | motorway bridge pillar |
  world war two bunker | dull grey wall with air bubbles and board marks | skate park ramp |
  reinforced with steel rebar | hard urban grey building material |
  sidewalk poured from a mixer truck
amber: mosquito in jurassic park's walking stick | fossilised sap of ancient pines |
  golden gem washed up on the baltic coast | see-through orange-yellow stone with a trapped fly |
  lost tsarist room in the catherine palace | prehistoric ant preserved in hardened sap |
  translucent honey-gold pendant from gdansk | sticky syrup glow with tiny trapped air |
  warm yellow transparent nugget from lithuania | petrified conifer sap |
  succinite necklace for teething babies | syrupy golden see-through with specks inside |
  gnat frozen for forty million years | glowing like maple syrup held to light
bubbles: blown through a plastic ring by kids | floating see-through spheres with rainbow sheen |
  froth in the bathtub | washing-up liquid suds | iridescent round films that pop |
  champagne fizz rising | thin shimmering spheres drifting in the air |
  pop goes the shiny floating ball | lather and suds everywhere | glinda's floating sphere in oz |
  millais' boy with a clay pipe | fizzy soda close up |
  transparent balls with swirling oil colours | foamy suds from the dishwasher
pebbles: rounded stones on brighton beach | skimming stones across a lake |
  smooth stones from a stream bed | zen garden with raked little stones |
  walking barefoot hurts on this beach | grey oval rocks worn by the tide |
  aquarium floor of little stones | andy goldsworthy land art of round stones |
  cairn of stacked smooth stones | chesil beach in dorset | cobbles rounded by water |
  driveway of little rounded rocks | wet round rocks by the shoreline |
  sea-worn little rocks in a jar
"""
