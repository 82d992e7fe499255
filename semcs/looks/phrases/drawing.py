"""Drawing, print and popular media: what people type for each."""

TABLE = """
pencil sketch: a pencil sketch | sketch | pencil drawing | graphite drawing |
  a sketch with pencil | hand-drawn sketch | pencil | drawn with pencil | sketchy lines |
  a pencil drawing | line sketch | graphite | drawing | a sketch with black pencil
ink wash: ink wash painting | sumi-e | chinese ink painting | japanese ink painting |
  ink painting | brush and ink | black ink | chinese brush painting | oriental ink painting |
  ink on rice paper | calligraphy ink | ink | shan shui
blueprint: a blueprint | technical drawing | architectural plan | engineering drawing |
  cyanotype | white lines on blue paper | blueprint drawing | schematic | construction plan |
  architect's drawing | technical blueprint
charcoal: charcoal drawing | a charcoal drawing | charcoal sketch | drawn with charcoal |
  smudged charcoal | black charcoal | conte crayon | a drawing in charcoal | charcoal on paper |
  charcoal portrait | coal
crayon: crayon drawing | crayons | wax crayon | a child's drawing |
  drawn with crayons | kids drawing | scribbled crayon | children's drawing | a crayon drawing |
  wax crayons | kindergarten drawing | crayon scribbles
chalk: chalk drawing | chalk on blackboard | chalkboard | blackboard | a chalk drawing |
  drawn with chalk | chalk on a chalkboard | school blackboard | white chalk | chalk art |
  chalk sketch
woodcut: woodcut print | a woodcut | linocut | block print | lino print | carved print |
  medieval woodcut | linocut print | wood block print | lino cut | a linocut | german woodcut
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
graffiti: street art | spray paint | graffiti wall | a graffiti style painting |
  spray painted | graffiti mural | basquiat | urban art | covered in graffiti |
  mural | spray can art | tagged wall
psychedelic: psychedelic art | trippy | acid trip | hippie art | lsd | rainbow swirls |
  psychedelic poster | liquid rainbow | tie-dye | tie dye | melting colours | hallucination
pen and ink: pen and ink drawing | ink drawing | ink pen drawing | line art | hatching |
  cross-hatching | crosshatching | black ink lines | a pen and ink illustration | ink illustration |
  pen drawing | black pen drawing | drawn with a pen | ink sketch | cross hatching | inktober
engraving: etching | an engraving | albrecht durer | durer | gustave dore | an old engraving |
  black and white engraving | copperplate engraving | banknote | banknote engraving | dollar bill |
  steel engraving | an etching | engraved illustration | copper engraving | intaglio print |
  rembrandt etching
stippling: stipple | stippled | stipple drawing | black dots on white | dotwork | dot drawing |
  stippled ink | drawn with black dots | ink dots | a stippling drawing | stipple portrait |
  hedcut | tiny black dots
colored pencil: coloured pencil | colored pencils | coloured pencils | colored pencil drawing |
  coloured pencil drawing | pencil crayons | a drawing with colored pencils | color pencil |
  colour pencils | drawn with coloured pencils | color pencil sketch | crayola colored pencils
pastel: pastels | pastel drawing | soft pastel | chalk pastel | pastel painting | oil pastel |
  pastel chalk drawing | a pastel drawing | soft pastels | edgar degas | degas | degas pastel |
  drawn with pastels | dry pastel
marker drawing: marker | markers | felt-tip pen | felt tip pens | drawn with markers |
  copic markers | alcohol markers | marker pen | sharpie | sharpie drawing | a marker drawing |
  highlighter pens | marker sketch | felt pen drawing
ballpoint pen: ballpoint | ballpoint pen drawing | blue pen | biro | bic pen | blue ballpoint pen |
  biro drawing | doodle | pen doodle | scribble | scribbles | drawn with a blue pen |
  notebook doodle | scribbled lines | pen scribble
gouache: gouache painting | a gouache painting | gouache wash | gouache paint | opaque watercolor |
  poster paint | tempera | matte paint | tempera paint | painted in gouache |
  gouache illustration | flat matte painting | storybook gouache
airbrush: airbrushed | airbrush art | airbrush painting | an airbrush painting | 80s airbrush |
  airbrushed van art | spray gradient | airbrush illustration | eighties airbrush art |
  soft airbrush | van mural | hajime sorayama
risograph: riso | riso print | risograph print | a risograph print | riso printing | zine |
  two-color print | misregistered print | fluorescent pink and blue print | spot color print |
  risograph poster | duotone print | zine print
newspaper print: newspaper | newsprint | newspaper photo | an old newspaper | old newspaper |
  newspaper clipping | printed in a newspaper | newspaper halftone | newspaper page |
  black and white newspaper | made of newspaper | halftone | halftone dots
travel poster: vintage travel poster | a travel poster | vintage poster | railway poster |
  1930s poster | wpa poster | national park poster | retro travel poster | art deco travel poster |
  flat poster | tourism poster | thirties poster | old travel poster | retro poster
collage: a collage | torn paper | magazine collage | paper collage | cut and paste |
  torn paper collage | mixed media collage | magazine cutouts | dada collage | photo collage |
  ripped paper | kurt schwitters | hannah hoch | torn magazine pages
stencil: stencil art | banksy | stencil graffiti | a stencil | spray paint stencil | stencilled |
  in the style of banksy | stenciled | a banksy stencil | stencil print | shepard fairey |
  street stencil | spray stencil
"""
