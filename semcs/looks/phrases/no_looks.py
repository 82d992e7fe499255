"""Phrases that name no look, though a word in them does."""

TABLE = """
nothing: orange juice | orange tree | apple juice | goldfish | gold fish | glass of | glasses of |
  cup of | piece of glass | rock music | rock band | rock star | heavy metal music | sand box |
  fire truck | fire engine | fire station | iron man | rain coat | brown bear | light bulb |
  light house | lighthouse | ice hockey | ice skates | golden retriever | silver spoon |
  paper clip | magnifying glass | hour glass | looking glass | sunglasses | sun glasses |
  reading glasses | fall asleep | falls in love | fall in love | falling down | spring roll |
  spring onion | water bottle | water pipe | water melon | watermelon | sea horse | sea lion |
  sea food | seafood | wood pecker | woodpecker | stone fruit | marble cake | coral snake |
  feather weight | pen pal | pen holder | pencil case | pencil sharpener | newspaper boy |
  oil tanker | oil rig | oil company | chalk cliffs | computer mouse | lion | tiger shark |
  zebra crossing | zebra fish | leopard seal | leopard frog | dragon fruit | dragon fly |
  dragonfly | butterfly | honey moon | honeymoon | smoke detector | cloud computing |
  cloud storage | rainbow trout | storm trooper | stormtrooper | silk road | silk worm |
  jade plant
"""
