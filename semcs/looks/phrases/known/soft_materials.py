"""Cloth, hides, paper, crafts, sweets and slime: artists, works and things near each look."""

TABLE = """
wool: knit | knits | knitted jumper | jumper | sweater | crocheted | amigurumi | woolly |
  woolen yarn | felt | felted | felted wool | yarns | cable knit | scarf | mittens | macrame |
  ugly sweater | christmas sweater | christmas jumper | pom poms | carpet | rug
embroidery: cross-stitch | cross stitched | needlepoint | sewn | stitched | stitching | stitches |
  bayeux tapestry | tapestries | quilt | quilted | patchwork | quilting | beadwork | sashiko |
  sewing | gobelin | sampler | kantha | thread art | string art
denim: levis | levi's | denim jacket | blue jean | canvas fabric | cotton | linen | woven cotton |
  dungarees | jeans pocket | textiles | tartan | plaid | flannel
paper cut: kirigami | paper-cut | papercut | paper collage layers | layered cardstock |
  shadow box | pop-up book | pop up book | paper diorama | paper layers | paper quilling |
  quilling | silhouette | silhouettes | paper mario | chinese paper cutting | papel picado |
  lotte reiniger | tissue paper
low poly: polygon | polygonal mesh | low polygon | triangle | triangle mesh |
  delaunay triangulation | wireframe | playstation 1 graphics | ps1 graphics | n64 graphics |
  3d render | 3d model | geometric facets | monument valley game | faceted | geometric |
  cubist mesh | 3d
origami: folded | paper plane | paper boat | papel | washi | paper airplane | kusudama |
  paper fold
camouflage: camouflaged | camo print | soldier | military uniform | hunting jacket | guerrilla |
  woodland camo | desert camo
zebra print: zebras | zebra coat
leopard print: leopards | cheetahs | jaguars | big cat | panther print | snow leopard | tiger |
  tiger stripes | ocelot | giraffe
dragon scales: snake | serpent | dragons | crocodile | alligator | lizard | reptilian | mermaid |
  fish scale | game of thrones | godzilla | dinosaur | dinosaurs | smaug | pangolin |
  scale armor | snakes | iguana | fish
slime: gunk | mucus | gelatin | jello | gelatine | toxic waste | radioactive | flubber |
  nickelodeon slime | green ooze | gel | melting plastic | blob | the blob | snot | goop |
  venom symbiote
claymation: clay | plasticine | aardman | shaun the sheep | chicken run | play-doh | playdough |
  play dough | stop motion | stop-motion | coraline | modelling clay | modeling clay |
  polymer clay | laika | plastilin | nightmare before christmas | corpse bride | tim burton |
  pingu | gumby | fimo | putty
leather: saddle | cowboy boots | hide | suede | cowboy | leather book | leather bound book |
  biker jacket | baseball glove | wallet | rawhide
velvet: plush | velveteen | corduroy | velvet rope | moulin rouge curtain | opera house |
  opera curtain | velvet painting
silk: silks | silk screen cloth | chiffon | taffeta | bridal satin | ribbon | ribbons |
  silk robe | parachute silk | kimono silk | organza | sari
fur: shaggy | wool fur | bear | teddy | cat fur | dog fur | wolf | wolf pelt | fox fur | mink |
  chewbacca | yeti | sasquatch | bigfoot | cuddly | muppet | muppets | muppet show |
  sesame street | elmo | faux fur | fuzzy | stuffed animal | hairs | plush toy
lace: doilies | crochet lace | lingerie | filigree | tulle | wedding veil | wedding dress |
  bridal veil | chantilly | snowflake doily
burlap: sack | sackcloths | hessian cloth | raffia | coarse cloth | sacks | scarecrow | twine |
  rope | ropes
wicker: woven | rattan chair | straw | baskets | straw hat | weaving | woven straw | thatch |
  bird nest | bast
cardboard: cardboard boxes | shipping box | amazon box | cartons | parcel | moving boxes |
  kraft paper | brown paper | brown paper bag
chocolate: chocolates | nutella | toblerone | cocoa powder | chocolate cake | brownie | ganache |
  truffle chocolate | candy bar | hershey | chocolate fountain | coffee | cookies | cookie |
  gingerbread | hot chocolate
candy: sugar | sugary | bonbon | bonbons | jellybeans | gummi bears | gummies | haribo |
  candy land | sprinkles | ice cream | cotton candy | cake | cupcake | donut | doughnut |
  frosting | icing | marshmallow | macaron | macarons | bubblegum | bubble gum | lollypop |
  sweet shop | katamari | candy crush | hansel and gretel house | dessert | desserts |
  sprinkled donut | skittles | pez
bark: trunk | oak tree bark | tree bark texture | birch bark | groot | treebeard | ent |
  gnarled tree
feathers: plume | plumes | bird | birds | peacock | parrot | swan | angel wings | owl | eagle |
  hummingbird | flamingo | peacock tail | dreamcatcher | icarus
"""
