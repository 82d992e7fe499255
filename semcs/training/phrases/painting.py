"""Painters and movements of painting: what people type for each."""

TABLE = """
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
"""
