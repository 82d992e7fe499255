"""Drawing, print and popular media: artists, works and things near each look."""

TABLE = """
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
"""
