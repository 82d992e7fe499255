"""Drawing, print and popular media: what people type for each."""

TABLE = """
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
"""
