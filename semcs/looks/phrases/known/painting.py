"""Painters and movements of painting: artists, works and things near each look."""

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
"""
