"""Drawing, print and popular media: what people say who do not name the look."""

TABLE = """
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
"""
