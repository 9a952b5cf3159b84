"""A synthetic population: Kela's intake files about people who do not exist.

The same size, day and version give the same bytes. It imports nothing of the product; it reads the
project's register of municipalities and the demo's cast.
"""

VERSION = "9"
