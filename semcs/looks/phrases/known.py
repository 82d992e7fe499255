"""Painters, films, games, crafts and things that people ask for, and the look nearest to each.

They lead a text to a look. The bundled text encoder is not trained on them.
"""

TABLE = """
starry night: vincent | sunflowers by van gogh | van gogh sunflowers | van gogh irises |
  wheatfield with crows | van gogh self portrait | cafe terrace at night | loving vincent |
  almond blossom by van gogh | post impressionism | post-impressionist | van gogh night
watercolor: water color | aquarell | winslow homer | john singer sargent | beatrix potter |
  winnie the pooh | the little prince | urban sketching | quentin blake | raoul dufy |
  wet on wet | botanical illustration | ink and wash
oil painting: oils | oil | da vinci | leonardo da vinci | mona lisa | titian | raphael | vermeer |
  johannes vermeer | girl with a pearl earring | velazquez | diego velazquez | bob ross | rubens |
  peter paul rubens | botticelli | the birth of venus | delacroix | eugene delacroix | goya |
  francisco goya | ingres | jacques-louis david | neoclassicism | realism | realist painting |
  renaissance | high renaissance | academic painting | canvas | brush strokes | brushwork |
  palette knife | edward hopper | hopper | nighthawks | andrew wyeth | norman rockwell |
  lucian freud | grant wood | american gothic | gustave courbet | courbet | millet | manet |
  edouard manet | john constable | constable | thomas gainsborough | frida kahlo | kahlo |
  diego rivera | hudson river school | albert bierstadt | ilya repin | repin | shishkin |
  van eyck | jan van eyck | hans holbein | holbein | frans hals | pre-raphaelite |
  pre-raphaelites | john everett millais | waterhouse | dante gabriel rossetti | old canvas
impressionism: impression sunrise | water lilies | giverny | alfred sisley | sisley |
  berthe morisot | morisot | mary cassatt | pissarro | auguste renoir | sorolla |
  joaquin sorolla | childe hassam | gustave caillebotte | caillebotte | plein air | en plein air |
  japanese bridge by monet | haystacks by monet | woman with a parasol
pointillism: divisionism | divisionist | signac | la grande jatte | henri-edmond cross |
  pointilism | georges-pierre seurat
cubism: braque | les demoiselles d'avignon | fernand leger | leger | robert delaunay |
  sonia delaunay | orphism | the weeping woman | synthetic cubism | lyonel feininger | feininger |
  tamara de lempicka portrait | cubo-futurism
expressionism: edward munch | ernst ludwig kirchner | kirchner | egon schiele | schiele |
  emil nolde | nolde | die brucke | max beckmann | otto dix | oskar kokoschka | kokoschka |
  chaim soutine | soutine | francis bacon | neo-expressionism | george grosz | james ensor |
  dr caligari
fauvism: les fauve | derain | paul gauguin | maurice de vlaminck | gauguin in tahiti |
  marc chagall | chagall | franz marc | blue horses by franz marc | august macke | macke |
  amedeo modigliani | modigliani | david hockney | hockney | etel adnan | woman with a hat |
  tahiti painting
mondrian: neo-plasticism | theo van doesburg | van doesburg | broadway boogie woogie |
  piet mondriaan | mondriaan | rietveld
abstract: miro | paul klee | klee | hans arp | hilma af klint | non-representational |
  non-figurative | abstraction | abstract shape | modernism | modernist art | modernist |
  contemporary art | frank stella | calder | alexander calder | mid-century modern
art nouveau: alfons mucha | secession | aubrey beardsley | beardsley | belle epoque | modernismo |
  antoni gaudi | gaudi | liberty style | william morris | arts and crafts movement |
  tiffany lamp ornament | whiplash curves
art deco: tamara de lempicka | lempicka | erte | gatsby | great gatsby | twenties | 1920s |
  jazz age | metropolis film | cassandre ornament | speakeasy | gilded twenties
drip painting: paint splashes | paint drip | splatter | splattered | splash of paint |
  splash art | ink splatter | willem de kooning | de kooning | franz kline | lee krasner |
  tachisme | paint spatter | cy twombly | fluid acrylic | sam francis
rembrandt: caravaggism | artemisia gentileschi | gentileschi | georges de la tour | de la tour |
  chiaroscuro portrait | candle light | candlelight | candlelit | dutch masters | tenebrist |
  zurbaran | spotlit portrait
rococo: jean-honore fragonard | francois boucher | antoine watteau | tiepolo | bridgerton |
  regency | porcelain doll pastel | louis xiv | baroque ornament | cherubs
turner: joseph mallord william turner | romantic painting | caspar david friedrich |
  wanderer above the sea of fog | aivazovsky | ivan aivazovsky | the slave ship | romanticist |
  tonalism | whistler | the ninth wave
cezanne: apples by cezanne | post-impressionist apples | bathers by cezanne | paul cesanne
klimt: portrait of adele | gold phase | viennese secession | art nouveau gold |
  the kiss painting | the tree of life | klimt gold | danae by klimt | gold leaf klimt
kandinsky: vassily kandinsky | blue rider | the blue rider | squares with concentric circles |
  composition vii | lyrical abstraction | yellow red blue by kandinsky
suprematism: kasimir malevich | white on white | lissitzky | black square by malevich | proun |
  supremus
constructivism: propaganda | soviet | soviet union | communist | communism | agitprop |
  revolutionary poster | ussr | socialist poster | political poster | stalin | lenin |
  obey poster | hope poster | varvara stepanova | el lissitzky poster | russian revolution
futurism: balla | severini | vorticism | dynamism of a dog on a leash | speed lines of futurism |
  rayonism | nude descending a staircase | italian futurist
surrealism: max ernst | yves tanguy | tanguy | giorgio de chirico | de chirico | dream | dreams |
  dreamlike | dreamy | dreamscapes | the son of man | rene magritte hat | leonora carrington |
  remedios varo | hieronymus bosch | bosch | garden of earthly delights | m. c. escher painting |
  metaphysical painting | zdzislaw beksinski | beksinski | melting clock | magic realism |
  magical realism | alice in wonderland
rothko: barnett newman | clyfford still | helen frankenthaler | color block | colour block |
  color blocking | color fields | morris louis | yves klein
keith haring: haring figures | barking dog by haring | dancing man with outlines | pop shop
matisse cutout: cut-outs | the sadness of the king | gouaches decoupees | matisse cut paper |
  matisse jazz | the parakeet and the mermaid | matisse leaves
op art: optical | riley | op | julio le parc | carlos cruz-diez | hypnotic | hypnosis |
  m. c. escher | escher | mc escher | impossible geometry | tessellation | moire pattern |
  checkerboard | stripes | striped | dazzle
fresco: michelangelo | the creation of adam | sistine | piero della francesca | fra angelico |
  masaccio | lascaux | cave painting | cave art | altamira | plaster | stucco | pompeian fresco |
  diego rivera mural | the last supper | minoan fresco
greek vase: greek | ancient greek | ancient greek art | hellenic | attica | black figure |
  red figure | greek mythology | trojan war | olympus | the odyssey | ancient rome vase |
  grecian urn
aboriginal dot painting: dot art | indigenous dot painting | first nations australian art |
  emily kame kngwarreye | uluru art | didgeridoo pattern | aboriginal dreaming
illuminated manuscript: illumination | medieval | celtic manuscript | celtic knot | celtic |
  gothic | bayeux | duke of berry | tres riches heures | lindisfarne gospels | vellum |
  medieval monk | medieval bible | knights and dragons | byzantine icon | icon painting |
  old map | treasure map | fantasy map
papyrus: egypt | ancient egyptian | pharaohs | cleopatra | nefertiti | pyramids | sphinx |
  hieroglyph | anubis | egyptian tomb | mummy | ramses
persian miniature: mughal | persian | persian carpet | persian rug | oriental carpet | ottoman |
  rajput | arabian nights | one thousand and one nights | mandala | indian painting | madhubani |
  islamic art | safavid | moghul | iznik | aladdin | bollywood poster
pencil sketch: graphite pencil | sketched | sketchbook | sketches | doodled with pencil |
  leonardo sketch | da vinci sketch | hand drawn | hand-drawn | line drawing | pencilled |
  architectural sketch | take on me video | figure drawing | storyboard
ink wash: sumi | sumie | chinese ink | chinese painting | japanese ink | rice paper |
  chinese landscape | shui-mo | suibokuga | zen painting | calligraphy | qi baishi | sesshu |
  chinese brush | india ink wash | ink brush | chinese calligraphy | bamboo ink painting |
  song dynasty | japanese calligraphy | chinese scroll
blueprint: blueprints | floor plan | engineering plan | cad drawing | patent drawing |
  cyanotypes | technical plan | schematics | technical drawings | anna atkins |
  architectural drawing | design plan | spaceship plans
charcoal: conte | charcoals | kathe kollwitz | kollwitz | william kentridge | odilon redon |
  burnt stick drawing | soot
crayon: child drawing | kid's drawing | toddler drawing | kindergarten | crayola |
  children drawing | child's scribble | naive drawing | drawn by a child | preschool drawing |
  jean dubuffet | art brut
chalk: sidewalk chalk | pavement chalk | chalk board | classroom board | chalky |
  rudolf steiner boards | cafe menu board
woodcut: lino | woodblock | wood engraving | xylography | wood cut | woodcuts | block printing |
  lino-cut | relief print | nuremberg chronicle | frans masereel | durer woodcut |
  mexican woodcut | jose guadalupe posada | posada | tarot card | tarot
pop art: andy warhole | campbell soup | soup cans | marilyn diptych | campbell's soup cans |
  marilyn by warhol | whaam | richard hamilton | jasper johns | pop-artist |
  robert indiana | james rosenquist | tom wesselmann | screenprint | serigraph | serigraphy |
  takashi murakami | murakami | yayoi kusama | kusama | polka dots | jeff koons | wayne thiebaud |
  peter max portrait
cartoon: mickey mouse | looney tunes | bugs bunny | tom and jerry | hanna-barbera | spongebob |
  rick and morty | family guy | south park | adventure time | peanuts | snoopy | charlie brown |
  garfield | cel shading | cel-shaded | toy story | shrek | frozen movie | dreamworks | dr seuss |
  powerpuff girls | futurama | gravity falls | bojack horseman | cuphead | rubber hose | popeye |
  betty boop | scooby doo | flintstones | the flintstones | vector illustration | vector art |
  flat design | clip art | clipart | emoji | sticker | smurfs | moomin | moomins | caricature |
  toon shading | paw patrol | bluey | peppa pig | picture book | storybook | children's book |
  walt disney | disney pixar | pokemon card | mickey | kawaii
comic book: marvel | dc | superhero | superheroes | batman | superman | x-men | avengers comic |
  sin city | watchmen | jack kirby | stan lee | moebius | jean giraud | herge | asterix |
  frank miller | spider verse | into the spider-verse | spiderverse | borderlands | comic style |
  ligne claire | bande dessinee | comic panel | graphic novels | wolverine | judge dredd |
  hellboy | mike mignola | calvin and hobbes | robert crumb | valiant comics | pulp cover |
  deadpool
ukiyo-e: ukiyoe | ukiyo | katsushika hokusai | utagawa hiroshige | utagawa kuniyoshi | kuniyoshi |
  kitagawa utamaro | great wave | thirty-six views of mount fuji | mount fuji print | edo |
  edo japan | japanese woodblock | japanese woodcut | samurai print |
  geisha print | japan | japanese | japonism | japonisme | hasui | kawase hasui | shin-hanga |
  yoshitoshi | sharaku | floating world | kabuki | the wave by hokusai | hokusai wave | samurai |
  geisha | kimono
manga: akira manga | berserk | naruto manga | one piece manga | kentaro miura | shonen | shojo |
  seinen | osamu tezuka | tezuka | astro boy | mangaka | naoki urasawa | death note manga |
  black and white anime | vagabond | webtoon inked | tankobon
anime: my neighbor totoro | totoro | princess mononoke | howl's moving castle |
  kiki's delivery service | ponyo | miyazaki | your name | shinkai | naruto | one piece |
  dragon ball | sailor moon | attack on titan | pokemon | evangelion | neon genesis evangelion |
  cowboy bebop | demon slayer | jujutsu kaisen | death note | anime girl | chibi | akira |
  genshin impact | my hero academia | bleach anime | fullmetal alchemist | otaku |
  japanese cartoon | webtoon | manhwa | visual novel | castle in the sky |
  grave of the fireflies | breath of the wild | zelda | legend of zelda
graffiti: jean-michel basquiat | street artist | spray-paint | spray painting | aerosol art |
  wall art tags | hip hop | hip-hop | subway graffiti | wildstyle | os gemeos | tag on a wall |
  urban mural | street mural | spray can | brooklyn wall | jet set radio | berlin wall
psychedelic: woodstock | sixties poster | 1960s poster | hippie | hippy | mushroom trip |
  magic mushrooms | yellow submarine | peter max | fillmore poster | fractal | fractals |
  mandelbrot | kaleidoscope | kaleidoscopic | trip | acid | lisa frank | marbling |
  marbled paper | alex grey | lava lamp | ebru | liquid light | deep dream | deepdream |
  jimi hendrix | dmt | groovy
pen and ink: ink pen | pen | fineliner | fine liner | technical pen | nib pen | dip pen |
  edward gorey | gorey | ralph steadman | arthur rackham | rackham | line-art | lineart |
  cross-hatched | crosshatched | hatched | inked | black ink drawing | aubrey beardsley ink |
  tim burton drawing | tattoo | tattoo art | tattoo flash | zentangle | coloring book |
  colouring book | india ink
engraving: engraved | dore | piranesi | etched | intaglio | drypoint | mezzotint |
  aquatint | lithograph | lithography | victorian illustration | victorian engraving | currency |
  money | dollar | hogarth | william hogarth | william blake | blake | goya etching |
  old book illustration | guilloche | antique print | divine comedy by dore |
  scientific illustration
stippling: stipple art | pointillist ink | dot work | stippled dots |
  wall street journal portrait | ink stipple | dotted | dotted drawing | rapidograph dots
colored pencil: coloring pencils | colouring pencils | prismacolor | pencil colors |
  color pencils drawing | colour pencil | faber castell | crayon pencils | rainbow pencils
pastel: pastel chalk | edgar degas dancers | ballet dancers by degas | ballerinas by degas |
  oil pastels | rosalba carriera | dusty chalk pastels | powdery pastel
marker drawing: felt tip | felt-tip | felt pen | felt tips | copic | sharpies | highlighter |
  highlighters | whiteboard | whiteboard marker | fashion sketch | fashion illustration |
  crayola markers | industrial design sketch | permanent marker | posca
ballpoint pen: ball point pen | ball pen | ballpoint drawing | bic | biros | doodles | doodling |
  doodled | notebook drawing | notebook sketch | school notebook | scribbled | scrawl |
  blue ink pen
gouache: mary blair | eyvind earle | tempera painting | egg tempera | poster color |
  poster colour | gouache colors | flat gouache | charley harper | concept art gouache
airbrush: sorayama | frank frazetta | frazetta | boris vallejo | fantasy art | van art |
  heavy metal magazine | roger dean | 1980s airbrush | custom motorcycle tank |
  science fiction cover | eighties poster | soft gradient | gradients | gradient
risograph: two tone print | two-tone print | two color print | two-colour print | duotone |
  misprint | overprint | risographs | halftone zine | screenprinted gig poster | gig poster
newspaper print: newspaper | news paper | newsprint | newspapers | headline | front page |
  daily news | old newspaper clipping | press photo | tabloid | photocopy | photocopied | xerox |
  gazette
travel poster: vintage poster | tourism poster | national park poster | wpa poster |
  railway poster | vintage travel poster | travel advertisement | retro poster | cassandre |
  toulouse-lautrec | lautrec | toulouse lautrec | henri de toulouse-lautrec | moulin rouge |
  moulin rouge poster | cabaret poster | vintage advertisement | postcard | old postcard |
  swiss poster | olly moss | minimalist poster | le chat noir | propaganda travel poster |
  firewatch
collage: collages | scrapbook | photomontage | dada | dadaism | dadaist | schwitters |
  hannah höch | richard hamilton collage | mixed media | cut-up magazine | decoupage |
  peter blake | kurt schwitter | robert rauschenberg | rauschenberg | monty python animation |
  terry gilliam | terry gilliam animation | ransom note | magazine cutout
stencil: obey | blek le rat | spray stencil art | girl with balloon | girl with a balloon |
  che guevara print | stencils | banksy rat | cut-out template | punk stencil
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
wool: knit | knits | knitted jumper | jumper | sweater | crocheted | amigurumi | woolly |
  woolen yarn | felt | felted | felted wool | yarns | cable knit | scarf | mittens | macrame |
  ugly sweater | christmas sweater | christmas jumper | pom poms | carpet | rug
embroidery: cross-stitch | cross stitched | needlepoint | sewn | stitched | stitching | stitches |
  bayeux tapestry | tapestries | quilt | quilted | patchwork | quilting | beadwork | sashiko |
  sewing | gobelin | sampler | kantha | thread art | string art
denim: levis | levi's | denim jacket | blue jean | canvas fabric | cotton | linen | woven cotton |
  dungarees | jeans pocket | textiles | tartan | plaid | flannel
paper cut: kirigami | paper-cut | papercut | paper collage layers | layered cardstock |
  shadow box | pop-up book | pop up book | paper diorama | paper layers | paper quilling |
  quilling | silhouette | silhouettes | paper mario | chinese paper cutting | papel picado |
  lotte reiniger | tissue paper
low poly: polygon | polygonal mesh | low polygon | triangle | triangle mesh |
  delaunay triangulation | wireframe | playstation 1 graphics | ps1 graphics | n64 graphics |
  3d render | 3d model | geometric facets | monument valley game | faceted | geometric |
  cubist mesh | 3d
origami: folded | paper plane | paper boat | papel | washi | paper airplane | kusudama |
  paper fold
camouflage: camouflaged | camo print | soldier | military uniform | hunting jacket | guerrilla |
  woodland camo | desert camo
zebra print: zebras | zebra coat
leopard print: leopards | cheetahs | jaguars | big cat | panther print | snow leopard | tiger |
  tiger stripes | ocelot | giraffe
dragon scales: snake | serpent | dragons | crocodile | alligator | lizard | reptilian | mermaid |
  fish scale | game of thrones | godzilla | dinosaur | dinosaurs | smaug | pangolin |
  scale armor | snakes | iguana | fish
slime: gunk | mucus | gelatin | jello | gelatine | toxic waste | radioactive | flubber |
  nickelodeon slime | green ooze | gel | melting plastic | blob | the blob | snot | goop |
  venom symbiote
claymation: clay | plasticine | aardman | shaun the sheep | chicken run | play-doh | playdough |
  play dough | stop motion | stop-motion | coraline | modelling clay | modeling clay |
  polymer clay | laika | plastilin | nightmare before christmas | corpse bride | tim burton |
  pingu | gumby | fimo | putty
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
leather: saddle | cowboy boots | hide | suede | cowboy | leather book | leather bound book |
  biker jacket | baseball glove | wallet | rawhide
velvet: plush | velveteen | corduroy | velvet rope | moulin rouge curtain | opera house |
  opera curtain | velvet painting
silk: silks | silk screen cloth | chiffon | taffeta | bridal satin | ribbon | ribbons |
  silk robe | parachute silk | kimono silk | organza | sari
fur: shaggy | wool fur | bear | teddy | cat fur | dog fur | wolf | wolf pelt | fox fur | mink |
  chewbacca | yeti | sasquatch | bigfoot | cuddly | muppet | muppets | muppet show |
  sesame street | elmo | faux fur | fuzzy | stuffed animal | hairs | plush toy
lace: doilies | crochet lace | lingerie | filigree | tulle | wedding veil | wedding dress |
  bridal veil | chantilly | snowflake doily
burlap: sack | sackcloths | hessian cloth | raffia | coarse cloth | sacks | scarecrow | twine |
  rope | ropes
wicker: woven | rattan chair | straw | baskets | straw hat | weaving | woven straw | thatch |
  bird nest | bast
cardboard: cardboard boxes | shipping box | amazon box | cartons | parcel | moving boxes |
  kraft paper | brown paper | brown paper bag
chocolate: chocolates | nutella | toblerone | cocoa powder | chocolate cake | brownie | ganache |
  truffle chocolate | candy bar | hershey | chocolate fountain | coffee | cookies | cookie |
  gingerbread | hot chocolate
candy: sugar | sugary | bonbon | bonbons | jellybeans | gummi bears | gummies | haribo |
  candy land | sprinkles | ice cream | cotton candy | cake | cupcake | donut | doughnut |
  frosting | icing | marshmallow | macaron | macarons | bubblegum | bubble gum | lollypop |
  sweet shop | katamari | candy crush | hansel and gretel house | dessert | desserts |
  sprinkled donut | skittles | pez
bark: trunk | oak tree bark | tree bark texture | birch bark | groot | treebeard | ent |
  gnarled tree
feathers: plume | plumes | bird | birds | peacock | parrot | swan | angel wings | owl | eagle |
  hummingbird | flamingo | peacock tail | dreamcatcher | icarus
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
