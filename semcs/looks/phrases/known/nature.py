"""Nature, weather and times of day: artists, works and things near each look."""

TABLE = """
snow: snowfalls | snowing | snowflake | narnia | siberia | antarctica | arctic | polar |
  christmas | xmas | alps in winter | snowman | winter wonderland | ski resort | avalanche |
  hogwarts in winter | north pole | powder snow | snowed in | winter forest | the snow queen |
  frozen disney | elsa
ice: iced | glacial | permafrost | freeze | freezing | ice palace | ice castle | ice cubes |
  ice cube | ice sculpture | ice age | deep freeze | ice cave | ice rink | antarctic ice
fire: flame | in fire | ablaze | burnt | burn | hell | infernal | hellfire | phoenix | firestorm |
  campfire | dragon fire | burning man | forest fire | furnace | torch | balrog
lava: magma flow | mordor | mount doom | eruption | volcanoes | erupting volcano | molten |
  pompeii eruption | basalt | hot coals | kilauea | etna | vesuvius
smoke: smoking | smog | steamy | incense | vapor | fumes | cigar smoke | smoke bomb | genie |
  chimney smoke | vaping | soot and smoke
leaves: leaf | fern | ferns | garden | hedge | green forest | woodland | trees | tree |
  vines | topiary | eucalyptus | bush | plant | botanical | mother nature | nature |
  enchanted forest | fairy forest | four leaf clover | clover | cabbage | hanging gardens |
  overgrown
autumn: autumn tree | autumn trees | fall leaf | fall colors | fall colours | autumn colors |
  autumn colours | indian summer | harvest | thanksgiving | vermont in fall | september |
  november | pumpkin | pumpkins | halloween leaves | maple leaf | maple | foliage season |
  orange foliage
flowers: flower | rose garden | floral pattern | floral wallpaper | rosebush | tulips | tulip |
  daisies | daisy | poppies | poppy | sunflower | sunflowers | lilies | lily | peony | peonies |
  orchids | orchid | wild flowers | bloom | blooming | in bloom | petal | meadow flowers |
  flower meadow | georgia o'keeffe | o'keeffe | hawaiian shirt | chintz | bouquets |
  garden of flowers | hydrangea | dahlia | chrysanthemum | arcimboldo | flower power |
  floral print | hibiscus | midsommar | botanic garden
grass: grassland | savanna | prairie | pasture | turf | wheat field | football field |
  golf course | lawns | grass field | hay | shire | the shire | hobbiton | teletubbies
underwater: atlantis | scuba diving | diving | submarine | under sea | undersea | little mermaid |
  the little mermaid | bikini bottom | aquatic | subnautica | bioshock |
  20000 leagues under the sea | drowned | sunken | seabed | ocean depths | jellyfish |
  whale song | pool | in the water
sea: seascape | sea waves | tide | tidal wave | tsunami | oceanic | ocean wave | lake | atlantic |
  pacific | seaside | watery | stormy ocean | maritime | nautical | rivers | waterfall |
  waterfalls | wave | surfing | lakes | pirates of the caribbean | moby dick | niagara | rapids
desert: deserts | gobi | gobi desert | dunes of arrakis | arrakis | tatooine |
  lawrence of arabia | namib | mojave | death valley | oasis | moroccan desert | journey game |
  savannah sand
galaxy: universe | stars | star | starfield | star field | nebulae | cosmic dust | star trek |
  star wars | supernova | black hole | astronomy | constellation | constellations | solar system |
  planet | planets | space opera | starry | starlight | astral | celestial | interstellar movie |
  james webb | zodiac | orbit | milkyway | astronaut | alien planet | no man's sky
night: nighttime city | nocturne | moon | moonshine | moonlit night | midnight hour | nightscape |
  gotham | gotham city | vampire | halloween | haunted house | haunted | batcave | dracula |
  graveyard | horror | horror film | spooky | darkness | evening dark
rain: rainstorm | wet | puddles | monsoon | singing in the rain | seattle weather | rainy window |
  rain on glass | rain on a window | showers | umbrella | umbrellas | raindrop | shower
fog: london fog | fogbank | foggy forest | mist on a lake | silent hill fog | cloudy mist |
  brume | hazy morning | misty mountains | misty forest | ghostly | ghost | ethereal
sunset: sun set | setting sun | sundown | magic hour | red sky | orange sky | tequila sunset |
  california sunset | sunset beach | tropical sunset | evening sky | sunsets | lion king |
  savannah sunset
storm: thunder storm | thunders | lightening | tempest | hurricane | tornado | twister | cyclone |
  typhoon | lightning bolt sky | zeus | thor | tesla coil | frankenstein laboratory | electric |
  plasma ball | storms | electrical storm
clouds: cloudscape | cloudscapes | heavens | sky with clouds | cotton clouds | cumulus |
  overcast | angelic | angel | paradise | cloud city | skies | cirrus | candyfloss clouds |
  laputa
aurora: polar light | northern light | polar lights sky | iceland sky | southern light |
  aurora polaris | boreal lights | aurora night
rainbow: prismatic | rainbow flag | pride | pride flag | rainbow colored | spectrum |
  multicolored | multicoloured | lgbt | roygbiv | nyan cat | care bears | my little pony
cherry blossom: cherryblossom | hanami | sakura tree | blossom tree | plum blossom |
  japanese spring | easter | april | japan in spring | almond blossom | magnolia | apple blossom |
  peach blossom | japanese garden
dawn: sun rise | sunrises | sun-up | early dawn | first light of day | crack of dawn |
  morning sun | rosy morning | pink sky | aurora goddess | the sun rises
blue hour: evenings | dusky | gloaming | late evening | early evening | eventide | evening blue |
  city at dusk
sunny day: sun | sunlight day | sunbeam | sun rays | sunrays | holiday | july | august | noon |
  midday | clear day | bright day | beach day | california | mediterranean | tuscany | summery |
  summertime | sunshiny | heat wave | greece in summer | santorini
fireworks: firecracker | firecrackers | sparkler | new year | new years | new year's |
  bonfire night | guy fawkes | diwali | fourth of july | independence day | bastille day |
  pyrotechnic | rockets | spark | explosion | explosions | confetti
sandstorm: sand storm | dust bowl | duststorm | fury road | dust devil | sirocco | khamsin |
  simoom | the mummy sandstorm | dune movie
coral reef: corals reef | clownfish | sea anemones | reefs | nemo | tropical fish | polyps |
  sponges | coralline | under sea garden
jungle: amazon | amazonian | congo | tarzan | rain forest | palm tree | palms | palm | borneo |
  henri rousseau | rousseau | jumanji | avatar | pandora | avatar movie | tropics | hawaii |
  philodendron | banana leaves | costa rica | predator jungle | lost temple | mowgli |
  indiana jones
moss: mosses | moss covered | mossgrown | lichens | swamp | fungus | bog | terrarium | mildew |
  mold | mould | mushroom | mushrooms | the last of us | algae
frost: frozen glass | ice flowers | hoar frost | frosted glass window | icing frost | jack frost |
  frosting on glass | frosty window | winter window | frost pattern
lavender field: lavander | lavander field | lavendar | valensole | heather | lilac field |
  wisteria | purple meadow
"""
