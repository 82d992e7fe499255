"""What people type for each style, name by name."""

from __future__ import annotations

# "style: phrase | phrase | …", an indented line goes on with the phrases of the style above it.
_TABLE = """
starry night: the starry night by vincent van gogh | van gogh | vincent van gogh |
  van gogh painting | in the style of van gogh | the starry night | swirling night sky |
  swirling stars | starry sky painting | blue and yellow swirls | swirling brush strokes |
  post-impressionism | starry night painting | a starry night over the rhone
watercolor: watercolour | watercolor painting | watercolour painting | aquarelle |
  a watercolor painting | water colours | painted with watercolors | loose watercolor wash |
  wet watercolor | pastel watercolor painting | gouache wash | a watercolour sketch |
  watercolor paint | watercolors
oil painting: oil on canvas | an oil painting | oil paint | oil painting on canvas |
  thick oil paint | impasto | classical painting | rembrandt | renaissance painting |
  baroque painting | thick brush strokes | palette knife painting | old master painting |
  painted in oils | acrylic painting | acrylic paint | acrylic | painting
impressionism: impressionist painting | monet | claude monet | a painting by monet |
  in the style of monet | renoir | impressionist | dabs of paint | short brush strokes |
  water lilies by monet | impressionist brush strokes | plein air painting | camille pissarro
pointillism: pointillist painting | seurat | georges seurat | in the style of seurat |
  paul signac | painted with dots | coloured dots | dots of paint | pointillist |
  neo-impressionism | colorful dots | stippled with coloured dots | dots
cubism: cubist painting | picasso | pablo picasso | in the style of picasso |
  a painting by picasso | cubist | georges braque | broken into facets | angular shapes |
  cubist portrait | juan gris | fragmented planes | analytical cubism | guernica
expressionism: the scream | the scream by edvard munch | edvard munch | munch |
  in the style of munch | expressionist painting | a scream | expressionist | wavy brush strokes |
  wavy orange sky | german expressionism | anxious wavy lines
fauvism: a fauvism style painting with vibrant color | matisse | henri matisse |
  in the style of matisse | fauvist painting | fauvist | andre derain | wild colours | gauguin |
  bold unnatural colors | vibrant color patches | les fauves
mondrian: piet mondrian | de stijl | in the style of mondrian | a painting by mondrian |
  red blue and yellow rectangles | neoplasticism | primary coloured rectangles |
  mondrian painting | geometric grid painting | composition with red blue and yellow | bauhaus
abstract: abstract art | kandinsky | wassily kandinsky | in the style of kandinsky |
  an abstract painting | geometric shapes | abstract expressionist shapes | circles and lines |
  suprematism | joan miro | abstract composition | geometric abstraction | colorful shapes
art nouveau: klimt | gustav klimt | the kiss by klimt | in the style of klimt | golden spirals |
  alphonse mucha | jugendstil | ornamental gold painting | art nouveau poster | the kiss |
  gold ornament | byzantine ornament
art deco: art deco pattern | an art deco poster | the great gatsby | roaring twenties |
  art deco fans | black and gold pattern | in the art deco style | twenties poster |
  gatsby style | art deco design | scallop pattern
drip painting: jackson pollock | pollock | in the style of pollock | splattered paint |
  paint splatter | action painting | splashes of paint | dripping paint | abstract expressionism |
  paint drips | paint splashes | a jackson pollock painting
pencil sketch: a pencil sketch | sketch | pencil drawing | graphite drawing |
  a sketch with pencil | hand-drawn sketch | pencil | drawn with pencil | sketchy lines |
  hatching | cross-hatching | a pencil drawing | line sketch | graphite | drawing |
  a sketch with black pencil | line art
ink wash: ink wash painting | sumi-e | chinese ink painting | japanese ink painting |
  ink painting | brush and ink | black ink | chinese brush painting | oriental ink painting |
  ink on rice paper | calligraphy ink | ink | shan shui
blueprint: a blueprint | technical drawing | architectural plan | engineering drawing |
  cyanotype | white lines on blue paper | blueprint drawing | schematic | construction plan |
  architect's drawing | technical blueprint
charcoal: charcoal drawing | a charcoal drawing | charcoal sketch | drawn with charcoal |
  smudged charcoal | black charcoal | conte crayon | a drawing in charcoal | charcoal on paper |
  charcoal portrait | coal
crayon: crayon drawing | crayons | wax crayon | a child's drawing | coloured pencils |
  drawn with crayons | pastel drawing | oil pastel | colored pencil drawing | kids drawing |
  scribbled crayon | children's drawing | pastel chalk drawing
chalk: chalk drawing | chalk on blackboard | chalkboard | blackboard | a chalk drawing |
  drawn with chalk | chalk on a chalkboard | school blackboard | white chalk | chalk art |
  chalk sketch
woodcut: woodcut print | a woodcut | linocut | engraving | albrecht durer | durer | block print |
  etching | lino print | carved print | black and white engraving | medieval woodcut |
  an old engraving | gustave dore
pop art: andy warhol | warhol | roy lichtenstein | lichtenstein | warhol print |
  pop art portrait | in the style of andy warhol | pop-art | a pop art painting | screen print |
  silkscreen | halftone pop art | sixties pop art | popart | in the style of lichtenstein
cartoon: a cartoon | cartoon style | animated cartoon | disney | cel shaded | animation | toon |
  flat cartoon | cartoonish | disney cartoon | cartoon drawing | the simpsons | pixar |
  bold outlines and flat colours | children's book illustration
comic book: comic | a comic book | comic strip | marvel comics | graphic novel |
  comic book panel | superhero comic | dc comics | ben-day dots | inked comic | vintage comic |
  comic book page | comics | tintin
ukiyo-e: hokusai | the great wave off kanagawa | the great wave off kanagawa by hokusai |
  the great wave | japanese woodblock print | in the style of hokusai | hiroshige |
  edo period print | japanese print | ukiyo-e print | great wave by hokusai | utamaro |
  japanese art
manga: manga page | a manga panel | black and white manga | japanese comic | screentone |
  manga drawing | shonen manga | inked manga | manga style drawing | black and white comic |
  junji ito
anime: studio ghibli | anime style | an anime scene | ghibli | hayao miyazaki |
  japanese animation | makoto shinkai | anime art | anime illustration |
  in the style of studio ghibli | spirited away | pastel anime
graffiti: street art | spray paint | graffiti wall | a graffiti style painting | banksy |
  keith haring | spray painted | graffiti mural | basquiat | urban art | covered in graffiti |
  mural | spray can art | tagged wall
psychedelic: psychedelic art | rainbow | trippy | acid trip | hippie art | lsd | rainbow swirls |
  psychedelic poster | liquid rainbow | tie-dye | tie dye | melting colours | hallucination |
  rainbow colors
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
bronze: made of bronze | bronze statue | a bronze statue | copper | verdigris | oxidized copper |
  copper patina | bronze sculpture | patina | made of copper | green patina | antique bronze |
  brass
rust: rusty | rusted metal | rusty metal | corroded iron | covered in rust | rusted iron |
  old rusty steel | corrosion | peeling paint | made of rusty iron | oxidised iron |
  decayed metal | iron
glass: made of glass | transparent glass | clear glass | glassy | blown glass |
  a glass sculpture | transparent | glassware | see-through glass | murano glass | frosted glass |
  crystal clear glass
wood: wooden | made of wood | wood grain | carved wood | wooden planks | wood carving | oak |
  timber | a wooden carving | carved out of wood | walnut wood | bark | plywood | wooden texture
marble: made of marble | white marble | marble statue | a marble statue | marble sculpture |
  marbled stone | carrara marble | polished marble | marble relief | veined marble |
  carved in marble | greek statue
stone wall: stone | masonry | stones | a stone wall | rocks | cobblestone | made of stone |
  rock wall | dry stone wall | old stone masonry | castle wall | stone blocks | cobblestones |
  covered in stones | grey rock | rock
red rock: red rocks | red rock canyon | sandstone | red sandstone | grand canyon | mars | canyon |
  red cliff | made of red rock | red stone | monument valley | rusty red cliffs | terracotta |
  a red rock | clay
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
paper cut: origami | paper craft | papercraft | made of paper | layered paper | cut paper |
  folded paper | paper cutout | paper art | paper collage | colored paper | construction paper |
  paper sculpture | paper
low poly: low-poly | lowpoly | polygonal | triangles | low poly art | polygon mesh |
  made of triangles | polygons | low poly 3d | faceted polygons | geometric triangles |
  triangulated | low poly render
snow: snowy | a snowy scene | covered in snow | winter snow | snowfall | blizzard | winter |
  fresh snow | falling snow | snowflakes | a snowy landscape | snow storm | wintry | white snow |
  snow covered | christmas snow
ice: icy | frozen | made of ice | covered in ice | frozen ice | glacier | cracked ice | blue ice |
  frost | frosty | iceberg | an ice sculpture | frozen lake | icicles | arctic ice
fire: flames | on fire | burning | fiery | a burning fire | made of fire | blazing flames |
  in flames | flaming | inferno | blaze | wildfire | burning flames | engulfed in flames |
  bonfire | hell fire
lava: molten lava | volcano | magma | made of lava | volcanic rock | flowing lava | volcanic |
  covered in lava | cracked lava | lava flow | volcanic eruption | glowing embers | molten rock |
  embers
smoke: smoky | made of smoke | wisps of smoke | grey smoke | swirling smoke | smoke on black |
  covered in smoke | cigarette smoke | drifting smoke | vapour | steam
leaves: green leaves | foliage | leafy | covered in leaves | made of leaves | jungle |
  green foliage | forest leaves | plants | green plants | ivy | bushes | tropical leaves |
  lush greenery | vegetation | forest
autumn: fall | autumn leaves | fall leaves | autumn foliage | orange leaves | autumnal |
  fall foliage | maple leaves | in autumn | fallen leaves | a forest in autumn | october leaves |
  autumn forest | red and orange leaves
flowers: floral | covered in flowers | blossoms | made of flowers | flower field |
  a field of flowers | blooming flowers | flower garden | spring flowers | cherry blossom |
  roses | spring | wildflowers | bouquet | petals | cherry blossoms
grass: grassy | green grass | meadow | covered in grass | lawn | made of grass | a green meadow |
  blades of grass | tall grass | moss | mossy | green field | covered in moss
underwater: under water | under the sea | deep sea | ocean floor | underwater scene | caustics |
  an underwater scene | submerged | coral reef | aquarium | beneath the waves | under the ocean |
  deep underwater | swimming pool
sea: ocean | ocean waves | waves | water | the sea | stormy sea | made of water | sea foam |
  blue waves | surf | rough sea | splashing water | crashing waves | river | turquoise water
desert: desert sand | sand dunes | dunes | sahara | the sahara desert | a desert landscape |
  desert dunes | in the desert | golden dunes | arabian desert | hot desert | sandy desert
galaxy: nebula | outer space | milky way | cosmos | cosmic | a galaxy | space nebula |
  in outer space | the universe | stars and galaxies | deep space | stardust | interstellar |
  hubble | space
night: at night | night time | moonlight | moonlit | a dark night | midnight | in the moonlight |
  night sky | nocturnal | full moon | a moonlit night | in the dark | dark night scene | nighttime
rain: rainy | a rainy day | raining | in the rain | rain drops | heavy rain | rainfall |
  pouring rain | raindrops | wet weather | rainy weather | downpour | drizzle
fog: foggy | mist | misty | a foggy morning | in the fog | haze | hazy | covered in fog |
  thick fog | morning mist | a misty morning | silent hill
sunset: at sunset | sunrise | dusk | golden hour | dawn | evening sun | a beautiful sunset |
  twilight | orange sunset sky | sunset sky | in the sunset | evening glow | at dusk
storm: lightning | thunderstorm | thunder | lightning storm | stormy | a thunderstorm |
  electric storm | lightning bolt | lightning strike | thunderclouds | electricity |
  lightning bolts | stormy sky
clouds: cloudy | made of clouds | blue sky | white clouds | sky | heaven | cloud | fluffy clouds |
  in the clouds | heavenly | cumulus clouds | above the clouds | a cloudy sky | summer sky
neon: neon light | neon lights | neon sign | glowing neon | neon glow | glowing lines |
  neon tubes | a neon sign | fluorescent lights | made of neon lights | glow in the dark |
  glowing neon outlines | tron | neon style
cyberpunk: a cyberpunk city | cyberpunk city | cyberpunk 2077 | blade runner | futuristic city |
  sci-fi city | futuristic neon city | cyber city | neon city at night | dystopian future |
  futuristic | science fiction | sci-fi
vaporwave: synthwave | retrowave | vaporwave aesthetic | eighties retro | outrun | 80s synthwave |
  a vaporwave poster | miami vice | pink and teal aesthetic | 80s retro | aesthetic pastel grid |
  lo-fi aesthetic
glitch: glitch art | glitchy | a glitch | corrupted image | vhs glitch | broken screen |
  datamosh | digital glitch | vhs | corrupted data | glitch effect | television static |
  digital noise
pixel art: 8-bit | pixelated | 8 bit | retro video game | minecraft | pixels | 16-bit game |
  pixel style | an 8-bit game | pixel game | voxel | super mario | low resolution pixels |
  sprite | nes game | made of lego
sepia: old photograph | vintage photo | sepia photo | old photo | antique photograph |
  sepia tone | faded photograph | daguerreotype | nineteenth century photograph |
  a vintage photograph | brown and faded | wild west photo | vintage
black and white: black and white photo | monochrome | black and white photograph | film noir |
  grayscale | greyscale | noir | black-and-white | ansel adams | silver gelatin print |
  a monochrome photo | black and white film | noir film
"""


def phrases() -> dict[str, tuple[str, ...]]:
    """The phrases of every style, without its own name, in the order of the table."""
    entries = _TABLE.strip().replace("\n  ", " ").splitlines()
    pairs = (entry.split(": ", 1) for entry in entries)
    return {name: tuple(p.strip() for p in text.split("|")) for name, text in pairs}
