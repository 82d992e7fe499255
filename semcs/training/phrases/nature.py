"""Nature, weather and times of day: what people type for each."""

TABLE = """
snow: snowy | a snowy scene | covered in snow | winter snow | snowfall | blizzard | winter |
  fresh snow | falling snow | snowflakes | a snowy landscape | snow storm | wintry | white snow |
  snow covered | christmas snow
ice: icy | frozen | made of ice | covered in ice | frozen ice | glacier | cracked ice | blue ice |
  frost | frosty | iceberg | an ice sculpture | frozen lake | icicles | arctic ice
fire: flames | on fire | burning | fiery | a burning fire | made of fire | blazing flames |
  in flames | flaming | inferno | blaze | wildfire | burning flames | engulfed in flames |
  bonfire | hell fire
lava: molten lava | volcano | magma | made of lava | volcanic rock | flowing lava | volcanic |
  covered in lava | cracked lava | lava flow | volcanic eruption | glowing embers | molten rock |
  embers
smoke: smoky | made of smoke | wisps of smoke | grey smoke | swirling smoke | smoke on black |
  covered in smoke | cigarette smoke | drifting smoke | vapour | steam
leaves: green leaves | foliage | leafy | covered in leaves | made of leaves | jungle |
  green foliage | forest leaves | plants | green plants | ivy | bushes | tropical leaves |
  lush greenery | vegetation | forest
autumn: fall | autumn leaves | fall leaves | autumn foliage | orange leaves | autumnal |
  fall foliage | maple leaves | in autumn | fallen leaves | a forest in autumn | october leaves |
  autumn forest | red and orange leaves
flowers: floral | covered in flowers | blossoms | made of flowers | flower field |
  a field of flowers | blooming flowers | flower garden | spring flowers | cherry blossom |
  roses | spring | wildflowers | bouquet | petals | cherry blossoms
grass: grassy | green grass | meadow | covered in grass | lawn | made of grass | a green meadow |
  blades of grass | tall grass | moss | mossy | green field | covered in moss
underwater: under water | under the sea | deep sea | ocean floor | underwater scene | caustics |
  an underwater scene | submerged | coral reef | aquarium | beneath the waves | under the ocean |
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
sunset: at sunset | sunrise | dusk | golden hour | dawn | evening sun | a beautiful sunset |
  twilight | orange sunset sky | sunset sky | in the sunset | evening glow | at dusk
storm: lightning | thunderstorm | thunder | lightning storm | stormy | a thunderstorm |
  electric storm | lightning bolt | lightning strike | thunderclouds | electricity |
  lightning bolts | stormy sky
clouds: cloudy | made of clouds | blue sky | white clouds | sky | heaven | cloud | fluffy clouds |
  in the clouds | heavenly | cumulus clouds | above the clouds | a cloudy sky | summer sky
"""
