"""Cloth, hides, paper, crafts, sweets and slime: what people say who do not name the look."""

TABLE = """
wool: jumper grandma made with needles | purl and garter stitches | cosy cable mittens |
  sheep's fleece spun and looped | stuffed amigurumi toy | fuzzy christmas jumper |
  hand-made scarf with needles | beanie and bobble hat | kitten playing with a ball |
  aran fisherman's pullover | yoshi's woolly world | chunky blanket stitches |
  soft loops of merino | ugly christmas pullover
embroidery: bayeux norman conquest cloth | needle and floss on a hoop |
  sewing sampler home sweet home | iron-on patch for a jacket |
  stitched flowers on a linen blouse | mexican otomi animals | colourful floss stitched on cloth |
  hand-stitched monogram on a handkerchief | aida fabric with little x shapes |
  the lady and the unicorn weaving | a ukrainian vyshyvanka blouse |
  french knots and chain stitches | raised satin threads on a cap | folk costume blouse stitching
denim: levi's 501 trousers | indigo twill trousers | cowboy trousers with copper rivets |
  blue work trousers with orange stitching | faded indigo with frayed seams | diesel and wrangler |
  back pocket of my trousers | bruce springsteen born in the usa sleeve | dungarees and overalls |
  the canadian tuxedo | acid wash jacket | diagonal indigo weave | baggy stonewashed trousers |
  britney and justin 2001 outfit
paper cut: silhouettes snipped with tiny scissors and stacked |
  layers of coloured card with little drop shadows | kirigami shadow box with a light behind it |
  chinese new year window decoration cut with scissors | pop-up book page that unfolds in layers |
  delicate scherenschnitt done with a scalpel | scissors and glue school craft project |
  papel picado banners hanging in mexico | sheets of tinted card sliced and layered for depth |
  hans christian andersen scissor silhouettes | diorama of stacked card stock hills |
  scrapbook scene from trimmed card stock | the layered cutout look of tearaway app wallpapers |
  lotte reiniger style silhouette theatre
low poly: flat shaded facets like an early 3d game |
  playstation one graphics with hardly any vertices | a wireframe model with very few faces |
  made in blender with flat shading | delaunay mesh of shaded shards |
  angular planes of flat colour fitted together | chunky computer model without smooth surfaces |
  faceted animal head wall poster of vector shards |
  minimalist indie game landscape with angular mountains |
  nintendo 64 era three-dimensional graphics | mesh decimated down to a few hundred faces |
  geometric fox logo of shaded polygonal planes | crude virtual reality avatar with sharp facets |
  monument valley style simple 3d shapes
origami: mountain folds and valley folds in a square sheet |
  thousand cranes for sadako in hiroshima | a little bird creased from one square sheet |
  crisply folded boat made by a child | fortune teller cootie catcher from school |
  akira yoshizawa's wet-folding technique | robert lang's creased insects |
  no scissors and no glue just folding | gaff's tiny unicorn left on the floor |
  sharp creases and pleats in a thin sheet | frog that hops when you press its back |
  tessellated pleats folded out of washi | modular kusudama ball of folded units |
  paper planes and hats folded by hand
camouflage: blotches of olive and brown and khaki | what troops wear to hide in the woods |
  hunting jacket with irregular green blobs | combat trousers from the surplus store |
  tank paint that blends into the trees | woodland battle dress uniform |
  disruptive pattern of khaki patches | bape hoodie blobs in green and tan |
  gi joe and rambo outfit | marine corps marpat digital blotches | soldier hiding in the bushes |
  ghillie sniper concealment colours | deer hunter's gear and duck blind cloth |
  cargo pants with drab irregular patches
zebra print: black stripes on a white savanna horse | striped coat of the african plains animal |
  marty from madagascar | bold wavy black and white animal bands |
  safari rug striped in black and white | serengeti herd animal with hooves and stripes |
  juventus coloured wavy animal stripes | striped grazing animal that lions chase |
  equine hide with irregular dark bands | eighties spandex with black and white animal stripes |
  savannah pony in striped pyjamas | tapering dark bands on short white hair |
  wavy striped upholstery of el morocco nightclub | grevy's and burchell's striped coats
leopard print: black rosettes on tawny gold | dappled savanna predator hide |
  big cat rosettes on a tan background | tarzan's loincloth pattern |
  fred flintstone's spotted wild cat pelt | dolce and gabbana wild cat spots |
  glam rock leggings with feline rosettes | fur of the fastest cat in africa |
  dark broken rings scattered over yellowish hide | bet lynch blouse from coronation street |
  ocelot and panther rosettes | tacky feline spotted coat from the seventies |
  bagheera's spotted cousin | spotted predator resting in an acacia tree
dragon scales: overlapping shiny plates like smaug | skin of a giant lizard that breathes fire |
  rows of overlapping plates on a serpent | game of thrones drogon hide |
  armoured hide of a fire-breathing beast | iguana back seen very close |
  overlapping keeled plates along a snake's back | glittering fish tail of a siren |
  pangolin armour plates | komodo monster skin | koi carp flank with overlapping plates |
  python handbag texture | how to train your toothless hide | the basilisk's plated body
slime: sticky green stuff dripping down | nickelodeon gunge poured over a head |
  slimer the green ghost | snot green sticky gunk | viscous mucus oozing everywhere |
  toxic waste leaking from a barrel | kids stretchy toy from borax and glue |
  flubber bouncing around | gloopy ectoplasm from a haunted house |
  snail trail mucus and swamp muck | the blob from the horror movie | slippery lime green gunge |
  radioactive sludge from the sewer | stretchy gooey putty in a tub
claymation: shaun the sheep and chicken run | thumbprints left in soft modelling material |
  puppets moved a little between each frame | morph from british television | gumby and pokey |
  squishy figures shaped with fingers | pingu the penguin |
  hand-moulded puppets with big googly eyes | california raisins commercial |
  nick park's studio in bristol | soft coloured dough rolled by kids |
  frame by frame puppet animation | creature comforts interviews |
  squeezed and pinched coloured dough sculpture
leather: motorcycle jacket and biker boots | cowboy saddle and holster |
  brown wallet with white stitching | chesterfield armchair with buttons |
  grained animal hide from the tannery | old bookbinding with embossed title |
  smell of new car seats | old baseball catcher's glove | hermes and louis vuitton luggage |
  worn boots and belt | indiana jones satchel and whip | cobbler's and saddler's workshop |
  tanned skin with pores and creases | well-worn brown suede and hide
velvet: plush theatre drapes | soft pile cloth that changes shade when brushed |
  king's robe with ermine | jewellery box lining | opera house seats | deep rich nap fabric |
  smooth plush fabric in burgundy | tuxedo jacket worn by prince |
  painting of elvis on plush cloth | twin peaks red room curtain | ring case lining in dark plush |
  seventies lounge sofa in plush purple | brushed pile tracksuit worn by paris hilton |
  soft dense pile with a dark sheen
silk: smooth shimmering cloth from cocoons | spun by worms on mulberry trees |
  kimono fabric with a sheen | slippery glossy sheets | flowing evening gown with soft shine |
  hermes square tied at the neck | pyjamas of a hollywood star |
  marco polo's precious cloth from the east | smooth lustrous folds that ripple |
  slinky nightgown fabric | parachute cloth billowing and gleaming |
  indian sari with lustrous folds | men's necktie with a glossy sheen |
  glossy drapery flowing like liquid
fur: chewbacca the wookiee | cuddly plush toy coat | sulley from monsters inc |
  long shaggy strands like a yeti | soft as a kitten's coat | cruella de vil's coat |
  grizzly bear pelt | guinea pig fuzz | bigfoot's thick coat | oppenheim's teacup covered in pelt |
  mink stole and fox collar | woolly mammoth shag | fuzzy monster like a muppet |
  strokeable fluff like a rabbit
lace: bridal veil pattern | delicate white threads with holes | grandma's table mat in fine thread |
  victorian collar and cuffs | brussels and chantilly needlework |
  fine openwork with floral motifs | black lingerie trim |
  nottingham curtains with see-through flowers | delicate netting on a wedding gown |
  spanish mantilla veil | intricate thread loops made with bobbins |
  vermeer's woman bent over her bobbins | tatting and filet crochet trim |
  burano island handmade threadwork
burlap: sacks for coffee beans | coarse brown weave for potatoes |
  scarecrow's face with button eyes | sack race bag | rough plant-fibre cloth |
  alberto burri's patched sacks | rustic barn wedding table runner | grain bag from a feed store |
  scratchy brown weave | sandbags in the trenches |
  oogie boogie from the nightmare before christmas | loose coarse threads in dull tan |
  itchy sack worn by a penitent | tow-coloured weave around a tree's roots
wicker: picnic hamper with a lid | garden chair woven of willow | moses cradle for a baby |
  over and under strips of willow | porch furniture woven of cane | summerisle's burning man film |
  easter egg carrier with a handle | laundry hamper of woven reeds |
  peacock chair from the seventies | interlaced willow rods | bread tray woven from osier |
  hot air balloon gondola | snake charmer's woven pot | bicycle front carrier of woven cane
cardboard: amazon delivery package | moving house boxes | wavy fluted layer between brown sheets |
  kids fort from packaging | pizza delivery box | cheap brown packaging with tape |
  frank gehry wiggle chair | shigeru ban paper tube architecture | kraft packaging ripped open |
  ikea flat pack box | nintendo labo fold-up piano kit | brown box with parcel tape |
  egg tray and toilet roll craft | homemade robot costume out of boxes
chocolate: hershey and cadbury | brown squares you break off | easter bunny from lindt |
  sweet brown treat that melts in the mouth | brownies and fudge sauce | praline from brussels |
  ganache and truffles | augustus gloop's river | swiss milka tablet | nutella on a spoon |
  glossy tempered brown confectionery | valentine's box of truffles | fondue fountain at a wedding |
  roasted beans from ghana made into a treat
candy: haribo and skittles | trick or treat haul | gingerbread house decoration |
  glossy sugary treats in bright colours | sweet shop jars |
  red and white striped peppermint sticks | hansel and gretel's witch house |
  sugar plum fairy land | wreck-it ralph sugar rush | m&ms and smarties |
  pick and mix liquorice allsorts | chewy sugary cubes from the fairground |
  king candy's pink sugary world | swirly sugar on a stick
bark: rough outer skin of an old oak | deep furrows and ridges of a tree |
  birch peeling in white strips | skin of treebeard the ent | where woodpeckers hammer |
  cork and cinnamon come from this layer | groot's rough brown skin |
  carved initials and a heart on a tree | crusty brown ridges on a trunk |
  redwood and sequoia trunks | plane tree with flaking patches |
  beetle tunnels and resin drips on a pine | gnarled ancient yew surface |
  fissured outer layer of a log
feathers: what birds are covered with | pillow fight fluff flying around |
  big bird from sesame street | goose quills from a barnyard | eagle and owl coats |
  showgirl's fluffy cabaret boa | rio carnival headdress | macaw and flamingo colours |
  barbs along a central shaft | icarus and his wax | overlapping vanes in rows like a swan |
  angel's white wings up close | black swan ballet costume | war bonnet of a lakota chief
"""
