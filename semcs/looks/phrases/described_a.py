"""How people describe the styles who do not name them: first half."""

TABLE = """
starry night: the dutchman who cut off his ear | whirling blue heavens over a sleeping village |
  a dark cypress below glowing spiral stars | thick wavy strokes curling round a yellow moon |
  painted from the asylum window in saint-rémy | like the film loving vincent |
  the sunflowers and irises guy | café terrace in arles after dark |
  restless ribbons of cobalt and lemon paint | swirly vincent sky from museum gift shops |
  vincent's starry night on a tote bag | post-impressionist swirls with turbulent eddies of wind |
  wheatfield with crows brushwork | halos around stars in spinning blue air
watercolor: runny transparent paint bleeding into wet paper |
  soft washes with white paper shining through | blooms and backruns where wet colours meet |
  a loose sketchbook page tinted with water and brush |
  delicate botanical painting in thin translucent washes | cold-pressed paper with dripping tints |
  winslow homer beach studies in pale washes | beatrix potter peter rabbit illustration |
  diluted pigment pooling at the edges | splashy watercolor greeting card |
  john singer sargent's venice in loose washes | pan set and a wet round brush |
  watery stains of colour fading into white | see-through tints painted wet on wet
oil painting: rich buttery paint laid on stretched linen | a museum portrait in a carved frame |
  ridges of paint you can feel with your fingers | linseed and turpentine on a painter's palette |
  old gallery picture with varnish and visible bristle marks |
  traditional easel portrait of a nobleman | bob ross happy little trees |
  pigment slathered on with a knife | heavy textured brushwork on primed canvas |
  an heirloom oil portrait above the fireplace | vermeer girl with a pearl earring |
  mona lisa by leonardo da vinci | goopy thick strokes that took weeks to dry |
  titian and velázquez handling of paint
impressionism: the garden bridge at giverny | flickering light caught in quick broken strokes |
  haystacks painted at different hours | blurry lilies floating on a pond |
  sun-dappled picnickers in nineteenth century paris | soft feathery daubs without any outlines |
  berthe morisot and alfred sisley | musée d'orsay favourites with parasols and poppies |
  boating party luncheon painting | a fleeting impression of light on the seine |
  looks clear from afar but fuzzy close up | rouen cathedral in shimmering dabs |
  impressionists painting outdoors in broken colour |
  dreamy french garden painting in dappled light
pointillism: sunday afternoon on la grande jatte |
  thousands of pure colour specks that blend in your eye |
  confetti-like flecks of paint side by side | painted entirely with the tip of the brush |
  tiny multicoloured points forming a picture |
  french divisionist with a scientific colour theory |
  optical mixing of little touches of pigment | bathers at asnières |
  speckled all over in bright paint | a picture built of coloured spots |
  dotty park scene with parasols by the river | point by point painting in complementary hues |
  like a vintage tv screen made of paint specks | henri-edmond cross and his little points
cubism: faces seen from the front and side at once | les demoiselles d'avignon |
  shattered guitar and bottle on a café table | nose in profile with both eyes showing |
  brown and grey planes splintered like broken glass | several viewpoints mashed into one picture |
  weeping woman with a jagged handkerchief | paris avant-garde of 1910 with chopped up violins |
  a face rearranged like puzzle pieces | the spanish painter with the wonky portraits |
  overlapping geometric chunks of an ordinary object | cubist still life with newspaper and pipe |
  blocky deconstructed figures with misplaced eyes | fernand léger tubes and braque's houses
expressionism: an anguished face under a blood-red swirling sky |
  screaming figure with hands on cheeks on a bridge | kirchner's berlin street scene |
  angst and dread in distorted jagged forms | egon schiele's twisted bodies |
  the cabinet of dr caligari | german painters of die brücke |
  raw emotion in harsh clashing brushwork | tortured soul of the norwegian painter |
  nightmarish warped faces full of anxiety | expressionist painting of despair |
  emil nolde masks in violent colour | inner turmoil painted with agitated strokes |
  crooked streets and haunted green faces
fauvism: the wild beasts of 1905 paris | green stripe down a woman's face |
  pure paint straight from the tube in clashing hues | woman with a hat by henri matisse |
  andré derain's boats at collioure | red trees and pink roads and orange rivers |
  maurice de vlaminck landscape | loud arbitrary colours that ignore reality |
  raoul dufy regatta in gaudy hues | fauvist harbour with a scarlet sea |
  wildly wrong skin tones in hot and acid shades | salon d'automne scandal with garish canvases |
  savage brushwork in orange and viridian | shockingly bright joyful french landscape
mondrian: black grid with primary colour boxes | the yves saint laurent shift dress of 1965 |
  broadway boogie woogie | white canvas crossed by straight black bars |
  dutch painter with only right angles | rietveld's chair and the schröder house |
  red square in the corner of a ruled grid | strictly horizontal and vertical lines |
  the l'oréal studio hairspray can | tidy asymmetrical rectangles in primary hues |
  mondrian grid on a sneaker | theo van doesburg and the dutch style |
  boxes of pure colour fenced by thick lines | la vie claire cycling jersey
abstract: it does not look like anything recognisable | random blobs and forms with no subject |
  my kid could have painted that | non-figurative shapes floating about |
  corporate lobby wall art with vague forms | non-objective picture with freely arranged forms |
  hilma af klint's big spiritual paintings | playful biomorphic blobs by a catalan painter |
  pure form and colour without any object | unrecognisable modern museum canvas |
  abstract wall art for the living room | sonia delaunay discs and curves |
  meaningless arrangement of coloured forms | modernist composition with nothing depicted
art nouveau: sinuous whiplash curves and flowing hair | paris métro entrances by hector guimard |
  job cigarette paper advertisement | lady with halo of lilies and long tendrils |
  sarah bernhardt theatre posters of 1896 | graceful maidens framed by curling stems |
  decorative outlines with swirling vines and irises | victor horta's brussels staircase |
  tarot card with flowing floral border | fin de siècle ornament | dragonfly brooches by lalique |
  modernisme houses in barcelona | nouveau style biscuit tin with a flower-crowned muse |
  czech poster artist with the four seasons women
art deco: chrysler building crown with sunburst arches | jazz age glamour in gold and black |
  tamara de lempicka | stepped skyscraper ornament of the 1920s |
  speakeasy invitation with symmetrical rays | miami south beach hotel facades |
  erté fashion figures | radio city music hall foyer | streamlined luxury with chevrons and fans |
  hercule poirot title sequence | bioshock rapture decor | cassandre's ocean liner normandie |
  deco cocktail bar glamour | elegant metallic fan shapes and zigzag geometry
drip painting: canvas on the floor flung with household paint | tangled skeins of poured enamel |
  jack the dripper | chaotic web of flung black and white strands |
  autumn rhythm and lavender mist | paint thrown and poured from a stick |
  messy spatters all over the place | lee krasner's husband in the hamptons barn |
  flicked and dribbled paint everywhere | all-over tangle of spilled lacquer |
  the artist played by ed harris | splattery mess flung from a can | number 31 from 1950 |
  looks like a painter's drop cloth
rembrandt: a face emerging from deep brown shadow |
  seventeenth century amsterdam portrait with a lace collar | dim interior lit by a single candle |
  the anatomy lesson of dr tulp | one warm triangle of light on the cheek |
  old man with a feathered beret in gloom | dramatic spotlight out of blackness |
  rijksmuseum's militia company | aged self portraits with wrinkled brow |
  frans hals and georges de la tour mood | murky umber background with glowing skin |
  solemn painting with brooding darkness | dutch burghers in black with ruffs |
  rembrandt lighting on a weathered face
rococo: powdered wigs and silk gowns in a garden | girl kicking off her slipper on a garden swing |
  french court frivolity before the revolution | shell-shaped gilt curls on palace walls |
  madame de pompadour | cherubs and garlands in baby blue and blush | let them eat cake aesthetic |
  sugary boudoir painting with cupids | sofia coppola's macaron-coloured queen |
  playful lovers at a fête galante | tiepolo ceilings with airy cherubs |
  dainty curlicues and ribbons in pale tints | gilded salon with asymmetrical scrollwork |
  pilgrimage to cythera
turner: ship dissolving into blazing misty light | old warship tugged to her last berth |
  english romantic painter of sea and light | burning of the houses of parliament painting |
  steam train rushing over a rainy viaduct | vaporous yellow atmosphere with barely visible boats |
  mr. turner film with timothy spall | the slave ship in a fiery sea |
  vortex of snow and spray around a steamboat | tate britain's painter of light |
  venice melting in gauzy yellow vapour | sublime shipwreck in swirling glow |
  painter on the british twenty pound note |
  everything dissolves into incandescent haze on canvas
cezanne: apples and oranges tipping off a rumpled tablecloth |
  mountain near aix painted again and again | father of modern art from aix-en-provence |
  bathers in blocky blue-green patches | still life with a tilted table and ginger jar |
  diagonal hatching of green and ochre dabs | nature treated as cylinder sphere and cone |
  peasants playing at cards | patchy planes of colour building a hillside |
  château noir among the pines | boy in a red waistcoat | l'estaque rooftops in faceted patches |
  chunky modelled fruit with a blue outline | post-impressionist with solid structural dabs
klimt: couple embracing in a gilded patterned robe | woman in gold movie with helen mirren |
  belvedere palace vienna masterpiece | ornate patchwork of eyes and swirls on gilt |
  judith with a jeweled choker | austrian painter of gilded ladies |
  the beethoven frieze in vienna | curling branches in gold with mosaic leaves |
  lovers wrapped in a golden blanket |
  glittering mosaic-like dress in gold rectangles and circles |
  viennese 1900 gilt ornament with flat patterns | danaë curled up under golden rain |
  the stoclet frieze spirals | sumptuous byzantine-looking lovers on a flower meadow
kandinsky: painting that looks like music | russian pioneer who heard colours |
  squares with concentric circles | improvisations and compositions numbered with roman numerals |
  synesthesia turned into floating geometry | yellow red blue from 1925 |
  arcs triangles and checkerboards drifting in space | lenbachhaus munich collection |
  point and line to plane | musical notes of colour with crossing diagonals |
  bauhaus teacher of lyrical geometry | wassily's cosmic rings | several circles on black |
  jumble of semicircles sharp lines and rainbow discs
suprematism: a plain black quadrilateral on white | white on white |
  floating bars and crosses in empty white space | beat the whites with the red wedge |
  russian painter of pure geometric feeling | tilted coloured blocks hovering weightlessly |
  zero of form exhibition 1915 | airplane flying composition with slanted bars |
  red wedge and circle by lissitzky | supremacy of pure feeling in basic geometry |
  unovis group from vitebsk | stark squares crosses and circles on blank ground |
  petrograd's last futurist exhibition 0.10 |
  weightless planes of colour sliding diagonally on white
constructivism: woman shouting books through a cupped hand |
  bolshevik agitprop with diagonal lettering | workers and factories in red black and cream |
  franz ferdinand album cover | hammer and sickle with heroic workers |
  stenberg brothers film placards | battleship potemkin placard |
  photomontage with bold cyrillic diagonals | lenin pointing forward on a placard |
  tatlin's tower for the third international | moscow 1920s political graphics |
  five year plan slogans in block letters | red wedge typography for the proletariat |
  angular agitational graphics from the revolution
futurism: dog on a leash with a blur of legs | marinetti's manifesto of speed | the city rises |
  milan 1909 worship of machines and racing cars |
  striding figure streaming through the air on the euro coin |
  repeated limbs caught in successive motion | unique forms of continuity in space |
  cyclist dissolved into rushing force lines | violent movement split into overlapping phases |
  italian painters who loved trains and automobiles | carlo carrà and luigi russolo |
  armored train and dancers in whirling shards |
  simultaneous motion painted like multiple exposures | velocity and noise on canvas
surrealism: drooping timepieces on a barren beach | bowler-hatted man with an apple for a face |
  this is not a pipe | elephants on spindly insect legs |
  illogical dream imagery from the unconscious | the lobster telephone |
  spaniard with the waxed moustache | max ernst's strange bird creatures |
  figueras museum with eggs on the roof | un chien andalou |
  dreamlike impossible scene with long shadows | uncanny floating objects over an empty plain |
  weird dream painted with photographic precision | leonora carrington and remedios varo
rothko: two or three fuzzy rectangles stacked on a canvas | maroon and black seagram murals |
  houston meditation chapel paintings | huge hovering blocks with feathered edges |
  contemplative red over orange rectangles | paintings that make people cry |
  soft-edged floating oblongs in glowing stain | no. 61 rust and blue |
  new york school painter of brooding rectangles | vertical canvas with hazy horizontal slabs |
  four seasons restaurant commission | luminous maroon cloud-like panels |
  blurry stacked fields of saturated hue | meditative slab of orange and yellow
keith haring: barking dogs and crawling babies | wiggly faceless people with movement ticks |
  chalk doodles on new york subway ads | crack is wack | the pop shop in soho |
  simple bouncing figures with heavy contours | uniqlo t-shirt with radiating outlines |
  squiggly filled maze of stick people | flat bright people with motion marks |
  heart held up by two outlined people | bold line aids activism art from 1989 |
  tuttomondo wall in pisa | 1980s cartoonish dancers hugging |
  keith's interlocking figures filling every gap
matisse cutout: seaweed-like forms snipped with scissors | drawing with scissors |
  the icarus with a red heart | old painter in wheelchair cutting painted sheets |
  vence chapel designs | leafy algae silhouettes on coloured blocks | the sorrow of the king |
  blue seated woman cut from painted sheets | bold fern shapes pinned to the wall |
  coral-like organic silhouettes in flat bright hues | trendy boho print with squiggly leaf forms |
  parakeet and the mermaid | oceania the sky with white silhouettes |
  henri's late works with paper and scissors
op art: it makes my eyes hurt | pattern that seems to bulge and vibrate |
  mind-bending black and white geometry | the responsive eye exhibition 1965 |
  dizzying concentric rings that appear to move | vertigo-inducing bent curves |
  checker squares swelling into a sphere | flickering lines that wobble when you stare |
  hypnotist's wheel spiral | movement in squares | trick pattern for the eyes |
  eye-bending sixties mod dress | op-style pulsating geometry |
  seems to shimmer though it is still
fresco: pigment painted into wet lime plaster | michelangelo's ceiling in the vatican |
  the creation of adam | arena chapel in padua | the school of athens |
  chipped chalky mural in an italian monastery | villa of the mysteries |
  crumbling chapel wall with saints | dusty faded colours on cracked stucco |
  minoan bull leapers at knossos | fra angelico's annunciation at san marco |
  weathered basilica wall with damaged haloed figures | botched jesus restoration in spain |
  buon fresco saints on chapel vaults
greek vase: orange and black warriors on a clay pot | exekias's achilles and ajax playing dice |
  silhouetted heroes and chariots on pottery | disney hercules muses intro |
  krater with olympian gods | black silhouettes with incised details |
  museum pot with trojan war scenes | kylix drinking cup from athens |
  apulian urn with wine-drinking satyrs | euphronios's sarpedon on an urn |
  spear bearers in profile on an antique jug | hades video game look |
  hoplites painted round a jar | keats's ode on a grecian urn
aboriginal dot painting: earth-coloured dots forming waterholes and tracks |
  snake and kangaroo in ochre spots | emily kame kngwarreye |
  outback desert art from alice springs | ancestral songlines mapped in dots |
  boomerang and didgeridoo decoration | rainbow serpent story | clifford possum tjapaltjarri |
  circles of white and ochre spots in the western desert | native australian goanna made of dots |
  painted with the end of a stick in ochre | uluru souvenir pattern |
  first nations australian concentric campsites | bush tucker story told with spots
illuminated manuscript: monk's handwritten book with gilded initials |
  vellum page with decorated capital letter | knights fighting snails in the margin |
  scriptorium parchment with lapis and gold leaf | très riches heures du duc de berry |
  the secret of kells film | latin psalter with vines round the text |
  gothic calligraphy with tiny painted saints | lindisfarne gospels knotwork |
  marginalia with strange beasts and rabbits | handwritten bible from an abbey |
  bestiary page with unicorn and foliage border | monty python terry gilliam animations |
  old vellum with ornate drop cap
papyrus: sideways people along the nile | walk like an egyptian |
  anubis weighing a heart on scales | eye of horus and scarab | profile gods with animal heads |
  ancient reed scroll with picture writing | nefertari's burial chamber walls |
  isis and osiris in ochre and turquoise | souvenir scroll from cairo |
  cleopatra and sphinx and ankh | flat figures with heads turned in profile |
  rosetta stone style picture symbols | yellowed fibrous reed sheet from thebes |
  luxor valley of the kings wall figures
persian miniature: tiny courtly garden scene with turbaned princes |
  emperor akbar's court album page | delicate hunting scene with gazelles and cypress |
  isfahan and tabriz court ateliers | orhan pamuk's my name is red |
  jewel-toned lovers in a tiled pavilion | layla and majnun illustration |
  rostam slaying the white div | flat patterned carpets and rose gardens from safavid iran |
  polo players on horseback in a poem book | sultan's album with fine squirrel-hair brushwork |
  krishna and radha in a palace courtyard | hafez poetry page with nightingales |
  radha with lotus eyes from udaipur
pencil sketch: grey lead shading with eraser marks | quick hb study in a sketchbook |
  rough construction lines left visible | a-ha take on me video |
  lightly drawn grey strokes on white paper | 2b lead hatching and smudge |
  art student's figure study | unfinished preliminary drawing with faint guidelines |
  silvery grey lines from a sharpened lead | rough draft doodled in class with a hb lead |
  leonardo's silverpoint-like study of hands | courtroom artist's quick study |
  pencilled portrait from a street artist | m. c. escher's drawing hands
ink wash: misty mountains in diluted black | bamboo stalks with a few brushstrokes |
  zen monk's calligraphy brush | wet grey gradations on xuan paper | song dynasty hanging scroll |
  sesshū's splashed landscape | shrimp by qi baishi | koi and plum branch in grey tones |
  minimal brushed black with lots of empty space | the video game okami |
  inkstone and wolf-hair brush | gongbi's looser cousin with soft grey mountains |
  taoist landscape scroll with tiny hermit | fluid black brush with pale grey bleeding
blueprint: white chalky lines on a deep blue sheet | construction drawing with measurements |
  plans for a house | prussian blue sun print | drafting table plan with dimensions and arrows |
  floor plan for builders | engineer's diagram in white on navy | anna atkins fern prints |
  cad drawing with annotations | death star plans | machine design with exploded view lines |
  patent drawing of an invention on blue | drafted with ruler and compass on blue |
  heist movie building layout
charcoal: smudged black dust rubbed into rough paper | burnt willow stick drawing |
  deep sooty blacks with finger smears | life drawing class on newsprint with dark smears |
  vine sticks and a kneaded eraser | jack draws rose in titanic |
  käthe kollwitz's mourning mothers | powdery dark shading with gritty grain |
  dusty black strokes that dirty your hands | smoky velvety blacks rubbed with a stump |
  burnt wood drawing like a cave bison | dramatic dark portrait smeared by hand |
  william kentridge's erased films | compressed black stick dragged sideways on paper
crayon: waxy scribbles stuck on the fridge | stick figure family by a five year old |
  crayola box of 64 | harold and the purple squiggle | preschool artwork with waxy streaks |
  thick waxy strokes on construction paper | naive kiddie scrawl in bright wax |
  toddler coloured outside the lines | drawn by my little niece |
  bumpy waxy texture rubbed over paper | childish house with sun in the corner |
  the day they quit picture book | nursery school scrawls in primary wax |
  waxy rubbing over paper grain
chalk: dusty white lines on a green school slate | teacher's writing on the classroom wall |
  café menu board lettering | pavement art by kids on the driveway | hopscotch on the sidewalk |
  bert's pavement pictures in mary poppins | erasable dusty strokes on black slate |
  maths professor's board full of equations | pub specials board |
  wiped slate with powdery traces | sidewalk drawing washed away by rain | back to school board |
  white powdery lines on a dark slate | duster and slate classroom lettering
woodcut: carved with gouges into a plank and printed | frans masereel wordless novel |
  bold rough black gouge marks | die brücke prints with splintered blacks |
  mexican calaveras by posada | nuremberg chronicle illustration | relief print with chisel marks |
  hand carved lino block inked with a roller | dance of death by holbein |
  rough hewn black shapes with white gouges | carved block rolled with printing ink |
  old broadside with crude black picture | edward bawden linoleum pictures |
  darkest dungeon heavy black relief look
pop art: campbell's soup cans | marilyn in four garish colours | whaam and drowning girl |
  roy's crying blonde with dots | repeated celebrity faces in garish flat tints |
  the factory in new york | consumer packaging turned into high art |
  banana album cover for the velvet underground | richard hamilton and peter blake |
  brillo boxes and coke bottles | grid of coloured celebrity portraits |
  sixties mass media made into bright prints | jasper johns flags and targets |
  marilyn repeated in a diptych
cartoon: saturday morning tv for kids | bugs bunny and tom and jerry |
  spongebob squarepants under the sea | big goofy eyes and simple shapes |
  mickey mouse and donald duck | hanna-barbera like scooby doo | family guy and south park |
  looney tunes slapstick | rick and morty | drawn funny with exaggerated features |
  toonish kids' show character | flintstones yabba dabba doo |
  cute flat characters with clean outlines from kids' tv | adventure time and gravity falls
comic book: spider-man swinging with speech bubbles | pow bam zap | batman and superman on a page |
  jack kirby action splash | into the spider-verse | frank miller's sin city pages |
  asterix and obelix | panels with captions and thought balloons | stan lee heroes in tights |
  watchmen and v for vendetta | inked hero with bold shadows and primary tints |
  2000 ad judge dredd | pulp hero issue number one cover | moebius and the metal hurlant artists
ukiyo-e: giant claw-like wave with boats and mount fuji | pictures of the floating world |
  kabuki actors by sharaku | geisha and samurai from old edo | thirty-six views of mount fuji |
  fifty-three stations of the tōkaidō | prussian blue gradient with flat outlined shapes |
  tokugawa era courtesans in kimono | kuniyoshi's giant skeleton | wave emoji origin picture |
  old japan print with red seal in the corner | sudden shower over the bridge |
  mulberry paper print with bokashi gradient | kimono beauties carved in cherry wood
manga: naruto and one piece pages | read from right to left |
  black ink panels with speed lines and tones | akira by katsuhiro otomo |
  weekly shonen jump chapter | osamu tezuka's astro boy pages | berserk by kentaro miura |
  uzumaki spiral horror pages | tankōbon volume from tokyo |
  dotted grey tone sheets and dramatic action lines | death note and attack on titan chapters |
  shoujo romance pages with sparkly backgrounds | black and white with big eyes and sound effects |
  otaku's bookshelf of tankobon
anime: big sparkling eyes and colourful hair | my neighbor totoro |
  your name and weathering with you | sailor moon and dragon ball | neon genesis evangelion |
  tokyo tv series with magical girls | kiki's delivery service | a weekend crunchyroll binge |
  princess mononoke and howl's castle | hand painted skies with fluffy summer clouds from japan |
  pokémon pikachu and ash | cowboy bebop space bounty hunters | kawaii girl with cat ears |
  cute waifu wallpaper
graffiti: bubble letters on a subway train | wildstyle tags on a concrete underpass |
  vandalised wall with aerosol cans | hip hop culture of the bronx | krylon and montana cans |
  berlin wall east side gallery | scrawled tags in an alley | throw-ups and burners on trains |
  dripping aerosol lettering | skate park covered in tags | jet set radio |
  crown symbol and samo scrawl | wynwood walls miami | hoodlum with a rattle can
psychedelic: woodstock 1969 vibes | yellow submarine and lucy in the sky |
  lava-lamp swirls of clashing colour | grateful dead concert poster | magic mushrooms kicked in |
  kaleidoscopic swirling acid colours | jimi hendrix fillmore poster with wobbly letters |
  groovy flower power | summer of love in san francisco | far out man | tripping on shrooms |
  wes wilson and victor moscoso | pink floyd light show |
  mind-expanding fractal swirl in electric hues
pen and ink: fine black lines built up with a dip nib | the gashlycrumb tinies by edward gorey |
  crosshatched shadows from a crow quill | aubrey beardsley's salome | rapidograph and india ink |
  tenniel's alice in wonderland pictures | urban sketcher's fineliner drawing |
  franklin booth line work | bernie wrightson's frankenstein | robert crumb hatching |
  black fineliner contours on white paper | ralph steadman's inky blots |
  nib scratched black lines | where the wild things are hatching
engraving: melencolia and the rhinoceros | the divine comedy plates of 1861 |
  burin cut swelling lines in metal | portrait of washington on money |
  postage stamp portrait in fine lines | antique encyclopedia plate |
  acid bitten plate with fine lines | piranesi's imaginary prisons | goya's los caprichos |
  vintage book plate with parallel curved lines | knight death and the devil |
  victorian natural history plate | stock certificate ornament | hogarth's gin lane
stippling: wall street journal portrait | shading made only of pen points |
  dense specks for dark and sparse for light | tattoo artist's pointy shading |
  patience and a thousand pen taps | scientific illustration of a beetle with specks |
  no lines just monochrome specks | tapped with a fineliner over and over |
  black peppered tone on white | gradient made by density of specks |
  dotted shading with a technical pen | archaeologist's pottery drawing in tiny points |
  sprinkled pepper-like ink shading | fine grain of ink points forming shadow
colored pencil: prismacolor and faber-castell | adult colouring book page |
  layered waxy leads on smooth paper | box of 24 tinted leads for school |
  burnished coloured lead strokes | caran d'ache set | hand tinted hatching in many hues |
  soft tinted strokes with visible paper tooth | derwent leads sharpened to a point |
  mandala coloring page filled in | gently layered coloured strokes of a nature journal |
  rainbow of sharpened pencils | johanna basford secret garden |
  children's hatching with tinted leads
pastel: powdery ballerinas by a french master | velvety powdered colour on tinted paper |
  chalky sticks blended with the fingers | mary cassatt's mothers and children |
  dusty pigment sticks with soft edges | odilon redon's dreamy bouquets |
  creamy sticks smeared by fingertip | rosalba carriera and quentin de la tour |
  sennelier soft colour sticks | soft chalky colour on sanded paper | dancers in blue tutus |
  blended powder with velvety bloom | needs fixative so it will not smudge |
  the chocolate girl by liotard
marker drawing: streaky strokes from thick felt nibs | fashion designer's quick rendering |
  alcohol ink overlapping streaks | whiteboard doodle in bright felt |
  chunky felt tips from the stationery shop | industrial design concept car sketch |
  stabilo and crayola felt pens | saturated flat strokes that overlap darker |
  permanent black sharpie lines on poster board | promarker render with chisel tip |
  bleeding through the page in bright streaks | squeaky broad felt strokes |
  storyboard artist's quick felt tip fill | bullet journal highlighters
ballpoint pen: bored scrawl in the margin of homework | blue ink loops on lined paper |
  telephone pad squiggles | cheap office pen scratchings | crosshatched with a bic cristal |
  schoolboy's exercise book drawing | blue swirly back and forth lines |
  drawn during a boring meeting | blue ink on a napkin | il lee and juan francisco casas |
  oily blue pen strokes in a spiral notebook | frantic circular scratchings in blue |
  signed with a clicky pen | notepad sketch in one blue ink
gouache: chalky opaque flat colour in a picture book | mary blair concept art |
  matte velvety paint with crisp shapes | designers' paint with opaque highlights |
  little golden book illustration | body colour with no shine |
  eric carle-like matte painted shapes | mid-century children's illustration in flat paint |
  school powder paint | egg yolk pigment on a panel | chalky finish landscape with flat shapes |
  velvety matte plein air study on a small card |
  animation background painting in flat opaque tones |
  opaque water-based paint layered light over dark
airbrush: smooth misty gradients on a custom motorcycle | wolf and moon on the side of a van |
  sprayed t-shirt from the boardwalk | glossy chrome robot pinup |
  heavy metal album cover from 1983 | compressed air and a fine nozzle |
  frazetta style barbarian on a fuel tank | flawless soft blends without brush marks |
  hot rod flames sprayed on the hood | seventies prog rock sleeve by roger dean |
  fairground ride artwork | shiny retro sci-fi paperback cover | nail salon fade effect |
  misted paint with soft highlights and sparkles
risograph: japanese stencil duplicator | grainy overlapping spot inks |
  indie press with teal and fluorescent orange | slightly off-register layered colours |
  soy ink and two drums | art book fair prints | limited ink zine from a small press |
  overprinted pink and blue with grainy texture | mis-aligned two ink gig flyer |
  eco-friendly duplicator print | hipster magazine in two spot inks |
  photocopier-like print in bright ink | art school pamphlet with grainy gradients |
  federal blue and bright red overlay
newspaper print: extra extra read all about it | grey dotted picture on the front page |
  cheap pulp paper with columns of text | the new york times morning edition |
  headline and grainy halftone portrait | fish and chips wrapper |
  yesterday's daily with smudgy ink | coarse screen dots under a loupe |
  yellowed tabloid clipping | citizen kane headlines | obituary page picture |
  press photo in coarse grey dots | ransom note letters from the daily paper |
  broadsheet columns in small type
travel poster: visit the alps by train |
  flat silhouettes with a stylised sunset and bold lettering | roger broders côte d'azur |
  yosemite and yellowstone screenprints | nasa's visions of the future |
  see america advertisement with bison | orient express advertisement |
  holiday resort advert from the thirties | come to the riviera |
  simplified mountain landscape in flat tints | lner seaside advertisement |
  skiing in st. moritz lithograph | pan am airline ad |
  bold flat scenery with large destination name
collage: bits of paper glued together | scissors and glue scrapbook page |
  pasted fragments from old magazines | mood board with ripped edges |
  ransom note style cut letters | kitchen knife photomontage | decoupage with ripped scraps |
  merz pictures from tram tickets | layers of glued scraps and tickets |
  mixed clippings with visible ripped edges | pinboard of glossy cuttings | sgt. pepper's sleeve |
  scrapbooking with glue and old magazines | cut-up pictures pasted in a mishmash
stencil: girl with a red balloon on a wall | the obama hope placard |
  sprayed through a cut cardboard template | kissing policemen and rats in london |
  crisp aerosol silhouette with overspray | flower thrower in black and white |
  guerrilla art from bristol | andre the giant obey sticker | blek le rat |
  cut-out template sprayed in one colour | exit through the gift shop | military crate lettering |
  black spray silhouette with bridges in the shapes | protest slogan sprayed through a mask
mosaic: little cubes of stone set in mortar | ravenna's emperor justinian |
  park güell lizard bench | trencadís of broken plates | hagia sophia's golden saints |
  tiny squares with grout lines | pompeii cave canem dog | bathroom floor in small squares |
  alexander at issus from the house of the faun | space invader street pieces in squares |
  pixel-like bits of glazed stone | chipped bits of colour cemented together |
  san marco's shimmering domes | swimming pool bottom of small squares
stained glass: sainte-chapelle in paris | light streaming through lead-framed panes |
  the round rose of notre-dame | lamp shade with dragonfly and lead lines |
  chartres blue panes with saints | thick black leading between jewel bright panes |
  chagall's blue chapel panes | panes soldered with lead came |
  kaleidoscopic glow inside a chapel | jewel colours lit from behind in a nave |
  disney beauty and the beast prologue | glazed saints with black outlines |
  abbey panes casting coloured light | suncatcher hung in the window
crystal: sharp facets catching the light | geode split open | a glittering swarovski swan |
  sparkly purple cave spikes | brilliant cut ring stone | superman's fortress of solitude |
  twinkling gem with prismatic facets | healing stones from the new age shop |
  diamonds are forever | naica cave giant selenite beams | ruby sapphire and emerald cut stones |
  engagement ring rock | pointy clear shards growing from rock |
  prism splitting light into sparkles
gold: king midas touched it | oscar trophy shine | bullion bars in a vault | el dorado treasure |
  c-3po's shiny body | goldfinger painted lady | bling like a rapper's chain |
  precious yellow metal gleaming | fort knox ingots | tutankhamun's mask metal |
  pirate chest of doubloons | 24 carat ingot | opulent warm yellow metallic sheen |
  opera house balcony glitz
silver: jeff koons balloon dog | t-1000 from terminator 2 | anish kapoor's bean in chicago |
  mirror-like grey reflections | shiny car bumper | polished knives forks and spoons |
  knight's shining armour | quicksilver droplets reflecting everything |
  grandmother's sterling teapot | reflective like a ball bearing | aluminium foil wrapped |
  shiny airstream trailer | guggenheim bilbao titanium skin | gleaming hubcap reflection
bronze: rodin's the thinker | statue in a town square with greenish streaks | third place medal |
  lost-wax casting from the foundry | ancient shang ritual vessel | the riace warriors statues |
  equestrian monument of a general | church bell metal | giacometti's thin walking man |
  brown metal sculpture on a plinth | benin court heads | cannon and bell alloy |
  door knocker worn shiny by hands | charging bull of wall street
rust: abandoned car in a junkyard | flaky orange metal left in the rain | old shipwreck hull |
  corten steel sculpture by richard serra | flaky scrapyard decay | corroded nails and chains |
  orange-brown flakes on an old barrel | pitted oxidised surface | angel of the north |
  derelict tanker's hull | flaking red-brown scale | abandoned factory pipes eaten away |
  tetanus waiting to happen | old farm machinery left to rot
glass: dale chihuly's chandeliers | vase you can look straight through |
  cinderella's see-through slipper | wine goblet with refractions | venetian blown vase |
  windowpane with clear reflections | the louvre courtyard pyramid |
  clear bottle bending the light | fragile transparent figurine |
  handle with care see-through ornament | paperweight with refracting edges |
  lab beaker and flask | invisible man silhouette refracting background | snow globe dome
wood: carpenter's whittled figure | pinocchio the puppet | growth rings and knots |
  varnished mahogany table | lumberjack's log cabin | ikea pine shelf | chiselled walnut grain |
  hardwood floor planks | russian nesting doll material | groot from guardians of the galaxy |
  totem pole carving | laser cut birch ply | parquet and sawdust | trojan horse material
marble: michelangelo's david in florence | venus de milo | the taj mahal's white walls |
  classical sculpture in the louvre | bernini's apollo and daphne | white stone with grey veins |
  kitchen countertop with veins | the parthenon's pale sculptures | smooth pale antique torso |
  roman bust of an emperor | apollo belvedere in the vatican | sculptor's polished white block |
  pietà in st. peter's | palace columns and polished floor
stone wall: medieval fortress ramparts | irish field boundaries |
  stacked grey boulders without mortar | old cottage built from fieldstone | inca walls of cusco |
  great wall of china | dungeon blocks with moss and mortar | rough hewn granite blocks |
  dartmoor sheep enclosure | old town street paving | a cold hogwarts corridor |
  scottish castle masonry | turned to stone by medusa | rubble and mortar in grey lumps
red rock: antelope slot in arizona | sedona buttes in arizona | uluru in the outback |
  petra in jordan | layered rust-coloured strata | john ford western backdrop |
  zion and bryce hoodoos | curiosity rover landscape | wile e. coyote's cliffs |
  utah arches and mesas | ochre cliffs with wavy layers | the martian planet surface |
  eroded strata glowing orange | red planet surface
brick: another one in the wall by pink floyd | manchester mill facade |
  bricklayer's trowel and mortar | rows of baked red blocks | brooklyn loft interior |
  third little pig's home | stand-up comedy club backdrop | running bond with mortar joints |
  ornate tudor chimney stack | london terraced house facade | yellow road to oz |
  warehouse wall in red | old chimney stack | courses of masonry in red clay
sand: bucket and spade castle | holiday seaside shore | footprints by the shore |
  grains trickling in an hourglass | marvel villain who crumbles into grains |
  zen garden raked lines | tibetan mandala grains | grainy beige shore texture |
  gets between your toes | crumbly wet castle with turrets | litter box granules |
  wind-blown ridges on a shore | anakin hates it | beach towel and seashell shore
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
"""
