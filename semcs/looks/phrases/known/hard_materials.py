"""Metal, stone, fired clay and glass: artists, works and things near each look."""

TABLE = """
mosaic: tile | tiles | tiled | roman floor | byzantine | ravenna | hagia sophia mosaic |
  park guell | trencadis | azulejo tiles | tessera | bathroom tiles | mosaic art | zellige |
  moroccan tiles | broken tiles | portuguese tiles | roman villa
stained glass: stained-glass | rose window | church glass | cathedral | cathedral glass |
  notre dame window | sainte-chapelle | chartres | tiffany | tiffany lamp |
  louis comfort tiffany | leadlight | chagall window | stain glass | staind glass
crystal: gem | gems | gemstones | jewels | jewelry | swarovski | prism | prisms | geode |
  rhinestone | rhinestones | cut diamond | topaz | rock crystal |
  brilliant cut | made of ruby | made of emerald | made of sapphire | kryptonite | sparkle
gold: 24 karat | 24 carat | golden metal | solid gold | gilt | gold foil | gold coins | gold bar |
  el dorado | oscar statue | golden mask | gold jewelry | goldfinger | bling | gold dust |
  treasure
silver: platinum | titanium | aluminum | quicksilver | tin | tin foil | foil | aluminium foil |
  mirror polished | terminator | t-1000 | knight armor | armor | armour | metal plate |
  sheet metal | polished steel | nickel | pewter | silverware | mirror | mirror finish | robot |
  robots | car paint chrome
bronze: rodin | auguste rodin | the thinker | brazen | bronze age | benin bronze | bell metal |
  trophy | statue | sculpture | monument | giacometti
rust: rusting | rusted | corroded | oxidized | oxidised | rusty iron | cast iron | wrought iron |
  scrap metal | shipwreck | old car wreck | corten steel | decay | decayed | post-apocalyptic |
  fallout | wasteland
glass: glass sculpture | murano | blown glass vase | chihuly | dale chihuly | see-through |
  translucent | window glass | bottle glass | glass bottle | wine glass | acrylic glass |
  plexiglass | perspex | plastic | clear plastic | cellophane | glasses
wood: mahogany | pine wood | plank | planks | parquet | oak wood | birch wood | walnut plank |
  teak | ebony | cherry wood | driftwood | carpentry | lumber | log cabin | cabin wall |
  pinocchio | marquetry | whittled | totem | totem pole | cork | bamboo wood | wooden toy |
  timbered
marble: statue of david | michelangelo's david | marble bust | roman statue | bernini | canova |
  alabaster | classical sculpture | greek sculpture | roman sculpture | ancient statue | marmor |
  travertine | roman bust | venus de milo | onyx marble
stone wall: rocky | boulder | boulders | granite | castle | fortress | ruins | stony | stonework |
  cobbles | limestone | slate | medieval castle | dungeon | flint | stonehenge | petrified |
  rubble | gargoyle | machu picchu
red rock: canyons | utah | arizona | arches national park | bryce canyon | sedona |
  antelope canyon | martian | red planet | the martian | ayers rock | uluru | petra | wild west |
  western | mesa | redrock
brick: brick work | brickwall | masonry bricks | pink floyd the wall | the wall
sand: sandcastles | sand sculpture | sand castle | sand art | shore | seashore | quicksand |
  beaches | sandpaper
copper: made of copper | copper metal | verdigris | copper pipe | copper wire | copper kettle |
  penny | rose gold | statue of liberty
pearl: mother of pearl | mother-of-pearl | nacre | pearly | pearlescent | iridescent |
  iridescence | opal | opalescent | abalone | oyster | seashell | seashells | shells | shell |
  unicorn | holographic foil
jade: jadeite | nephrite | malachite | jade carving | green gemstone | emerald city
obsidian: black glass | volcanic glass | onyx | jet stone | black marble | black stone |
  black mirror | dragonglass
porcelain: ceramic | ceramics | china | chinaware | delft | delftware | ming vase | ming dynasty |
  ming | meissen | kintsugi | tea cup | teacup | tea set | glazed pottery | porcelain doll |
  blue and white porcelain | enamel | limoges | stoneware
terracotta: clay tablet | cuneiform | clay vase | plant pot | roof tiles | mud | mud brick |
  bare clay | terra-cotta | terracotta warriors | pottery vase | aztec | mayan | maya carving |
  inca
concrete: brutalist building | asphalt | tadao ando | le corbusier | bunker | parking garage |
  pavement | paving | sidewalk | cement wall
amber: jurassic park amber | honeycomb | beeswax | honeyed | syrup | maple syrup | epoxy |
  epoxy resin | whisky | whiskey | beer | cognac
bubbles: bubbly | foam | foamy | lather | champagne | fizzy | soda bubbles | bath foam
pebbles: stone beach | zen garden | gravelly | shingle | cobble beach | river bed
"""
