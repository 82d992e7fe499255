"""How people describe the styles who do not name them: second half."""

TABLE = """
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
snow: elsa's and olaf's world | everything white and cold outside | ski resort in the alps |
  white christmas card | sledging hill and snowman | narnia under the white witch |
  flakes falling quietly | avalanche on a mountain | siberia in january |
  sleigh ride with jingle bells | white powder on fir branches | bruegel's hunters coming home |
  hoth from the empire strikes back | pulling a sledge through deep white powder
ice: skating rink surface | antarctica's huge blue cliffs | cubes in a whisky glass |
  subzero solid blue | what sank the titanic | igloo and penguin land |
  hockey rink scratched by blades | perito moreno and its blue crevasses |
  cold hard translucent blue | harbin festival palace | mr freeze from batman |
  lake baikal's transparent winter surface | seracs and blue crevasse walls |
  popsicle cold solid water
fire: campfire at night | burning hot orange tongues | ghost rider's skull |
  phoenix rising and blazing up | flamethrower and matchstick heat | arson and burning house |
  california forest burning down | johnny storm the human torch | satan's burning hot realm |
  calcifer crackling in the hearth | licking orange and yellow tongues | torch and candle heat |
  burning man festival finale | daenerys says dracarys
lava: inside the crack of mount doom | hot red rivers from etna | kilauea spilling over in hawaii |
  glowing orange cracks in black crust | the floor is too hot to touch | pompeii and vesuvius |
  balrog's cracked glowing skin | eruption pouring down the slope | red hot liquid stone |
  mustafar where anakin lost | black crust with fiery veins | basalt still glowing red |
  iceland's fagradalsfjall crater | crust splitting over incandescent liquid
smoke: curling wisps rising from incense | grey plumes from a chimney | vape clouds in a dark room |
  gandalf's pipe rings | ethereal swirls on a black background | genie coming out of a lamp |
  stage machine plumes at a concert | blown out candle trail | cigar lounge air |
  ghostly curling grey strands | death eaters flying in dark plumes |
  drifting from an old man's pipe | hookah and shisha | wispy tendrils curling upwards
leaves: hedge and shrubbery | botanical wallpaper in green | clipped topiary and box hedges |
  poison ivy's green world | salad of green plant parts | leafy canopy of a beech wood |
  arcimboldo style head of greenery | green vines climbing a wall | veined greenery on branches |
  basil and mint bunch | william morris acanthus | vertical garden on a facade |
  sherwood and robin hood's greenwood | chlorophyll green and veins
autumn: new england in october | pumpkin spice season | red and gold maple woods |
  thanksgiving and harvest time | trees turning orange and crimson | vermont foliage tour |
  keats' season of mists and mellow fruitfulness | conkers and acorns on the ground |
  raking the garden before winter | crunchy orange carpet in the park | indian summer woods |
  september to november colours | halloween season with russet trees |
  when the trees lose their crown
flowers: daisies and tulips | botanical garden in bloom | jeff koons's puppy in bilbao |
  midsommar may queen dress | hippie headband of daisies | valentine's gift from the florist |
  keukenhof tulip beds | chelsea show garden | poppies and peonies |
  sunflower and marigold display | georgia o'keeffe's close-ups | bees love these |
  hawaiian lei of hibiscus | frida kahlo's hair ornament
grass: football pitch in the stadium | freshly mown garden | golf course fairway | windows xp hill |
  cows grazing on this | turf and sod | wimbledon court surface | green hill of the teletubbies |
  the shire's rolling hills | wheatgrass and blades up close | dewy green blades |
  prairie and steppe | sheep pasture in ireland | picnic spot in the park
underwater: scuba diver's view | atlantis the sunken city | jacques cousteau film |
  light rays from the surface above | snorkelling and fish all around | seen from a submarine |
  spongebob's bikini bottom | the little mermaid's world | titanic wreck on the seabed |
  twenty thousand leagues below | blue green depths with light ripples |
  kelp forest and rays of light | drowning in the deep blue | sunken city of rapture in bioshock
sea: moby dick's world | grey rolling atlantic swell | surfing in hawaii |
  pirates and sailing ships | tide rolling in on the beach | poseidon and neptune |
  towering tsunami and breakers | white caps and spray | pacific blue swell |
  aivazovsky's shipwreck in a gale | whitecaps breaking on the shore |
  swell rolling toward the coast | salty spray off the bow | sailing across the north atlantic
desert: camel caravan crossing empty land | lawrence of arabia | tatooine with two suns |
  oasis and mirage | hot dry empty land | gobi and namib | rippled golden hills with wind marks |
  bedouin tent land | cacti and scorching heat | endless yellow hills of egypt |
  nomads and tuareg land | paris to dakar rally | aladdin's agrabah surroundings |
  death valley and atacama
galaxy: james webb telescope picture | purple and blue star clouds | andromeda and orion |
  guardians with star-lord | cosmic gas and dust pillars of creation |
  astronaut's background with countless stars | carl sagan's billions and billions |
  black hole swirling | interstellar clouds in magenta and teal | spiral of billions of suns |
  light years away from our planet | far away with darth vader | star trek voyage backdrop |
  supernova remnant colours
night: when everyone is asleep | owls and bats come out | dark blue with a pale moon |
  lunar glow on everything | hour when vampires hunt | dark streets at the witching hour |
  after dark under the stars | when wolves howl | lit only by the moon |
  lights out and total darkness | werewolf howling under a lunar disc |
  pitch-dark with a silver crescent | insomniac's three o'clock | goodnight moon bedtime story
rain: bring an umbrella and galoshes | singing gene kelly with umbrella | wet streets and puddles |
  drops running down a window | monsoon in india | typically wet london pavement |
  water dripping from the sky | caillebotte's paris street with umbrellas |
  cats and dogs coming down | seattle in november | wellington boots and raincoat |
  streaks of falling water | soaked to the skin | umbrellas of cherbourg
fog: san francisco bridge in the morning | london pea souper |
  stephen king's grey cloud from the lake | can barely see anything |
  pale grey veil over everything | jack the ripper's london | washed out pale distance |
  sherlock's baskerville moor | ghost ship appears from grey | lighthouse horn weather |
  caspar david friedrich's wanderer above | low visibility on the road |
  gorillas in the misty hills | soft grey nothing in the background
sunset: sun going down over the ocean | orange and pink sky in the evening |
  fiery sky as the day ends | cowboy riding into it | warm glow at the end of day |
  santorini at eight in the evening | lion king sky | red horizon with a low sun |
  last light of day | california palm silhouettes at sundown | boulevard with billy wilder |
  warm orange backlight and long shadows | before midnight with ethan hawke |
  cocktail hour at cafe del mar
storm: thor swinging his electric hammer | zeus throwing bolts | flash and rumble |
  zigzag bolts across dark sky | tesla coil discharge | harry potter's scar |
  emperor palpatine's fingers | bolts over frankenstein's castle laboratory |
  pikachu's crackling bolt attack | tornado chasers in kansas | dark clouds lit by flashes |
  high voltage sparks | hurricane and tempest | back to the future's clock tower
clouds: cotton wool in the sky | seen from an airplane window | laputa floating castle |
  angels and harps | magritte's sky bird | care bears' home | white puffs on blue |
  toy story bedroom wallpaper | cirrus and stratus | cumulus puffs with super lakitu |
  fluffy white shapes overhead | pearly gates surroundings | nimbus and cumulus |
  bespin city in the air
aurora: tromso in winter | green curtains dancing in the sky | lapland igloo view |
  iceland tourist night photo | solar wind hitting the atmosphere |
  glowing green ribbons above the arctic | alaska and yukon night show |
  philip pullman's lyra in the north | shimmering green and purple veils | finnish fox fires |
  heavenly green ribbons over norway | magnetic pole glow | sky dance in reykjavik |
  balto's sky lights
rainbow: red orange yellow green blue indigo violet | pride flag colours |
  pot of gold and leprechaun | seven bands of roygbiv | unicorn and my little pony |
  all colours in bands | noah's promise in the sky | prism on the pink floyd cover |
  judy garland's dorothy song | arc when sun and showers meet | bifrost bridge to asgard |
  nyan cat's trail | lgbt parade colours | seven stripes painted on a child's ceiling
cherry blossom: hanami picnic in tokyo | pink trees in japan | kyoto in april |
  washington tidal basin in april | delicate pink flowers on bare branches |
  naruto's pink-haired girl | confetti of pink from the trees | van gogh's almond branches in pink |
  samurai's fleeting beauty | pale pink trees along a canal | mount fuji framed by pink branches |
  philosopher's path of pink trees in kyoto | pink snow in march | prunus in pale pink
dawn: when the rooster crows | sun coming up over the hills | soft pink and pale gold sky |
  waking up early with coffee | new day begins | birds start singing | eos with rosy fingers |
  monet's harbour of le havre | milkman's and baker's hour | five in the morning |
  balinese volcano hike view | peer gynt's famous mood | dew and pale peach sky |
  first rays over the horizon
blue hour: between sunset and darkness | street lamps just switched on | l'heure bleue in paris |
  photographers' moment after sundown | edward cullen and bella swan | indigo sky with lit windows |
  gloaming in scotland | magritte's empire of light | last blue glow before dark |
  cool blue dimness and warm windows | nordic winter afternoon light |
  city skyline when lamps come on | skagen painters' beach evening | cocktail dress and cobalt sky
sunny day: perfect beach weather at noon | july afternoon with ice cream | cloudless and bright |
  cloudless californian noon | bright enough for sunglasses | picnic and lemonade weather |
  hockney's california brightness | holiday brochure weather | high noon with short shadows |
  bright cheerful daylight | heatwave in august | mediterranean holiday light |
  good weather for a barbecue | crisp shadows and hot pavement at noon
fireworks: guy fawkes night | bastille day in paris | sydney harbour at midnight |
  colourful explosions in the night | disney castle finale | roman candles and catherine wheels |
  chinese rockets and crackers | katy perry song | whistler's falling rocket |
  ooh and aah in the sky | independence day celebration | hanabi festival in summer |
  bursts of light over the river | gandalf's show at bilbo's party
sandstorm: furiosa driving through it | techno hit by darude | wall of dust approaching |
  violent weather on planet arrakis | dry wind full of grit | khamsin and sirocco |
  dust bowl of the thirties | phoenix arizona dust wall | orange haze with no visibility |
  grains whipped by the wind | the mummy's face in the dust | imhotep's swirling face |
  goggles and scarf weather | grapes of wrath oklahoma
coral reef: nemo and dory's home | clownfish and parrotfish habitat | snorkelling in the maldives |
  australia's famous dive spot | colourful polyps and sponges |
  bleaching because of climate change | brain and staghorn shapes | bikini atoll's living colours |
  red sea dive in sharm | tropical fish among sea fans |
  sea urchins and starfish among pink branches | atoll and lagoon life |
  pink branching sea animals | seahorses among sea fans
jungle: mowgli and baloo | tarzan swinging on a liana | henri rousseau's tiger |
  lush vines and parrots | borneo and congo | jumanji vines bursting into the house |
  humid green with monkeys | big split houseplant fronds | indiana jones temple surroundings |
  hot steamy and full of lianas | machete path through dense wet undergrowth |
  orangutan and jaguar habitat | banana fronds and exotic birds |
  predator stalking arnold in the undergrowth
moss: soft green cushion on stones | old damp forest floor | velvety green on a log |
  saihoji temple in kyoto | yakushima's green woods | princess mononoke's forest |
  grows on the north side of trees | damp green carpet on rocks | terrarium ground cover |
  spongy green cushions of iceland | fuzzy green growth | sphagnum and peat bog |
  abandoned ruins gone soft and green | stone wall turned fuzzy green
frost: jack who nips at your nose | scraping the windscreen in the morning |
  feathery patterns on the glass | crystalline white coating on grass |
  freezer lined with white needles | fern-like patterns on a cold pane |
  sparkling needles on every twig | white rimy coating in december | cold snap on the garden |
  delicate frozen ferns | dendrites growing over glass | subzero morning on the windowpane |
  car window on a freezing morning | powdery white needles on berries
lavender field: purple rows in the south of france | valensole plateau in purple rows |
  scent of soap and sachets | l'occitane soap advert scenery | bees humming in purple rows |
  violet stripes to the horizon | purple rows before senanque abbey | purple farmland in july |
  calming aromatherapy plant | mauve hills in france | furano in hokkaido |
  relaxing bath oil plant rows | grasse perfume country | hazy purple furrows
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
