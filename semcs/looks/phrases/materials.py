"""What things are made of: what people type for each."""

TABLE = """
mosaic: a mosaic | roman mosaic | mosaic tiles | ceramic tiles | byzantine mosaic |
  made of tiles | small tiles | tile mosaic | mosaic floor | gaudi mosaic | covered in mosaic |
  tesserae | made of mosaic
stained glass: a stained glass window | stained glass window | church window | leaded glass |
  cathedral window | coloured glass | tiffany glass | made of stained glass | gothic window |
  colored glass panes | a church window
crystal: crystals | made of crystal | amethyst | gemstone | diamond | crystalline | quartz |
  faceted gem | jewel | precious stones | covered in crystals | a crystal | sparkling crystals |
  diamonds
gold: golden | made of gold | gold metal | gold leaf | covered in gold | golden statue |
  shiny gold | molten gold | gilded | liquid gold | a golden statue | pure gold | gold plated
silver: chrome | made of silver | silver metal | metal | metallic | polished metal |
  made of metal | chromed | steel | stainless steel | made of chrome | liquid metal |
  shiny metal | mercury | aluminium
bronze: made of bronze | bronze statue | a bronze statue | bronze sculpture | patina |
  antique bronze | brass | cast bronze | bronze metal | weathered bronze | bronze cast |
  made of brass
rust: rusty | rusted metal | rusty metal | corroded iron | covered in rust | rusted iron |
  old rusty steel | corrosion | peeling paint | made of rusty iron | oxidised iron |
  decayed metal | iron
glass: made of glass | transparent glass | clear glass | glassy | blown glass |
  a glass sculpture | transparent | glassware | see-through glass | murano glass | frosted glass |
  crystal clear glass
wood: wooden | made of wood | wood grain | carved wood | wooden planks | wood carving | oak |
  timber | a wooden carving | carved out of wood | walnut wood | plywood | wooden texture
marble: made of marble | white marble | marble statue | a marble statue | marble sculpture |
  marbled stone | carrara marble | polished marble | marble relief | veined marble |
  carved in marble | greek statue
stone wall: stone | masonry | stones | a stone wall | rocks | cobblestone | made of stone |
  rock wall | dry stone wall | old stone masonry | castle wall | stone blocks | cobblestones |
  covered in stones | grey rock | rock
red rock: red rocks | red rock canyon | sandstone | red sandstone | grand canyon | mars | canyon |
  red cliff | made of red rock | red stone | monument valley | rusty red cliffs |
  a red rock
brick: bricks | brick wall | a brick wall | red bricks | made of bricks | old brick wall |
  brickwork | red brick wall | covered in bricks | brick house wall | house of bricks
sand: sandy | made of sand | beach sand | rippled sand | covered in sand | sand ripples |
  grains of sand | sandcastle | a sand sculpture | fine sand | sandy beach | beach
wool: knitted | knitted wool | made of wool | yarn | knitting | a knitted sweater | woolen |
  crochet | knitwear | knitted fabric | made of yarn | woollen | covered in wool
embroidery: embroidered | cross stitch | needlework | embroidered fabric | stitched thread |
  made of thread | tapestry | an embroidery | sewn with thread | hand embroidery | threads |
  satin stitch | woven tapestry
denim: jeans | blue denim | denim fabric | made of denim | fabric | jeans fabric | cotton cloth |
  denim texture | woven fabric | textile | cloth | blue jeans
paper cut: paper craft | papercraft | made of paper | layered paper | cut paper |
  paper cutout | paper art | colored paper | construction paper |
  paper sculpture | paper
low poly: low-poly | lowpoly | polygonal | triangles | low poly art | polygon mesh |
  made of triangles | polygons | low poly 3d | faceted polygons | geometric triangles |
  triangulated | low poly render
origami: an origami | folded paper | origami paper | paper folding | origami crane |
  made of folded paper | folded paper facets | japanese paper folding | origami art |
  paper folds | made of origami | creased paper | an origami sculpture | paper crane
camouflage: camo | army camouflage | military camouflage | camo pattern | woodland camouflage |
  army pattern | camouflage pattern | military | army | camouflage fabric | jungle camouflage |
  soldier uniform | army print
zebra print: zebra stripes | zebra | zebra pattern | striped like zebras | zebra-striped |
  zebra skin | made of zebra | striped like a zebra | zebra fur | animal stripes | zebra hide |
  a zebra | zebra texture
leopard print: leopard | leopard spots | leopard skin | cheetah print | leopard fur | cheetah |
  animal print | leopard pattern | jaguar print | spotted fur | jaguar | cheetah spots | a leopard
dragon scales: scales | dragon skin | reptile scales | dragon | snake skin | reptile skin | scaly |
  snakeskin | covered in scales | fish scales | lizard skin | crocodile skin | made of scales |
  mermaid scales | reptile
slime: slimy | green slime | goo | covered in slime | made of slime | ooze | green goo |
  dripping slime | dripping goo | toxic slime | jelly | ghostbusters | gooey | neon green slime |
  radioactive goo
claymation: clay | plasticine | made of clay | stop motion | play-doh | clay animation |
  wallace and gromit | modelling clay | aardman | play dough | made of plasticine | a clay model |
  clay figures | stop motion animation | playdough
copper: made of copper | verdigris | oxidized copper | copper patina | green patina | copper metal |
  copper statue | polished copper | turquoise patina | oxidised copper | copper roof |
  weathered copper | shiny copper | copper plate | the statue of liberty
pearl: pearls | mother of pearl | made of pearl | pearlescent | nacre | mother-of-pearl | pearly |
  iridescent shell | abalone shell | iridescent | seashell | opal | iridescent white
jade: made of jade | carved jade | jade stone | jade statue | green jade | a jade carving |
  chinese jade | nephrite | milky green stone | translucent green stone | a jade figurine
obsidian: made of obsidian | volcanic glass | black glass | glossy black stone | obsidian glass |
  black obsidian | shiny black stone | polished black stone | dragonglass | onyx | black onyx
porcelain: made of porcelain | delft blue | delftware | blue and white porcelain | china plate |
  delft tiles | azulejo | ming vase | fine china | blue and white pottery | chinese porcelain |
  willow pattern | painted porcelain | porcelain vase | blue and white china | a porcelain plate
terracotta: terra cotta | made of terracotta | clay pot | fired clay | earthenware | pottery |
  terracotta pot | terracotta army | red clay | unglazed pottery | baked clay | flower pot |
  clay pottery | adobe
concrete: made of concrete | cement | concrete wall | brutalism | brutalist | raw concrete |
  brutalist concrete | grey concrete | cast concrete | cast in concrete | bare concrete |
  brutalist architecture | poured concrete
amber: made of amber | amber resin | fossil amber | trapped in amber | tree resin | resin |
  golden resin | baltic amber | honey | made of honey | insect in amber | encased in amber
bubbles: soap bubbles | bubble | made of bubbles | covered in bubbles | soap bubble | foam bath |
  iridescent bubbles | floating bubbles | rainbow bubbles | bubble bath | soapy | soap film
pebbles: river stones | made of pebbles | pebble beach | river pebbles | smooth stones | gravel |
  rounded stones | beach pebbles | shingle beach | covered in pebbles | river rocks |
  small round stones | a pebble beach
leather: made of leather | brown leather | leather hide | tanned leather | stitched leather |
  leather bag | leather jacket | tooled leather | embossed leather | cowhide | leather texture |
  old leather | a leather sofa
velvet: made of velvet | velvet fabric | red velvet | plush velvet | velvet curtain | velvety |
  crushed velvet | royal velvet | velvet cloth | theatre curtain | purple velvet | velour
silk: made of silk | silky | satin | silk fabric | satin fabric | flowing silk | silk cloth |
  satin sheets | shiny silk | smooth satin | draped silk | silk scarf | silken
fur: furry | made of fur | covered in fur | animal fur | fluffy fur | hairy | made of hair | hair |
  fluffy | teddy bear | soft fur | fur coat | fake fur | shaggy fur
lace: made of lace | white lace | lace fabric | doily | lacework | lacy | wedding dress lace |
  crocheted doily | lace curtain | lace doily | bobbin lace | openwork lace | bridal lace
burlap: made of burlap | sackcloth | hessian | jute | burlap sack | coarse fabric | potato sack |
  jute fabric | sacking | rough woven cloth | canvas sack | gunny sack
wicker: made of wicker | basket weave | woven basket | rattan | wicker basket | basket |
  woven bamboo | basketry | a wicker basket | bamboo weave | cane weave | basketwork
cardboard: made of cardboard | corrugated cardboard | cardboard box | torn cardboard |
  brown cardboard | carton | cardboard cutout | a cardboard box | recycled cardboard |
  corrugated paper | ripped cardboard | packing box
chocolate: made of chocolate | chocolate bar | milk chocolate | dark chocolate | a chocolate bar |
  cocoa | a bar of chocolate | melted chocolate | easter bunny chocolate | covered in chocolate |
  moulded chocolate | belgian chocolate
candy: made of candy | sweets | candies | hard candy | gumdrops | candy cane | lollipop |
  jelly beans | sugar candy | colorful candy | willy wonka | gummy bears | candyland | lollipops |
  covered in candy | boiled sweets
bark: tree bark | made of bark | rough bark | covered in bark | tree trunk | oak bark |
  bark of a tree | pine bark | rough tree bark | old tree trunk | bark texture | cracked bark
feathers: feather | made of feathers | covered in feathers | plumage | bird feathers | feathery |
  peacock feathers | wings | feathered | bird plumage | parrot feathers | down feathers
"""
