"""Large cities that the zone database does not name, and the zone each lies in.

The zone database names one city or a few for every stretch of land with clocks of its own; people
enter theirs. Spellings are those of `bot.domain.zones`: small letters, no accents, underscores.
"""

from __future__ import annotations

_BY_ZONE = {
    "Africa/Cairo": "alexandria giza",
    "Africa/Casablanca": "fes marrakesh rabat",
    "Africa/Johannesburg": "cape_town durban pretoria",
    "Africa/Lagos": "abuja ibadan kano",
    "Africa/Nairobi": "mombasa",
    "America/Bogota": "barranquilla cali medellin",
    "America/Chicago": "austin dallas houston kansas_city memphis milwaukee minneapolis nashville"
    " new_orleans oklahoma_city omaha san_antonio st_louis",
    "America/Denver": "albuquerque colorado_springs salt_lake_city",
    "America/Edmonton": "calgary",
    "America/Guayaquil": "quito",
    "America/Los_Angeles": "las_vegas oakland portland sacramento san_diego san_francisco seattle",
    "America/Mexico_City": "guadalajara puebla",
    "America/New_York": "atlanta baltimore boston brooklyn charlotte cincinnati cleveland columbus"
    " jacksonville miami orlando philadelphia pittsburgh raleigh tampa washington washington_dc",
    "America/Phoenix": "tucson",
    "America/Sao_Paulo": "belo_horizonte brasilia curitiba florianopolis porto_alegre"
    " rio_de_janeiro",
    "America/Toronto": "ottawa quebec quebec_city",
    "Asia/Dubai": "abu_dhabi sharjah",
    "Asia/Ho_Chi_Minh": "da_nang hanoi",
    "Asia/Jakarta": "bandung surabaya",
    "Asia/Karachi": "islamabad lahore rawalpindi",
    "Asia/Kolkata": "ahmedabad bangalore bengaluru bombay chennai delhi jaipur kochi"
    " lucknow madras mumbai new_delhi pune surat",
    "Asia/Manila": "cebu davao quezon_city",
    "Asia/Riyadh": "jeddah mecca medina",
    "Asia/Seoul": "busan daegu incheon",
    "Asia/Shanghai": "beijing chengdu guangzhou hangzhou nanjing shenzhen tianjin wuhan xian",
    "Asia/Taipei": "kaohsiung taichung",
    "Asia/Tehran": "isfahan mashhad shiraz tabriz",
    "Asia/Tokyo": "fukuoka hiroshima kobe kyoto nagoya osaka sapporo yokohama",
    "Australia/Brisbane": "cairns gold_coast",
    "Europe/Amsterdam": "eindhoven rotterdam the_hague utrecht",
    "Europe/Berlin": "bremen cologne dortmund dresden dusseldorf essen frankfurt hamburg hannover"
    " koln leipzig munchen munich nuremberg stuttgart",
    "Europe/Brussels": "antwerp bruges ghent",
    "Europe/Copenhagen": "aarhus",
    "Europe/Dublin": "cork galway",
    "Europe/Helsinki": "espoo tampere turku",
    "Europe/Istanbul": "ankara antalya izmir",
    "Europe/Kyiv": "dnipro kharkiv lviv odesa",
    "Europe/Lisbon": "porto",
    "Europe/London": "bristol cardiff edinburgh glasgow leeds liverpool manchester sheffield",
    "Europe/Madrid": "barcelona bilbao malaga seville valencia zaragoza",
    "Europe/Moscow": "saint_petersburg st_petersburg",
    "Europe/Oslo": "bergen trondheim",
    "Europe/Paris": "bordeaux lille lyon marseille nantes nice strasbourg toulouse",
    "Europe/Prague": "brno",
    "Europe/Rome": "bologna florence genoa milan milano naples palermo roma turin venice",
    "Europe/Stockholm": "gothenburg malmo",
    "Europe/Vienna": "graz linz salzburg wien",
    "Europe/Warsaw": "gdansk krakow lodz poznan wroclaw",
    "Europe/Zurich": "basel bern geneva geneve lausanne",
    "Pacific/Auckland": "christchurch wellington",
}

ZONE_OF = {city: zone for zone, cities in _BY_ZONE.items() for city in cities.split()}
"""The IANA zone of each large city, by its spelling."""
