"""Countries and their regions as people enter them.

Names are facts of the Unicode CLDR (https://cldr.unicode.org, by way of Babel): English first, then
those in the country's own languages that are written in Latin letters, and what else is common in
English. What the reader's language calls a country is known to `bot.ui.zones`.
"""

COUNTRIES = """
AD Andorra
AE United Arab Emirates = UAE = Emirates
AF Afghanistan
AG Antigua & Barbuda = Antigua = Barbuda
AI Anguilla
AL Albania = Shqipëri
AM Armenia
AO Angola
AQ Antarctica
AR Argentina
AS American Samoa
AT Austria = Österreich
AU Australia
AW Aruba
AX Åland Islands = Åland
AZ Azerbaijan = Azərbaycan
BA Bosnia & Herzegovina = Bosna i Hercegovina = Bosnia
BB Barbados
BD Bangladesh
BE Belgium = België = Belgique = Belgien
BF Burkina Faso
BG Bulgaria = Bulgariya
BH Bahrain
BI Burundi = Uburundi
BJ Benin
BL St. Barthélemy = Saint-Barthélemy
BM Bermuda
BN Brunei = Brunei Darussalam
BO Bolivia
BQ Caribbean Netherlands = Caribisch Nederland
BR Brazil = Brasil
BS Bahamas
BT Bhutan
BW Botswana
BY Belarus
BZ Belize
CA Canada
CC Cocos (Keeling) Islands = Cocos Islands
CD Congo - Kinshasa = DRC = DR Congo = Congo Kinshasa
CF Central African Republic = Ködörösêse tî Bêafrîka = République centrafricaine
CG Congo - Brazzaville = Congo
CH Switzerland = Schweiz = Schwiiz = Suisse = Svizzera
CI Côte d'Ivoire = Ivory Coast
CK Cook Islands
CL Chile
CM Cameroon = Cameroun
CN China = PRC = Zhongguo
CO Colombia
CR Costa Rica
CU Cuba
CV Cape Verde = Cabo Verde
CW Curaçao = Kòrsou
CX Christmas Island
CY Cyprus = Kıbrıs
CZ Czechia = Česko = Czech Republic
DE Germany = Deutschland
DJ Djibouti
DK Denmark = Danmark = Dänemark
DM Dominica
DO Dominican Republic = República Dominicana
DZ Algeria = Algérie
EC Ecuador
EE Estonia = Eesti
EG Egypt = Misr
EH Western Sahara
ER Eritrea
ES Spain = España = Espanya
ET Ethiopia
FI Finland = Suomi
FJ Fiji
FK Falkland Islands
FM Micronesia
FO Faroe Islands = Føroyar
FR France
GA Gabon
GB United Kingdom = UK = GB = Great Britain = Britain
GB England = Scotland = Wales = Northern Ireland
GD Grenada
GE Georgia
GF French Guiana = Guyane française
GG Guernsey
GH Ghana = Gaana = Ghana nutome
GI Gibraltar
GL Greenland = Kalaallit Nunaat
GM Gambia
GN Guinea = Guinée
GP Guadeloupe
GQ Equatorial Guinea = Guinea Ecuatorial = Guinée équatoriale
GR Greece = Hellas
GS South Georgia & South Sandwich Islands
GT Guatemala
GU Guam
GW Guinea-Bissau = Guiné-Bissau
GY Guyana
HK Hong Kong SAR China = Hong Kong
HN Honduras
HR Croatia = Hrvatska
HT Haiti
HU Hungary = Magyarország
ID Indonesia
IE Ireland = Éire
IL Israel
IM Isle of Man
IN India = Bharat
IO British Indian Ocean Territory
IQ Iraq
IR Iran
IS Iceland = Ísland
IT Italy = Italia = Italie
JE Jersey
JM Jamaica
JO Jordan
JP Japan = Nippon = Nihon
KE Kenya
KG Kyrgyzstan
KH Cambodia
KI Kiribati
KM Comoros = Comores
KN St. Kitts & Nevis = Saint Kitts
KP North Korea
KR South Korea = Korea
KW Kuwait
KY Cayman Islands
KZ Kazakhstan
LA Laos = Lao
LB Lebanon
LC St. Lucia
LI Liechtenstein = Liächteschtäi
LK Sri Lanka
LR Liberia
LS Lesotho
LT Lithuania = Lietuva
LU Luxembourg = Lëtzebuerg = Luxemburg
LV Latvia = Latvija
LY Libya
MA Morocco = Maroc = Meṛṛuk
MC Monaco
MD Moldova = Republica Moldova
ME Montenegro = Crna Gora
MF St. Martin = Saint-Martin
MG Madagascar = Madagasikara
MH Marshall Islands
MK North Macedonia = Maqedonia e Veriut = Macedonia
ML Mali
MM Myanmar (Burma) = Burma = Myanmar
MN Mongolia
MO Macao SAR China = Macao = Macau
MP Northern Mariana Islands
MQ Martinique
MR Mauritania
MS Montserrat
MT Malta
MU Mauritius = Maurice
MV Maldives
MW Malawi
MX Mexico
MY Malaysia
MZ Mozambique = Moçambique
NA Namibia
NC New Caledonia = Nouvelle-Calédonie
NE Niger
NF Norfolk Island
NG Nigeria = Nàìjíríà
NI Nicaragua
NL Netherlands = Nederland = Nederlân = Holland
NO Norway = Norge = Noreg
NP Nepal
NR Nauru
NU Niue
NZ New Zealand = NZ
OM Oman
PA Panama
PE Peru
PF French Polynesia = Polynésie française = Tahiti
PG Papua New Guinea = Papua Niugini
PH Philippines = Pilipinas
PK Pakistan
PL Poland = Polska = Polen
PM St. Pierre & Miquelon = Saint-Pierre-et-Miquelon
PN Pitcairn Islands
PR Puerto Rico
PS Palestinian Territories = Palestine
PT Portugal
PW Palau
PY Paraguay = Paraguai
QA Qatar
RE Réunion = La Réunion
RO Romania
RS Serbia = Srbija = Szerbia
RU Russia = Rossiya = Russian Federation
RW Rwanda = U Rwanda
SA Saudi Arabia
SB Solomon Islands
SC Seychelles
SD Sudan
SE Sweden = Sverige
SG Singapore = Singapura
SH St. Helena
SI Slovenia = Slovenija
SJ Svalbard & Jan Mayen = Svalbard og Jan Mayen
SK Slovakia = Slovensko
SL Sierra Leone
SM San Marino
SN Senegal = Senegaal
SO Somalia = Soomaaliya
SR Suriname
SS South Sudan
ST São Tomé & Príncipe = São Tomé e Príncipe = Sao Tome
SV El Salvador
SX Sint Maarten
SY Syria
SZ Eswatini = Swaziland
TC Turks & Caicos Islands
TD Chad = Tchad
TF French Southern Territories
TG Togo
TH Thailand
TJ Tajikistan
TK Tokelau
TL Timor-Leste = East Timor
TM Turkmenistan
TN Tunisia = Tunisie
TO Tonga
TR Türkiye = Turkey
TT Trinidad & Tobago = Trinidad = Tobago
TV Tuvalu
TW Taiwan
TZ Tanzania
UA Ukraine = Ukraina
UG Uganda
UM U.S. Outlying Islands
US United States = Estados Unidos = US = USA = America = United States of America
UY Uruguay
UZ Uzbekistan
VA Vatican City = Città del Vaticano = Vatican
VC St. Vincent & Grenadines = Saint Vincent
VE Venezuela
VG British Virgin Islands
VI U.S. Virgin Islands
VN Vietnam = Việt Nam
VU Vanuatu
WF Wallis & Futuna = Wallis-et-Futuna
WS Samoa
XK Kosovo = Kosovë
YE Yemen
YT Mayotte
ZA South Africa = Suid-Afrika = RSA
ZM Zambia
ZW Zimbabwe
"""
"""A country a line, some with a second one: its code (ISO 3166), and its names."""
REGIONS = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut;
DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois;
IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland;
MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; MT Montana; NE Nebraska;
NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York; NC North Carolina;
ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island;
SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia;
WA Washington; WV West Virginia; WI Wisconsin; WY Wyoming; AB Alberta; BC British Columbia;
MB Manitoba; NB New Brunswick; NL Newfoundland and Labrador; NS Nova Scotia;
NT Northwest Territories; NU Nunavut; ON Ontario; PE Prince Edward Island; QC Quebec;
SK Saskatchewan; YT Yukon; ACT Australian Capital Territory; NSW New South Wales;
NT Northern Territory; QLD Queensland; SA South Australia; TAS Tasmania; VIC Victoria;
WA Western Australia
"""
"""Regions that people name after a city, each behind its abbreviation."""
