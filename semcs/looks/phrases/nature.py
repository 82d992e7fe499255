"""Nature, weather and times of day: what people type for each."""

TABLE = """
snow: snowy | a snowy scene | covered in snow | winter snow | snowfall | blizzard | winter |
  fresh snow | falling snow | snowflakes | a snowy landscape | snow storm | wintry | white snow |
  snow covered | christmas snow
ice: icy | frozen | made of ice | covered in ice | frozen ice | glacier | cracked ice | blue ice |
  iceberg | an ice sculpture | frozen lake | icicles | arctic ice | ice block
fire: flames | on fire | burning | fiery | a burning fire | made of fire | blazing flames |
  in flames | flaming | inferno | blaze | wildfire | burning flames | engulfed in flames |
  bonfire | hell fire
lava: molten lava | volcano | magma | made of lava | volcanic rock | flowing lava | volcanic |
  covered in lava | cracked lava | lava flow | volcanic eruption | glowing embers | molten rock |
  embers
smoke: smoky | made of smoke | wisps of smoke | grey smoke | swirling smoke | smoke on black |
  covered in smoke | cigarette smoke | drifting smoke | vapour | steam
leaves: green leaves | foliage | leafy | covered in leaves | made of leaves | green foliage |
  forest leaves | plants | green plants | ivy | bushes | lush greenery | vegetation | forest
autumn: fall | autumn leaves | fall leaves | autumn foliage | orange leaves | autumnal |
  fall foliage | maple leaves | in autumn | fallen leaves | a forest in autumn | october leaves |
  autumn forest | red and orange leaves
flowers: floral | covered in flowers | blossoms | made of flowers | flower field |
  a field of flowers | blooming flowers | flower garden | spring flowers | roses | wildflowers |
  bouquet | petals | a bed of flowers
grass: grassy | green grass | meadow | covered in grass | lawn | made of grass | a green meadow |
  blades of grass | tall grass | green field
underwater: under water | under the sea | deep sea | ocean floor | underwater scene | caustics |
  an underwater scene | submerged | aquarium | beneath the waves | under the ocean |
  deep underwater | swimming pool
sea: ocean | ocean waves | waves | water | the sea | stormy sea | made of water | sea foam |
  blue waves | surf | rough sea | splashing water | crashing waves | river | turquoise water
desert: desert sand | sand dunes | dunes | sahara | the sahara desert | a desert landscape |
  desert dunes | in the desert | golden dunes | arabian desert | hot desert | sandy desert
galaxy: nebula | outer space | milky way | cosmos | cosmic | a galaxy | space nebula |
  in outer space | the universe | stars and galaxies | deep space | stardust | interstellar |
  hubble | space
night: at night | night time | moonlight | moonlit | a dark night | midnight | in the moonlight |
  night sky | nocturnal | full moon | a moonlit night | in the dark | dark night scene | nighttime
rain: rainy | a rainy day | raining | in the rain | rain drops | heavy rain | rainfall |
  pouring rain | raindrops | wet weather | rainy weather | downpour | drizzle
fog: foggy | mist | misty | a foggy morning | in the fog | haze | hazy | covered in fog |
  thick fog | morning mist | a misty morning | silent hill
sunset: at sunset | golden hour | evening sun | a beautiful sunset | orange sunset sky |
  sunset sky | in the sunset | evening glow | a sunset | red evening sky | the setting sun
storm: lightning | thunderstorm | thunder | lightning storm | stormy | a thunderstorm |
  electric storm | lightning bolt | lightning strike | thunderclouds | electricity |
  lightning bolts | stormy sky
clouds: cloudy | made of clouds | blue sky | white clouds | sky | heaven | cloud | fluffy clouds |
  in the clouds | heavenly | cumulus clouds | above the clouds | a cloudy sky
aurora: northern lights | aurora borealis | the northern lights | polar lights | southern lights |
  an aurora | green northern lights | aurora australis | aurora sky | green and violet lights |
  lights of the arctic sky | curtains of green light
rainbow: a rainbow | rainbow colors | rainbow colours | rainbows | double rainbow |
  a rainbow in the sky | after the rain | colors of the rainbow | under a rainbow | rainbow sky |
  rainbow arch | the spectrum | somewhere over the rainbow
cherry blossom: cherry blossoms | sakura | spring | pink blossoms | cherry tree | cherry trees |
  springtime | blossoming tree | japanese cherry | in spring | pink petals | in full bloom |
  sakura petals | a spring day
dawn: sunrise | at dawn | daybreak | early morning | morning light | at sunrise | break of day |
  a pink morning | first light | early morning light | rosy dawn | a beautiful sunrise | morning |
  sun rising
blue hour: twilight | dusk | at dusk | at twilight | blue twilight | evening | in the evening |
  the blue hour | nightfall | city lights at dusk | deep blue evening | after sunset | blue evening
sunny day: sunny | a sunny day | bright sunlight | sunshine | summer | summer day | sunlit |
  summer sky | sunlight | in the sunshine | midday sun | a hot summer day | clear sunny weather |
  bright summer day | sunny weather | in summer
fireworks: firework | new year's eve | fireworks display | exploding fireworks | sparklers |
  fireworks in the sky | new year fireworks | colorful fireworks | 4th of july | a firework show |
  pyrotechnics | bursting rockets | sparks
sandstorm: dust storm | a sandstorm | desert storm | blowing sand | dusty | dust | dust cloud |
  haboob | a dust storm | mad max | swirling dust | orange dust | sand blowing in the wind | dune
coral reef: coral | corals | a coral reef | great barrier reef | tropical reef | reef |
  colorful corals | made of coral | anemones | covered in coral | coral garden | finding nemo |
  sea anemone | branching coral
jungle: tropical leaves | rainforest | tropical | a jungle | amazon rainforest | monstera |
  palm leaves | tropical forest | in the jungle | tropical plants | tropical rainforest |
  jungle leaves | palm trees | the amazon | jungle book
moss: mossy | covered in moss | made of moss | green moss | moss carpet | mossy forest floor |
  overgrown with moss | mossy rocks | lichen | soft green moss | moss-covered | moss garden
frost: frosty | frost crystals | hoarfrost | frosted window | frost on a window | frost flowers |
  covered in frost | ice crystals | frozen window | ice ferns | winter frost | rime |
  a frosty morning | frosted
lavender field: lavender | lavender fields | provence | a lavender field | lavender flowers |
  purple flower field | rows of lavender | field of lavender | purple field | lavender in provence |
  lavender rows | covered in lavender
"""
