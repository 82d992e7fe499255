"""Painters and movements of painting: what people say who do not name the look."""

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
"""
