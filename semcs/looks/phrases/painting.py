"""Painters and movements of painting: what people type for each."""

TABLE = """
starry night: the starry night by vincent van gogh | van gogh | vincent van gogh |
  van gogh painting | in the style of van gogh | the starry night | swirling night sky |
  swirling stars | starry sky painting | blue and yellow swirls | swirling brush strokes |
  starry night painting | a starry night over the rhone
watercolor: watercolour | watercolor painting | watercolour painting | aquarelle |
  a watercolor painting | water colours | painted with watercolors | loose watercolor wash |
  wet watercolor | pastel watercolor painting | a watercolour sketch |
  watercolor paint | watercolors
oil painting: oil on canvas | an oil painting | oil paint | oil painting on canvas |
  thick oil paint | impasto | classical painting | renaissance painting |
  thick brush strokes | palette knife painting | painted in oils | acrylic painting |
  acrylic paint | acrylic | painting
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
abstract: abstract art | an abstract painting | geometric shapes | abstract expressionist shapes |
  abstract shapes | joan miro | abstract composition | geometric abstraction | colorful shapes |
  abstract painting | modern art | a colourful abstract
art nouveau: alphonse mucha | mucha | in the style of mucha | jugendstil | art nouveau poster |
  ornamental gold painting | byzantine ornament | art nouveau ornament | art nouveau painting |
  belle epoque poster | an art nouveau design | art nouveau style
art deco: art deco pattern | an art deco poster | the great gatsby | roaring twenties |
  art deco fans | black and gold pattern | in the art deco style | twenties poster |
  gatsby style | art deco design | scallop pattern
drip painting: jackson pollock | pollock | in the style of pollock | splattered paint |
  paint splatter | action painting | splashes of paint | dripping paint | abstract expressionism |
  paint drips | paint splashes | a jackson pollock painting
rembrandt: rembrandt van rijn | in the style of rembrandt | a painting by rembrandt | chiaroscuro |
  caravaggio | baroque painting | baroque | old master painting | old master | dutch golden age |
  dutch master | the night watch | tenebrism | candlelit painting | a portrait by rembrandt |
  dark golden light
rococo: rococo painting | fragonard | boucher | watteau | in the rococo style | the swing |
  marie antoinette | versailles | eighteenth century french painting | pastel and gold |
  pink and gilded ornament | pastel pink roses and gold | frilly and pastel | louis xv style
turner: william turner | j. m. w. turner | jmw turner | in the style of turner |
  a painting by turner | the fighting temeraire | romanticism | hazy golden light |
  golden haze | luminous seascape | swirling golden light | romantic landscape painting |
  rain steam and speed
cezanne: paul cezanne | in the style of cezanne | a painting by cezanne | cézanne |
  paul cézanne | mont sainte-victoire | parallel brush strokes | constructive brush strokes |
  blocky brush strokes | slanted brush strokes | the card players | provence landscape painting
klimt: gustav klimt | the kiss by klimt | in the style of klimt | golden spirals | the kiss |
  gold ornament | a painting by klimt | the kiss by gustav klimt | tree of life by klimt |
  klimt painting | vienna secession | adele bloch-bauer | golden phase | gold leaf painting
kandinsky: wassily kandinsky | in the style of kandinsky | a painting by kandinsky |
  circles and lines | vasily kandinsky | composition viii | concentric circles by kandinsky |
  kandinsky painting | kandinsky circles | floating circles and lines | der blaue reiter
suprematism: malevich | kazimir malevich | in the style of malevich | suprematist |
  black square | suprematist composition | a painting by malevich | tilted rectangles on white |
  floating rectangles | suprematist painting | flat geometric shapes on white | el lissitzky
constructivism: constructivist poster | soviet poster | soviet propaganda poster | rodchenko |
  russian constructivism | propaganda poster | communist poster | constructivist |
  ussr poster | soviet propaganda | red and black poster | russian avant-garde |
  a soviet poster | alexander rodchenko | revolution poster
futurism: futurist painting | boccioni | umberto boccioni | giacomo balla | italian futurism |
  futurist | dynamism | motion lines | speed and motion | lines of force |
  repeated moving forms | gino severini | in the style of boccioni
surrealism: salvador dali | dali | in the style of dali | surrealist painting | melting clocks |
  the persistence of memory | surrealist | a painting by dali | surreal | melting watches |
  salvador dalí | dreamscape | surreal dream | magritte | rene magritte | soft clocks |
  surreal landscape
rothko: mark rothko | in the style of rothko | color field painting | colour field |
  a painting by rothko | color field | rothko painting | bands of colour |
  soft bands of colour | glowing colour bands | colour field painting | large blocks of colour
keith haring: in the style of keith haring | haring | a painting by keith haring |
  keith haring figures | dancing figures | keith haring mural | radiant baby |
  thick black outlines | bold dancing figures | eighties new york street art |
  keith haring drawing | dancing people with thick outlines
matisse cutout: matisse cutouts | matisse cut-outs | cutouts by matisse | matisse paper cutout |
  henri matisse cutouts | the snail by matisse | matisse collage | blue nude |
  gouache cutouts | jazz by matisse | organic paper shapes | colourful paper cutouts |
  wavy leaf shapes
op art: optical illusion | bridget riley | vasarely | victor vasarely | optical art |
  an optical illusion | black and white stripes | warped stripes | in the style of bridget riley |
  warped checkerboard | hypnotic stripes | op-art | moire | wavy black lines |
  black and white illusion
fresco: a fresco | fresco painting | old fresco | roman fresco | pompeii | italian fresco |
  wall painting | cracked plaster | faded fresco | giotto | sistine chapel | church fresco |
  flaking plaster | ancient wall painting | peeling fresco
greek vase: greek pottery | ancient greek vase | greek vase painting | black figure pottery |
  amphora | black-figure vase | greek amphora | ancient greek pottery | ancient greece |
  attic vase | red figure pottery | greek key | meander pattern | etruscan vase |
  black figures on terracotta
aboriginal dot painting: aboriginal art | aboriginal painting | australian aboriginal art |
  dreamtime | indigenous australian art | dot painting | an aboriginal dot painting |
  rows of dots | aboriginal dots | aboriginal | concentric dots | australian dot art |
  papunya | aboriginal australian painting
illuminated manuscript: medieval manuscript | an illuminated manuscript | book of hours |
  medieval illumination | parchment | book of kells | medieval art | monastery manuscript |
  medieval miniature | illuminated letters | old parchment | gothic manuscript |
  medieval painting | middle ages | codex
papyrus: egyptian papyrus | ancient egypt | egyptian art | hieroglyphs | hieroglyphics |
  ancient egyptian painting | egyptian painting | book of the dead | an egyptian papyrus |
  tutankhamun | pharaoh | painted papyrus | tomb painting | ancient egyptian art | egyptian
persian miniature: persian painting | mughal miniature | a persian miniature | mughal painting |
  indian miniature | ottoman miniature | persian art | shahnameh | miniature painting |
  islamic miniature | persian manuscript | behzad | jewel colours and tiny flowers |
  rajput painting
"""
