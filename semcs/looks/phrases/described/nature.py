"""Nature, weather and times of day: what people say who do not name the look."""

TABLE = """
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
"""
