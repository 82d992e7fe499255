"""What things are made of: what people type for each."""

TABLE = """
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
"""
