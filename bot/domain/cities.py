"""Large cities, and the zone each lies in: what people enter where a zone is asked for.

From GeoNames (https://www.geonames.org, CC BY 4.0): the cities of at least some 200,000 people, a
few thousand less or more where a country has few or very many of them, the three largest of every
country and of each part of the United States, Canada and Australia; without their suburbs. Zones
and their own places are those of the IANA database's zone.tab. `bot.domain.places` reads this.

A line that is not indented names a country (ISO 3166) and a zone; below it stand the zone's places,
largest first: name, region where people say it, inhabitants in thousands, and after each equals
sign what else people call the place.
"""

CITIES = """
AD Europe/Andorra
 Andorra la Vella 20 = Andorra; les Escaldes 16
AE Asia/Dubai
 Dubai 3790; Abu Dhabi 1807; Sharjah 1800; Al Ain 847; Ajman 490; Ras Al Khaimah 352; Musaffah 243
AF Asia/Kabul
 Kabul 4435; Herat 574; Mazar-e Sharif 523; Kandahar 523; Jalalabad 272
AG America/Antigua
 Saint John's 52; Antigua 0
AI America/Anguilla
 The Valley 2
AL Europe/Tirane
 Tirana 418 = Tirane; Durrës 196; Vlorë 115
AM Asia/Yerevan
 Yerevan 1145; Malatia-Sebastia 150; Gyumri 115
AO Africa/Luanda
 Luanda 2776; Mulenvos 882; Viana 866; Kikolo 728; Maianga 728; Camama 667; Golfe 656; Calumbo 652;
 Hoji ya Henda 642; Lubango 601; Huambo 595; Benguela 555; Cabinda 550; Talatona 500; Nova Vida 465;
 Malanje 455; Kima Kieza 429; Cazenga 394; Lobito 393; Saurimo 393; Samba 365; Cuíto 355;
 Ramiros 324; Uíge 323
AQ Antarctica/Casey
 Casey 0
AQ Antarctica/Davis
 Davis 0
AQ Antarctica/DumontDUrville
 Dumont d'Urville 0
AQ Antarctica/Mawson
 Mawson 0
AQ Antarctica/McMurdo
 McMurdo Station 0
AQ Antarctica/Palmer
 Palmer 0
AQ Antarctica/Rothera
 Rothera 0
AQ Antarctica/Syowa
 Syowa 0
AQ Antarctica/Troll
 Troll 0
AQ Antarctica/Vostok
 Vostok 0
AR America/Argentina/Buenos_Aires
 Buenos Aires 2891; Mar del Plata 593; Avellaneda 368; Bahía Blanca 299; Merlo 269; José C. Paz 230
AR America/Argentina/Catamarca
 Catamarca 159
AR America/Argentina/Cordoba
 Córdoba 2107; Rosario 948; Santa Fe 391; Corrientes 346; Posadas 306; Resistencia 291;
 Santiago del Estero 252; Paraná 247; Formosa 222
AR America/Argentina/Jujuy
 San Salvador de Jujuy 258 = Jujuy
AR America/Argentina/La_Rioja
 La Rioja 179
AR America/Argentina/Mendoza
 Mendoza 115
AR America/Argentina/Rio_Gallegos
 Río Gallegos 96
AR America/Argentina/Salta
 Salta 521; Neuquén 231
AR America/Argentina/San_Juan
 San Juan 109
AR America/Argentina/San_Luis
 San Luis 170
AR America/Argentina/Tucuman
 San Miguel de Tucumán 549 = Tucuman
AR America/Argentina/Ushuaia
 Ushuaia 57
AS Pacific/Pago_Pago
 Pago Pago 12
AT Europe/Vienna
 Vienna 1691 = Wien; Graz 303; Linz 205; Salzburg 157; Innsbruck 132; Klagenfurt am Wörthersee 100
AU Antarctica/Macquarie
 Macquarie 0
AU Australia/Adelaide
 Adelaide, South Australia 1469; Mount Gambier, South Australia 26; Mount Barker, South Australia 22
AU Australia/Brisbane
 Brisbane, Queensland 2780; Gold Coast, Queensland 641; Sunshine Coast, Queensland 399;
 Townsville, Queensland 201; Cairns, Queensland 153; Toowoomba, Queensland 142;
 Caloundra, Queensland 96; Mackay, Queensland 84; Rockhampton, Queensland 81;
 Bundaberg, Queensland 74
AU Australia/Broken_Hill
 Broken Hill, New South Wales 17
AU Australia/Darwin
 Darwin, Northern Territory 140; Palmerston, Northern Territory 34;
 Alice Springs, Northern Territory 26
AU Australia/Eucla
 Eucla 0
AU Australia/Hobart
 Hobart, Tasmania 255; Launceston, Tasmania 91; Devonport, Tasmania 26
AU Australia/Lindeman
 Lindeman 0
AU Australia/Lord_Howe
 Lord Howe 0
AU Australia/Melbourne
 Melbourne, Victoria 5436; Geelong, Victoria 283; Ballarat, Victoria 112; Bendigo, Victoria 103
AU Australia/Perth
 Perth, Western Australia 2384; Mandurah, Western Australia 108; Bunbury, Western Australia 76
AU Australia/Sydney
 Sydney, New South Wales 5639; Newcastle, New South Wales 508;
 Canberra, Australian Capital Territory 368; Central Coast, New South Wales 347;
 Wollongong, New South Wales 280; Maitland, New South Wales 90;
 Tuggeranong, Australian Capital Territory 89; Coffs Harbour, New South Wales 79;
 Blue Mountains, New South Wales 78
AW America/Aruba
 Oranjestad 30; Noord 24; Tanki Leendert 22
AX Europe/Mariehamn
 Mariehamn 11
AZ Asia/Baku
 Baku 2351; Sumgayit 427; Ganja 331
BA Europe/Sarajevo
 Sarajevo 697; Banja Luka 221; Zenica 164
BB America/Barbados
 Bridgetown 99
BD Asia/Dhaka
 Dhaka 10356 = Dacca; Chattogram 3920 = Chittagong; Gazipur 2675; Khulna 1501; Rangpur 1031;
 Rajshahi 764; Comilla 635; Mohammadpur 528; Hathazari 498; Bandarban 495; Shibganj 379; Natore 369
BE Europe/Brussels
 Brussels 1019 = Bruxelles = Brussel; Antwerp 529 = Antwerpen = Anvers; Ghent 265 = Gent = Gand;
 Charleroi 200; Liège 195; Anderlecht 161; Schaerbeek 133; Bruges 119 = Brugge; Namur 111; Mons 95
BF Africa/Ouagadougou
 Ouagadougou 2415; Bobo-Dioulasso 905; Koudougou 160
BG Europe/Sofia
 Sofia 1153; Plovdiv 329; Varna 319; Burgas 211
BH Asia/Bahrain
 Al Muharraq 177; Manama 147; Madīnat Ḩamad 134
BI Africa/Bujumbura
 Bujumbura 769; Gitega 65; Ngozi 62
BJ Africa/Porto-Novo
 Cotonou 679; Abomey-Calavi 386; Porto-Novo 264; Parakou 255; Godomè 253
BL America/St_Barthelemy
 Gustavia 6
BM Atlantic/Bermuda
 Hamilton 1
BN Asia/Brunei
 Bandar Seri Begawan 64 = Brunei; Sengkurong 41; Mentiri 39
BO America/La_Paz
 La Paz 2005; Santa Cruz de la Sierra 1831; Cochabamba 841; Sucre 225; Oruro 209
BQ America/Kralendijk
 Kralendijk 11
BR America/Araguaina
 Palmas 306; Araguaína 105
BR America/Bahia
 Salvador 2712 = Bahia; Feira de Santana 620; Vitória da Conquista 253; Juazeiro 238; Itabuna 206
BR America/Belem
 Belém 1500; Macapá 513; Ananindeua 434; Parauapebas 268
BR America/Boa_Vista
 Boa Vista 420
BR America/Campo_Grande
 Campo Grande 906
BR America/Cuiaba
 Cuiabá 618; Várzea Grande 315; Rondonópolis 259; Sinop 216
BR America/Eirunepe
 Eirunepé 36
BR America/Fortaleza
 Fortaleza 2400; São Luís 917; Natal 897; Teresina 871; João Pessoa 818; Caucaia 356;
 Campina Grande 349; Parnamirim 272; Mossoró 265; São José de Ribamar 245; Juazeiro do Norte 225;
 Imperatriz 218; Sobral 203
BR America/Maceio
 Maceió 1032; Aracaju 665; Arapiraca 244
BR America/Manaus
 Manaus 2220
BR America/Noronha
 Noronha 0
BR America/Porto_Velho
 Porto Velho 549
BR America/Recife
 Recife 1653; Jaboatão dos Guararapes 644; Caruaru 402; Petrolina 387; Olinda 367; Paulista 342;
 Cabo de Santo Agostinho 217
BR America/Rio_Branco
 Rio Branco 419
BR America/Santarem
 Santarém 189
BR America/Sao_Paulo
 São Paulo 12400; Rio de Janeiro 6748 = Rio; Belo Horizonte 2722; Brasília 2208; Curitiba 1949;
 Goiânia 1536; Porto Alegre 1488; Campinas 1032; Nova Iguaçu 843; Sorocaba 762;
 São José dos Campos 727; Ribeirão Preto 699; Contagem 627; Londrina 581; Uberlândia 564;
 Juiz de Fora 541; Serra 521; Aparecida de Goiânia 511; Florianópolis 509;
 Campos dos Goytacazes 484; São José do Rio Preto 480; Belford Roxo 466; Joinville 461; Jundiaí 443;
 Santos 419; Montes Claros 414; Maringá 410; Piracicaba 407; Vila Velha 395; Betim 384;
 Caxias do Sul 381; Bauru 379; Itaquaquecetuba 369; Blumenau 361; Franca 359; Cariacica 353;
 Praia Grande 350; Uberaba 338; São Vicente 330; São José dos Pinhais 330; Canoas 328;
 Mogi das Cruzes 326; Guarujá 323; Taubaté 322; Pelotas 321; Anápolis 320; Vitória 313; Suzano 307;
 Foz do Iguaçu 297; Ponta Grossa 292; Limeira 292; Ceilândia 287; Viamão 285; Volta Redonda 280;
 Sumaré 280; Petrópolis 273; Santa Maria 272; São José 270; Gravataí 265; Cascavel 257;
 Indaiatuba 256; Novo Hamburgo 254; Cotia 254; Governador Valadares 251; Americana 247; Magé 244;
 Itapevi 241; Marília 241; Itaboraí 240; Cabo Frio 238; Hortolândia 234; Divinópolis 231;
 Ipatinga 229; Sete Lagoas 227; Rio Verde 226; Águas Lindas de Goiás 226; Presidente Prudente 226;
 Jacareí 213; Maricá 212; São Leopoldo 209; Luziânia 209; Itaim Paulista 205; São Carlos 205;
 Rio Claro 201
BS America/Nassau
 Nassau 228; Lucaya 47; Freeport 27
BT Asia/Thimphu
 Thimphu 99 = Thimbu; Phuntsholing 28; Tsirang 22
BW Africa/Gaborone
 Gaborone 246; Francistown 103; Mogoditshane 88
BY Europe/Minsk
 Minsk 1742; Homyel' 501; Hrodna 364; Vitebsk 359; Mahilyow 353; Brest 347; Bobruysk 206
BZ America/Belize
 Belize City 65 = Belize; San Ignacio 21; San Pedro 17; Belmopan 13
CA America/Atikokan
 Atikokan, Ontario 3
CA America/Blanc-Sablon
 Blanc-Sablon, Quebec 0
CA America/Cambridge_Bay
 Cambridge Bay, Nunavut 2
CA America/Creston
 Creston, British Columbia 6
CA America/Dawson
 Dawson, Yukon 1
CA America/Dawson_Creek
 Dawson Creek, British Columbia 12
CA America/Edmonton
 Calgary, Alberta 1307; Edmonton, Alberta 1011; Lethbridge, Alberta 103; Red Deer, Alberta 101;
 Yellowknife, Northwest Territories 20
CA America/Fort_Nelson
 Fort Nelson, British Columbia 3
CA America/Glace_Bay
 Sydney, Nova Scotia 106; Glace Bay, Nova Scotia 17
CA America/Goose_Bay
 Goose Bay, Newfoundland and Labrador 0
CA America/Halifax
 Halifax, Nova Scotia 472; Dartmouth, Nova Scotia 101; Charlottetown, Prince Edward Island 39
CA America/Inuvik
 Inuvik, Northwest Territories 3
CA America/Iqaluit
 Iqaluit, Nunavut 7
CA America/Moncton
 Moncton, New Brunswick 86; Saint John, New Brunswick 72; Fredericton, New Brunswick 63
CA America/Rankin_Inlet
 Rankin Inlet, Nunavut 3
CA America/Regina
 Saskatoon, Saskatchewan 266; Regina, Saskatchewan 226; Nutana Sector, Saskatchewan 73
CA America/Resolute
 Resolute 0
CA America/St_Johns
 St. John's, Newfoundland and Labrador 111 = Saint Johns;
 Conception Bay South, Newfoundland and Labrador 27; Paradise, Newfoundland and Labrador 23
CA America/Swift_Current
 Swift Current, Saskatchewan 17
CA America/Toronto
 Toronto, Ontario 2794; Montréal, Quebec 1763; Ottawa, Ontario 1017; Mississauga, Ontario 718;
 Brampton, Ontario 656; Hamilton, Ontario 569; Quebec City, Quebec 532 = Québec; Laval, Quebec 438;
 London, Ontario 422; Etobicoke, Ontario 365; Gatineau, Quebec 300; Kitchener, Ontario 257;
 Windsor, Ontario 230; Longueuil, Quebec 229; Oakville, Ontario 214; Burlington, Ontario 187;
 Nepean, Ontario 180; Oshawa, Ontario 175; Sudbury, Ontario 166; Gloucester, Ontario 150;
 Saguenay, Quebec 149; Barrie, Ontario 148; Trois-Rivières, Quebec 144; Guelph, Ontario 144;
 Lévis, Quebec 143; Whitby, Ontario 139; St. Catharines, Ontario 137; Milton, Ontario 133;
 Kingston, Ontario 132; Cambridge, Ontario 130; Sherbrooke, Quebec 129;
 Saint-Louis-de-Terrebonne, Quebec 120; Ajax, Ontario 120; Sainte-Foy, Quebec 111;
 Thunder Bay, Ontario 109; La Cité-Limoilou, Quebec 108; Waterloo, Ontario 105;
 Brantford, Ontario 105
CA America/Vancouver
 Vancouver, British Columbia 662; Surrey, British Columbia 568; Victoria, British Columbia 290;
 Burnaby, British Columbia 249; Richmond, British Columbia 210; Newton, British Columbia 159;
 Coquitlam, British Columbia 149; Kelowna, British Columbia 145; Abbotsford, British Columbia 141;
 Langley, British Columbia 133; Saanich, British Columbia 118; Kamloops, British Columbia 104;
 Whalley, British Columbia 103; Delta, British Columbia 102; Chilliwack, British Columbia 101
CA America/Whitehorse
 Whitehorse, Yukon 28
CA America/Winnipeg
 Winnipeg, Manitoba 750; Brandon, Manitoba 49; Steinbach, Manitoba 16
CC Indian/Cocos
 West Island 1; Cocos 0
CD Africa/Kinshasa
 Kinshasa 16000; Kikwit 509; Mbandaka 455; Matadi 426; Boma 297; Bandundu 203
CD Africa/Lubumbashi
 Lubumbashi 2222; Mbuji-Mayi 2101; Kananga 1247; Kisangani 1182; Bukavu 817; Kolwezi 790;
 Likasi 636; Tshikapa 635; Goma 433; Uvira 407; Bunia 399; Mwene 296; Butembo 286; Isiro 255;
 Kindu 235; Kabinda 219; Gandajika 208; Kamina 200
CF Africa/Bangui
 Bangui 812; Bimbo 349; Bégoua 264
CG Africa/Brazzaville
 Brazzaville 1982; Pointe-Noire 1032; Dolisie 121
CH Europe/Zurich
 Zürich 415 = Zurigo; Geneva 202 = Genève = Genf; Basel 178 = Bâle; Lausanne 139; Bern 122;
 Winterthur 112; Luzern 82; Sankt Gallen 76; Lugano 63; Biel/Bienne 55
CI Africa/Abidjan
 Abidjan 6321; Abobo 1340; Bouaké 832; Korhogo 441; Daloa 422; San-Pédro 391; Gagnoa 277;
 Yamoussoukro 276; Sinfra 245; Man 242
CK Pacific/Rarotonga
 Avarua 13; Rarotonga 0
CL America/Coyhaique
 Coyhaique 46
CL America/Punta_Arenas
 Punta Arenas 117
CL America/Santiago
 Santiago 4837; Antofagasta 401; Viña del Mar 334; Valparaíso 282; Puerto Montt 246; Arica 242;
 Temuco 238; Concepción 224; Rancagua 213
CL Pacific/Easter
 Easter 0
CM Africa/Douala
 Douala 1338; Yaoundé 1299; Bamenda 420; Bafoussam 373; Maroua 314; Ngaoundéré 238; Kumba 225
CN Asia/Shanghai
 Shanghai 24874; Beijing 18961 = Peking; Shenzhen 17494; Guangzhou 16097 = Canton; Chengdu 13568;
 Tianjin 11090 = Tientsin; Wuhan 10393; Dongguan 9645; Xi'an 9600; Nanjing 9315 = Nanking;
 Hangzhou 9236; Foshan 9043; Chongqing 7458 = Chungking; Wuzhong 7203; Qingdao 7172; Shenyang 7050;
 Suzhou 6716; Puxi 6684; Pudong 5682; Harbin 5243; Hefei 5050; Dalian 4914; Changchun 4715;
 Xiamen 4617; Bao'an 4477; Wuxi 4397; Jinan 4336; Taiyuan 4304; Zhengzhou 4254; Shijiazhuang 3939;
 Kunming 3855; Zhongshan 3842; Nanning 3840; Shantou 3839; Fuzhou 3740; Ningbo 3731; Puyang 3590;
 Shiyan 3460; Tangshan 3372; Lüliang 3346; Changzhou 3291; Zibo 3129; Changsha 3094; Guiyang 3037;
 Lanzhou 3000; Huizhou 2900; Haikou 2873; Linyi 2744; Baoding 2740; Bazhong 2713; Wenzhou 2650;
 Yunfu 2613; Huai'an 2494; Nanchang 2358; Hohhot 2350; Shaoxing 2300; Nantong 2273; Yantai 2228;
 Zhuhai 2207; Baotou 2150; Qingyang 2125; Kunshan 2092; Weifang 2044; Zunyi 2038; Lianyungang 2001;
 Ganzhou 1977; Songjiang 1974; Ordos 1941; Jieyang 1899; Jilin 1896; Jiading 1886; Shangqiu 1860;
 Nanchong 1859; Datong 1850; Nanyang 1812; Jiangmen 1795; Jiangyin 1780; Fuyang 1769;
 Bayan Nur 1760; Chaozhou 1751; Qingyuan 1738; Tai'an 1735; Xining 1677; Changshu 1677;
 Huainan 1667; Lu'an 1644; Yancheng 1616; Taizhou 1607; Daqing 1604; Wuhu 1598; Dazhou 1589;
 Yangzhou 1584; Guilin 1572; Zhaoqing 1553; Mianyang 1550; Wanzhou 1546; Putian 1539; Yinchuan 1488;
 Yiwu 1481; Quanzhou 1469; Jinhua 1464; Cixi 1458; Changde 1457; Kaifeng 1452; Anshan 1450;
 Baoji 1438; Suqian 1438; Liuzhou 1437; Zhangjiagang 1432; Jinjiang 1416; Bozhou 1409; Qujing 1408;
 Zhanjiang 1401; Fushun 1401; Luoyang 1391; Guankou 1380; Handan 1358; Yichang 1350; Heze 1347;
 Liupanshui 1321; Maoming 1308; Qinzhou 1296; Luohe 1295; Xiangyang 1295; Yangjiang 1293;
 Yixing 1286; Qingpu 1271; Xuchang 1266; Zigong 1262; Xuzhou 1254; Neijiang 1251; Heshan 1250;
 Jining 1241; Xinyang 1230; Liaocheng 1230; Jinzhong 1227; Changzhi 1215; Tianshui 1213;
 Weinan 1199; Jiaxing 1180; Zhongwei 1175; Panjin 1166; Jiujiang 1164; Anyang 1147; Fengxiang 1141;
 Bijie 1137; Zhuzhou 1130; Shangrao 1116; Huaibei 1113; Meishan 1108; Guigang 1086; Hengyang 1076;
 Yulin 1057; Jingzhou 1052; Xinxiang 1047; Yichun 1046; Sanya 1031; Shaoguan 1028; Longyan 1025;
 Yongzhou 1021; Huzhou 1016; Wuwei 1010; Hanzhong 1007; Hezhou 1005; Zhu Cheng City 1000;
 Dongying 999; Luzhou 999; Meizhou 992; Yueyang 991; Laiwu 990; Benxi 988; Pingdingshan 979;
 Bengbu 973; Sanhe 965; Xiangtan 959; Linfen 959; Zhenjiang 951; Huludao 944; Baoshan 936;
 Rui'an 927; Laibin 910; Xiaogan 908; Ziyang 906; Quzhou 903; Zaozhuang 900; Pingxiang 894;
 Zhoushan 883; Qiqihar 882; Puning 875; Ankang 870; Langfang 868; Jiaozuo 865; Wanxian 860;
 Guang'an 858; Weihai 844; Xinyu 839; Yibin 836; Taicang 831; Jinshan 823; Chenzhou 823; Anqing 804;
 Xingtai 799; Zhaotong 788; Panzhihua 787; Chuzhou 783; Xuancheng 774; Shangyu 770; Anshun 765;
 Wuzhou 762; Qinhuangdao 760; Shaoyang 753; Hegang 743; Ma'anshan 742; Shizuishan 739; Deyang 735;
 Yangquan 731; Zhumadian 722
CN Asia/Urumqi
 Ürümqi 3029 = Kashgar
CO America/Bogota
 Bogotá 7674; Cali 2393; Medellín 2000; Barranquilla 1206; Kennedy 980; Cartagena 915; Cúcuta 777;
 Bucaramanga 581; Ibagué 530; Santa Marta 499; Montería 491; Valledupar 490; Pereira 467;
 Manizales 434; Buenaventura 432; Bello 393; Pasto 393; Neiva 357; Soledad 343; Villavicencio 322;
 Popayán 318; Palmira 313; Armenia 304; Itagüí 282; Sincelejo 278; Floridablanca 268; Tuluá 222;
 Dosquebradas 207
CR America/Costa_Rica
 San José 335; Limón 63; San Francisco 56
CU America/Havana
 Havana 2164 = La Habana; Santiago de Cuba 556; Camagüey 348; Holguín 319; Guantánamo 273;
 Santa Clara 251; Las Tunas 204
CV Atlantic/Cape_Verde
 Praia 138; Mindelo 69; Espargos 24; Cape Verde 0
CW America/Curacao
 Willemstad 125; Bandariba 21
CX Indian/Christmas
 Flying Fish Cove 1; Christmas 0
CY Asia/Famagusta
 Famagusta 43
CY Asia/Nicosia
 Nicosia 200; Limassol 154; Larnaca 72
CZ Europe/Prague
 Prague 1166 = Praha = Prag; Brno 379; Ostrava 280; Pilsen 169; Liberec 103; Olomouc 99;
 České Budějovice 93; Hradec Králové 91; Ústí nad Labem 90
DE Europe/Berlin
 Berlin 3426; Hamburg 1974; Munich 1505 = München; Cologne 1025 = Köln;
 Frankfurt 650 = Frankfurt am Main; Düsseldorf 619; Stuttgart 613; Essen 593; Dortmund 588;
 Dresden 565; Bremen 547; Nuremberg 516 = Nürnberg; Hannover 515 = Hanover; Leipzig 505;
 Duisburg 504; Bochum 386; Wuppertal 361; Bielefeld 332; Bonn 331; Münster 308; Mannheim 308;
 Augsburg 301; Wiesbaden 289; Karlsruhe 284; Gelsenkirchen 270; Aachen 265; Mönchengladbach 262;
 Kiel 253; Chemnitz 247; Braunschweig 245; Magdeburg 244; Krefeld 238; Halle 238; Freiburg 237;
 Mainz 223; Oberhausen 219; Erfurt 219; Lübeck 212; Hagen 199; Rostock 198; Kassel 197; Potsdam 185;
 Saarbrücken 183; Hamm 179; Mülheim 173; Herne 172; Darmstadt 167; Osnabrück 166; Solingen 164;
 Ludwigshafen 163; Leverkusen 163; Oldenburg 159; Neuss 152; Regensburg 151; Heidelberg 143;
 Paderborn 142; Würzburg 134; Fürth 132; Wolfsburg 123; Recklinghausen 122; Göttingen 122;
 Heilbronn 121; Ingolstadt 121; Ulm 120; Bottrop 120; Pforzheim 119; Offenbach 119; Bremerhaven 119;
 Remscheid 117; Reutlingen 113; Koblenz 107; Siegen 107; Salzgitter 105; Jena 105; Gera 105;
 Moers 103; Hildesheim 103; Erlangen 103; Trier 100
DE Europe/Busingen
 Büsingen 1
DJ Africa/Djibouti
 Djibouti 627; Balbala 554; Ali Sabih 50
DK Europe/Copenhagen
 Copenhagen 1154 = København; Aarhus 285 = Århus; Odense 181; Aalborg 143; Esbjerg 72; Randers 63;
 Kolding 62; Horsens 61; Vejle 60; Klinteby Frihed 53; Roskilde 52; Herning 51
DM America/Dominica
 Roseau 17
DO America/Santo_Domingo
 Santo Domingo 2202; Santiago de los Caballeros 1200; Santo Domingo Oeste 701;
 Santo Domingo Este 700; San Pedro de Macorís 218; La Romana 208
DZ Africa/Algiers
 Algiers 2364; Oran 803; Constantine 448; Annaba 343; Blida 332; Batna 290; Djelfa 266; Sétif 252;
 Sidi Bel Abbes 210; Biskra 205
EC America/Guayaquil
 Quito 2782; Guayaquil 2724; Cuenca 637; Santo Domingo de los Colorados 459; Ambato 387;
 Portoviejo 322; Machala 289; Loja 274; Manta 264; Riobamba 264; Ibarra 221; Esmeraldas 219;
 Quevedo 214; Latacunga 206
EC Pacific/Galapagos
 Galapagos 0
EE Europe/Tallinn
 Tallinn 394; Lasnamäe 115; Tartu 91
EG Africa/Cairo
 Cairo 9607 = Kairo = Le Caire = El Qahira; Alexandria 5264 = El Iskandariya; Giza 4367;
 Shubra al Khaymah 1240; Port Said 781; Suez 700; Al Mansurah 622; Al Mahallah al Kubrá 593;
 Tanta 577; Assiut 529; Al Fayyum 519; Esna 463; Zagazig 430; Ismailia 429; Luxor 422; Kom Ombo 409;
 Aswan 380; Damanhur 318; Damietta 306; Rosetta 302; Minya 284; Bani Suwayf 273; Shibin al Kawm 268;
 Sohag 267; Qina 253; Al 'Ashir min Ramadan 246; Mallawi 213; Hurghada 207
EH Africa/El_Aaiun
 Laayoune 196 = El Aaiun; Dakhla 106; Boujdour 43
ER Africa/Asmara
 Asmara 564 = Asmera; Keren 75; Himora 46
ES Africa/Ceuta
 Ceuta 0
ES Atlantic/Canary
 Las Palmas de Gran Canaria 384 = Las Palmas = Gran Canaria; Santa Cruz de Tenerife 211 = Tenerife;
 La Laguna 151; Telde 123; Canary 0
ES Europe/Madrid
 Madrid 3256; Barcelona 1686; Valencia 824; Zaragoza 687; Seville 687 = Sevilla; Málaga 592;
 Murcia 472; Palma 438 = Mallorca; Alicante 349; Bilbao 347; Córdoba 326; Valladolid 301; Vigo 294;
 Gijón 272; Eixample 266; Vitoria 257; L'Hospitalet de Llobregat 257; A Coruña 250; Sant Martí 236;
 Elche 235; Granada 234; Oviedo 220; Terrassa 219; Badalona 218; Cartagena 214;
 Jerez de la Frontera 213; Sabadell 212; Pamplona 208; Almería 197; Alcalá de Henares 194;
 San Sebastián 185; Burgos 176; Santander 174; Albacete 173; Castelló de la Plana 172; Marbella 156;
 Logroño 151; Badajoz 151; Salamanca 145; Huelva 144; Tarragona 142; Lleida 141; Mataró 127;
 León 125; Dos Hermanas 123; Algeciras 121
ET Africa/Addis_Ababa
 Addis Ababa 3860 = Addis Abeba; Jijiga 483; Gonder 466; Mek'ele 458; Nazrēt 457; Warder 450;
 Awasa 422; Bahir Dar 350; Dire Dawa 343; Dessie 270; Jimma 251; Shashamane 208; Bishoftu 207;
 Sodo 204; Arba Minch 201
FI Europe/Helsinki
 Helsinki 659 = Helsingfors; Espoo 324; Tampere 261; Vantaa 253; Oulu 216; Turku 207 = Åbo;
 East Helsinki 171; Jyväskylä 149; Kuopio 125; Lahti 122; Pori 83
FJ Pacific/Fiji
 Nasinu 92; Suva 77; Lautoka 52
FK Atlantic/Stanley
 Stanley 2
FM Pacific/Chuuk
 Chuuk 0 = Truk
FM Pacific/Kosrae
 Kosrae 0
FM Pacific/Pohnpei
 Palikir 7; Pohnpei 0 = Ponape
FO Atlantic/Faroe
 Tórshavn 13 = Faeroe
FR Europe/Paris
 Paris 2139; Marseille 877; Lyon 521; Toulouse 512; Nice 343 = Nizza; Nantes 325;
 Marne La Vallée 318; Strasbourg 275 = Straßburg; Bordeaux 265; Montpellier 248; Lille 239;
 Rennes 228; Reims 197; Le Havre 186; Cergy-Pontoise 183; Saint-Étienne 176; Toulon 169; Angers 168;
 Dijon 160; Grenoble 159; Nîmes 148; Clermont-Ferrand 148; Aix-en-Provence 147;
 Saint-Quentin-en-Yvelines 147; Brest 145; Le Mans 145; Amiens 143; Tours 142; Limoges 141;
 Villeurbanne 131; Besançon 128; Metz 124; Orléans 116; Rouen 116; Mulhouse 111; Perpignan 111;
 Caen 111; Nancy 105
GA Africa/Libreville
 Libreville 846; Port-Gentil 164; Franceville 133
GB Europe/London
 London 8962 = Londres = Londra; Birmingham 1158; Glasgow 626; Manchester 569; Sheffield 556;
 Leeds 536; Edinburgh 515; Liverpool 497; Bristol 479; Cardiff 372; Leicester 369; Bradford 366;
 Belfast 348; Coventry 345; Birkenhead 325; Nottingham 324; Reading 318;
 Hull 314 = Kingston upon Hull; Preston 313; Swansea 300; Newcastle 300 = Newcastle upon Tyne;
 Southend-on-Sea 295; Brighton 284; Derby 270; Southampton 270; Wolverhampton 264; Plymouth 260;
 Stoke-on-Trent 258; Milton Keynes 256; Northampton 246; Oldham 237; Luton 225; Portsmouth 208;
 Swindon 202; Dudley 199; Aberdeen 199; St Helens 183; Ipswich 179; Wigan 175; Warrington 172;
 Walsall 172; Mansfield 172; Sunderland 170; Slough 165; Bournemouth 164; Peterborough 163;
 Oxford 162; Newport 162; York 156; Telford 156; Poole 152; Burnley 149; Huddersfield 149;
 Dundee 148; Blackburn 147; Cambridge 146; Blackpool 145; Basildon 145; Norwich 143;
 Middlesbrough 143; Bolton 141; Stockport 139; High Wycombe 133; Gloucester 132; Exeter 131;
 Colchester 130; Salford 130; Newcastle under Lyme 128; Saint Peters 125; Crawley 124;
 Burton upon Trent 122; Cheltenham 119; Rotherham 118; Worthing 114; Doncaster 114;
 Chesterfield 113; Chelmsford 112; Mendip 110; Wakefield 110; Basingstoke 108; Maidstone 108;
 Bedford 107; Woking 104; Lincoln 104; Eastbourne 102; Worcester 102; Bath 102; Gillingham 101
GD America/Grenada
 Saint George's 8
GE Asia/Tbilisi
 Tbilisi 1049; Batumi 187; Kutaisi 135
GF America/Cayenne
 Cayenne 62; Matoury 26; Saint-Laurent-du-Maroni 24
GG Europe/Guernsey
 Saint Peter Port 16
GH Africa/Accra
 Kumasi 2545; Accra 1963; Tamale 464; Takoradi 389; Sekondi 286; Cape Coast 212
GI Europe/Gibraltar
 Gibraltar 27
GL America/Danmarkshavn
 Danmarkshavn 0
GL America/Nuuk
 Nuuk 15 = Godthab
GL America/Scoresbysund
 Scoresbysund 0
GL America/Thule
 Thule 1
GM Africa/Banjul
 Serekunda 340; Brikama 97; Bununka Kunda 66; Banjul 37
GN Africa/Conakry
 Conakry 1928; Camayenne 1871; Nzérékoré 226; Kankan 221
GP America/Guadeloupe
 Les Abymes 54; Baie-Mahault 31; Le Gosier 29; Basse-Terre 11
GQ Africa/Malabo
 Bata 173; Malabo 156; Ebebiyin 25; Ciudad de la Paz 2
GR Europe/Athens
 Athens 664 = Athina = Athen; Thessaloníki 318; Pátra 168; Piraeus 164; Lárisa 147; Peristéri 140;
 Irákleion 137; Kallithéa 101; Acharnés 99; Kalamariá 92; Níkaia 89; Glyfáda 87; Volos 86; Ílion 85
GS Atlantic/South_Georgia
 Grytviken 1; South Georgia 0
GT America/Guatemala
 Guatemala City 995 = Guatemala; Villa Nueva 618; Mixco 466; Cobán 212
GU Pacific/Guam
 Dededo Village 45; Yigo Village 21; Tamuning-Tumon-Harmon Village 20; Hagåtña 1
GW Africa/Bissau
 Bissau 440; Bairro Militar 65; Gabú 49
GY America/Guyana
 Georgetown 235; Linden 45; New Amsterdam 35
HK Asia/Hong_Kong
 Hong Kong 7396 = HK; New Territories 3984; Kowloon 2232
HN America/Tegucigalpa
 Tegucigalpa 851; San Pedro Sula 801; Danlí 234; La Ceiba 222
HR Europe/Zagreb
 Zagreb 664; Split 150; Rijeka 108
HT America/Port-au-Prince
 Port-au-Prince 1235; Carrefour 511; Delmas 395; Pétionville 377; Port-de-Paix 306; Saint-Marc 267;
 Croix-des-Bouquets 229
HU Europe/Budapest
 Budapest 1741; Pest 1002; Buda 510; Debrecen 202; Szeged 161; Miskolc 155; Pécs 145; Győr 129;
 Nyíregyháza 118; Kecskemét 110; Székesfehérvár 102
ID Asia/Jakarta
 Jakarta 8540; Surabaya 3018; Bekasi 2648; Bandung 2528; Medan 2486; Depok 2164; Tangerang 1928;
 Palembang 1801; Semarang 1695; South Tangerang 1430; Batam 1297; Jepara 1258; Pekanbaru 1168;
 Bandar Lampung 1166; Bogor 1078; Padang 943; Malang 889; Tasikmalaya 771; Serang 736;
 Situbondo 686; Jambi City 635; Cimahi 582; Surakarta 527; Cilegon 470; Bengkulu 397;
 Yogyakarta 376; Sukabumi 366; Cibinong 363; Dumai 349; Cirebon 345; Pekalongan 325; Percut 311;
 Karawang 308; Kediri 301
ID Asia/Jayapura
 Jayapura 411; Ambon 347
ID Asia/Makassar
 Makassar 1474 = Ujung Pandang; Samarinda 865; Balikpapan 695; Denpasar 670 = Bali; Banjarmasin 658;
 Kupang 475; Manado 459; Mataram 441; Palu 390; Kendari 351
ID Asia/Pontianak
 Pontianak 686; Palangkaraya 318
IE Europe/Dublin
 Dublin 1024; South Dublin 301; Cork 224; Limerick 102; Galway 86; Waterford 60; Drogheda 44;
 Dundalk 43; Navan 34
IL Asia/Jerusalem
 Jerusalem 972 = Yerushalayim; Tel Aviv 433 = Tel Aviv-Yafo = Jaffa; West Jerusalem 400; Haifa 285;
 Rishon LeTsiyyon 259; Petaẖ Tiqva 254; Netanya 228; Ashdod 227; Bnei Brak 214
IM Europe/Isle_of_Man
 Douglas 26
IN Asia/Kolkata
 Mumbai 12692 = Bombay; Delhi 11035; Bengaluru 8495 = Bangalore; Hyderabad 6993; Ahmedabad 6358;
 Chennai 4681 = Madras; Kolkata 4631 = Calcutta; Surat 4591; Pune 3124 = Poona; Jaipur 3046;
 Kanpur 2823; Navi Mumbai 2600; Lucknow 2472; Nagpur 2406; Coimbatore 2137; Indore 1994; Thane 1841;
 Vadodara 1822; Bhopal 1798; Rasapudipalem 1728; Pimpri-Chinchwad 1728; Patna 1684;
 Kallakurichi 1683; Ludhiana 1619; Nashik 1486; Madurai 1466; Tirunelveli 1436; Agra 1430;
 Faridabad 1414; Rajkot 1391; Najafgarh 1365; Jamshedpur 1339; Gorakhpur 1325; Pimpri 1285;
 Kalyan 1262; Dombivali 1247; Meerut 1223; Virar 1222; Nowrangapur 1221; Srinagar 1206;
 Dhanbad 1196; Aurangabad 1175; Varanasi 1164 = Benares; Amritsar 1159; Vijayawada 1143;
 Ranchi 1120; Jabalpur 1082; Prayagraj 1073; Visakhapatnam 1063; Jodhpur 1056; Gwalior 1054;
 Teni 1035; Howrah 1028; Raipur 1027; Tiruchirappalli 1023; Kota 1002; Shivaji Nagar 1000;
 Sholapur 997; Chandigarh 971; Tiruppur 963; Guwahati 962; Hubballi 944; Mysuru 921 = Mysore;
 Salem 917; Gurugram 887 = Gurgaon; Bhubaneswar 885; Bhiwandi 874; Jalandhar 869; Kanayannur 851;
 Bhayandar 809; Narela 800; Thiruvananthapuram 788 = Trivandrum; Aligarh 753; Bareilly 745;
 Moradabad 721; Warangal 705; Guntur 670; Puducherry 657; Jajmau 653; Amravati 647; Bikaner 644;
 Kochi 634 = Cochin; Bhilai 628; Cuttack 610; Bhavnagar 606; Sangli 601; Jamnagar 601; Jammu 576;
 Bokaro 564; Nanded 551; Kozhikode 550; Kolhapur 549; Nellore 548; Kalaburagi 543; Ajmer 542;
 Dehradun 522; Erode 522; Durgapur 519; Ulhasnagar 517; Siliguri 516; Ujjain 515; Bilimora 511;
 Asansol 504; Mangaluru 499; Belagavi 490; Saharanpur 485; Vellore 485; Bhatpara 483; Malegaon 481;
 Gaya 474; Jalgaon 460; Kurnool 460; Ramgundam 452; Udaipur 451; Patiala 446; Shyamnagar 442;
 Davangere 435; Akola 429; Korba 419; Jhansi 413; Thoothukudi 411; Ballari 410; Bhagalpur 400;
 Agartala 400; New Delhi 318
IO Indian/Chagos
 Chagos 0
IQ Asia/Baghdad
 Baghdad 7216; Al Mawsil al Jadidah 2066; Al Basrah al Qadimah 2015; Mosul 1683; Erbil 1613;
 Basrah 1327; Karbala 1219; Sadr City 1212; Kirkuk 1031; Sulaymaniyah 878; Nasiriyah 558; Najaf 483;
 Al Hillah 456; Abu al-Kahṣib 358; Al Mahmudiyah 350; Dihok 341; Al 'Amarah 323; Al Diwaniyah 319;
 Al-Kut 315; Al Madinah 255; Kelar 250; Ramadi 224
IR Asia/Tehran
 Tehran 7153 = Teheran; Mashhad 2307; Isfahan 1547 = Esfahan; Karaj 1448; Tabriz 1425; Shiraz 1250;
 Qom 900; Ahvaz 841; Kermanshah 621; Rasht 595; Kerman 578; Orumiyeh 577; Zahedan 552; Hamadan 528;
 Arak 504; Yazd 478; Ardabil 411; Zanjan 357; Bandar Abbas 352; Sanandaj 349; Qazvin 334;
 Khorramshahr 331; Khorramabad 330; Shahriar 310; Qods 310; Kashan 304
IS Atlantic/Reykjavik
 Reykjavík 119; Kópavogur 40; Hafnarfjörður 32
IT Europe/Rome
 Rome 2319 = Roma; Milan 1371 = Milano = Mailand; Naples 909 = Napoli; Turin 847 = Torino;
 Palermo 648; Genoa 580; Bologna 395; Florence 367 = Firenze = Florenz; Bari 316; Catania 312;
 Verona 258; Messina 220; Trieste 204; Padua 204; Brescia 200; Taranto 199; Parma 198; Prato 195;
 Modena 185; Reggio Calabria 182; Quarto Oggiaro 182; Reggio nell'Emilia 172; Livorno 157;
 Cagliari 149; Rimini 149; Mestre 148; Circoiscrizione II 141; Foggia 137; Circoiscrizione VIII 134;
 Ferrara 132; Circoiscrizione III 131; Circoiscrizione V 127; Salerno 126; Siracusa 122;
 Bergamo 121; Trento 121; Perugia 120; Pescara 120; Forlì 117; Vicenza 112; Terni 111;
 Venice 51 = Venezia = Venedig
JE Europe/Jersey
 Saint Helier 28
JM America/Jamaica
 Kingston 938; New Kingston 584; Spanish Town 145
JO Asia/Amman
 Amman 1276; Zarqa 793; Irbid 569; Russeifa 268; Hayy Khilda 251
JP Asia/Tokyo
 Tokyo 9733 = Tokio; Yokohama 3777; Osaka 2754; Nagoya 2332; Sapporo 1974; Fukuoka 1612;
 Kawasaki 1538; Kobe 1525; Kyoto 1464; Saitama 1325; Hiroshima 1201; Sendai 1097; Chiba 980;
 Kitakyushu 941; Sakai 826; Niigata 798; Hamamatsu 792; Kumamoto 739; Aihara 725; Okayama 725;
 Sagamihara 721; Shizuoka 693; Honcho 645; Kagoshima 595; Suginami 588; Hachioji 579; Koto 544;
 Himeji 530; Utsunomiya 519; Matsuyama 511; Higashiosaka 494; Nishinomiya 486; Kurashiki 484;
 Oita 478; Fukuyama 469; Kanazawa 466; Amagasaki 460; Kashiwa 433; Toyota 426; Shinagawa 422;
 Takamatsu 419; Toyama 416; Nagasaki 409; Hirakata 406; Gifu 403; Toyonaka 402; Miyazaki 401;
 Suita 386; Okazaki 385; Ichinomiya 380; Toyohashi 377; Minato 375; Takasaki 373; Nagano 373;
 Nara-shi 367; Iwaki 357; Wakayama 357; Kawagoe 355; Takatsuki 354; Otsu 345; Asahikawa 334;
 Maebashi 332; Kochi 332; Koriyama 328; Naha 318; Kasugai 309; Akita 308; Yokkaichi 305; Akashi 304;
 Kurume 304; Aomori 298; Fukushima 294; Morioka 291; Ichihara 284; Hakodate 276; Tsu 275;
 Kakogawacho-honmachi 272; Mito 271; Tokushima 267; Nagaoka 267; Shimonoseki 266; Fukui-shi 262;
 Hiratsuka 258; Yamagata 249; Fuji 245; Sasebo 243; Tsukuba 242; Matsumoto 241; Hachinohe 239;
 Saga 233; Kasukabe 230; Ageo 227; Ota 224; Atsugi 224; Kure 215; Isesaki 212; Kishiwada 206;
 Matsue 204; Nagareyama 200
KE Africa/Nairobi
 Nairobi 4397; Kakamega 1868; Mombasa 1208; Nakuru 571; Eldoret 476; Kisumu 398; Thika 251
KG Asia/Bishkek
 Bishkek 900; Osh 322; Manas 123
KH Asia/Phnom_Penh
 Phnom Penh 1574; Takeo 844; Siem Reap 139
KI Pacific/Kanton
 Kanton 0
KI Pacific/Kiritimati
 Kiritimati 0
KI Pacific/Tarawa
 Tarawa 40
KM Indian/Comoro
 Moroni 75; Moutsamoudou 26; Fomboni 17
KN America/St_Kitts
 Basseterre 13
KP Asia/Pyongyang
 Pyongyang 3222; Hamhŭng 559; Namp'o 455; Sunch'ŏn 437; Hŭngnam 346; Kaesŏng 338; Wŏnsan 329;
 Chongjin 327; Kaech'ŏn 320; Sariwŏn-si 310; Sinŭiju 288; Tŏkch'ŏn 237; Haeju 222; Kanggye 210;
 Changam-ch'on 207
KR Asia/Seoul
 Seoul 10349; Busan 3285; Incheon 3015; Daegu 2366; Daejeon 1441; Gwangju 1401; Suwon 1235;
 Ulsan 1098; Changwon 1026; Cheongju-si 852; Cheonan 659; Hwaseong-si 641; Jeonju 638; Ansan-si 623;
 Kimhae 532; Pohang 492; Jeju City 489; Masan 434; Gumi 405; Sejong 395; Pyeongtaek 365;
 Yangsan 358; Wŏnju 333; Chinju 307; Iksan 307; Chuncheon 285; Suncheon 276; Yeosu 269; Mokpo 268;
 Gunsan 265; Gyeongju 245; Osan 239; Geoje 233; Chungju 209; Gangneung 208
KW Asia/Kuwait
 Al Ahmadi 637; Hawalli 164; As Salimiyah 148; Kuwait City 60 = Kuwait
KY America/Cayman
 George Town 29; West Bay 15; Cayman 0
KZ Asia/Almaty
 Almaty 1977; Astana 1544 = Nursultan; Shymkent 1200; Karagandy 498; Taraz 358; Pavlodar 329;
 Ust-Kamenogorsk 319; Semey 293; Turkistan 227; Petropavl 201
KZ Asia/Aqtau
 Aqtau 147
KZ Asia/Aqtobe
 Aktobe 501 = Aqtobe
KZ Asia/Atyrau
 Atyrau 291
KZ Asia/Oral
 Oral 330
KZ Asia/Qostanay
 Kostanay 210 = Qostanay
KZ Asia/Qyzylorda
 Kyzylorda 355 = Qyzylorda
LA Asia/Vientiane
 Vientiane 841; Savannakhet 126; Thakhèk 91
LB Asia/Beirut
 Beirut 1916; Ra's Bayrut 1252; Tripoli 229
LC America/St_Lucia
 Gros Islet 25; Castries 20
LI Europe/Vaduz
 Vaduz 5
LK Asia/Colombo
 Colombo 648; Dehiwala-Mount Lavinia 220; Maharagama 195
LR Africa/Monrovia
 Monrovia 1543; Gbarnga 86; Buchanan 76
LS Africa/Maseru
 Maseru 360; Maputsoe 62; Mohale's Hoek 47
LT Europe/Vilnius
 Vilnius 542; Kaunas 289; Klaipėda 172
LU Europe/Luxembourg
 Luxembourg 77 = Luxemburg; Esch-sur-Alzette 37; Dudelange 18
LV Europe/Riga
 Riga 743; Daugavpils 78; Liepāja 67
LY Africa/Tripoli
 Tripoli 1303; Benghazi 757; Misratah 356; Zliten 204; Al Khums 202; Az Zawiyah 200
MA Africa/Casablanca
 Casablanca 3666; Rabat 1656; Fes 1192; Tangier 1035; Marrakesh 996 = Marrakech; Salé 972;
 Agadir 698; Meknes 568; Oujda 540; Kenitra 471; Tétouan 416; Al Hoceïma 396; Temara 342; Safi 337;
 Khouribga 214; El Jadida 213; Beni Mellal 210
MC Europe/Monaco
 Monaco 33
MD Europe/Chisinau
 Chisinau 636; Tiraspol 157; Bălţi 125
ME Europe/Podgorica
 Podgorica 237; Nikšić 58; Herceg Novi 20
MF America/Marigot
 Marigot 6
MG Indian/Antananarivo
 Antananarivo 1350; Toamasina 345; Antsirabe 261; Mahajanga 261; Fianarantsoa 203
MH Pacific/Kwajalein
 Kwajalein 0
MH Pacific/Majuro
 Majuro 25; Dalap-Uliga-Dorrit 20
MK Europe/Skopje
 Skopje 475; Kumanovo 75; Prilep 74
ML Africa/Bamako
 Bamako 4228; Sikasso 349; Koutiala 218; Ségou 206
MM Asia/Yangon
 Yangon 4478 = Rangoon; Mandalay 1208; Nay Pyi Taw 925; Hlaingthaya 688; Mawlamyine 439;
 Kalemyo 349; Bago 244; Amarapura 238; Pathein 237
MN Asia/Hovd
 Hovd 0
MN Asia/Ulaanbaatar
 Ulaanbaatar 845 = Ulan Bator = Choibalsan; Erdenet 98; Darhan 84
MO Asia/Macau
 Macau 649
MP Pacific/Saipan
 Saipan 48
MQ America/Martinique
 Fort-de-France 90; Le Lamentin 41; Le Robert 24
MR Africa/Nouakchott
 Nouakchott 1185; Nouadhibou 146; Kiffa 62
MS America/Montserrat
 Brades 1; Plymouth 1
MT Europe/Malta
 San Pawl il-Baħar 32; Birkirkara 24; Mosta 23; Valletta 7
MU Indian/Mauritius
 Port Louis 155; Vacoas 115; Beau Bassin-Rose Hill 111
MV Indian/Maldives
 Male 104
MW Africa/Blantyre
 Lilongwe 1116; Blantyre 903; Mzuzu 250
MX America/Bahia_Banderas
 Bahia Banderas 0
MX America/Cancun
 Cancún 889
MX America/Chihuahua
 Chihuahua 926
MX America/Ciudad_Juarez
 Ciudad Juárez 1512
MX America/Hermosillo
 Hermosillo 812; Ciudad Obregón 329; Nogales 265
MX America/Matamoros
 Reynosa 589; Heroica Matamoros 511 = Matamoros; Nuevo Laredo 416; Ciudad Acuña 216
MX America/Mazatlan
 Culiacán 808; Mazatlán 382; Tepic 333; Los Mochis 257; La Paz 250; Cabo San Lucas 203
MX America/Merida
 Mérida 1201; Tuxtla 604; Tapachula 354; Villahermosa 354; Campeche 220;
 San Cristóbal de las Casas 216
MX America/Mexico_City
 Mexico City 12294 = CDMX = Ciudad de México; Iztapalapa 1835; Puebla 1692;
 Ecatepec de Morelos 1645; Santiago de Querétaro 1594; León de los Aldama 1580; Zapopan 1476;
 Guadalajara 1386; Morelia 743; Aguascalientes 722; Acapulco de Juárez 659; Tlaquepaque 650;
 Cuautitlán Izcalli 555; Toluca 489; Veracruz 428; Xalapa de Enríquez 425; Tonalá 409;
 Ojo de Agua 386; Xico 384; Irapuato 381; Celaya 340; Cuernavaca 339;
 Soledad de Graciano Sánchez 332; Ixtapaluca 322; Coatzacoalcos 311; Uruapan 300; Cholula 293;
 Nicolás Romero 282; Zumpango 280; Pachuca de Soto 257; Oaxaca 255; Tehuacán 249;
 Puerto Vallarta 224; Jiutepec 215; Córdoba 205
MX America/Monterrey
 Monterrey 1136; Torreón 735; San Luis Potosí 723; Saltillo 710; Guadalupe 674;
 Victoria de Durango 519; Ciudad Apodaca 467; Ciudad General Escobedo 455;
 San Nicolás de los Garza 412; Ciudad Victoria 332; Tampico 309; Ciudad Benito Juárez 308;
 Santa Catarina 304; Gómez Palacio 257; Monclova 215
MX America/Ojinaga
 Ojinaga 28
MX America/Tijuana
 Tijuana 1923; Mexicali 1033; Ensenada 444
MY Asia/Kuala_Lumpur
 Kuala Lumpur 1454 = KL; Johor Bahru 858; Kampung Baru Subang 834; Petaling Jaya 808; Ipoh 760;
 Shah Alam 741; Subang Jaya 708; Bukit Rahman Putra 607; Pelentong 584; Malacca 579;
 Iskandar Puteri 576; Kota Bharu 569; Kuantan 548; Kota Kuala Muda 545; Sungai Petani 545;
 Selayang Baru Utara 542; Mukim Pulai 506; Kampung Larkin Lama 500; Kota Damansara 500;
 Kuala Terengganu 426; Taman Petaling 423; Alor Setar 418; Kampung Kangkar Teberau 412; Puchong 375;
 Seremban 373; Setapak 353; Kluang 324; Muar 315; Kapar 270; Batu Caves 254; Klang 240; Kajang 236;
 Teluk Intan 233; Kampong Baharu Cheras Batu Sebelas 232; Pasir Mas 230; Paya Terubong 227;
 Sungai Buloh 223; Taiping 218; Wangsa Maju 216; Bukit Mertajam 212; Sepang 212; Bandar Sunway 200;
 Bandar Utama 200; Bukit Jalil 200
MY Asia/Kuching
 Kota Kinabalu 500; Sandakan 439; Kuching 403; Tawau 373; Miri 301
MZ Africa/Maputo
 Maputo 1255; Matola 1199; Nampula 770; Beira 688; Chimoio 422; Tete 357; Quelimane 350;
 Lichinga 281; Nacala 240; Pemba 233
NA Africa/Windhoek
 Windhoek 386; Rundu 75; Walvis Bay 74
NC Pacific/Noumea
 Nouméa 93; Mont-Dore 25; Dumbéa 19
NE Africa/Niamey
 Niamey 1324; Maradi 362; Zinder 319
NF Pacific/Norfolk
 Kingston 1; Norfolk 0
NG Africa/Lagos
 Lagos 15388; Kano 4910; Ibadan 3649; Abuja 2690; Port Harcourt 2120; Kaduna 1850; Benin City 1782;
 Onitsha 1553; Aba 1160; Maiduguri 1110; Ilorin 1080; Sokoto 1040; Jos 1040; Zaria 980; Enugu 950;
 Warri 910; Oyo 736; Abeokuta 735; Akure 730; Bauchi 694; Katsina 670; Osogbo 645; Ile-Ife 560;
 Gombe 560; Owerri 545; Calabar 540; Okene 479; Ikare 465; Yola 460; Uyo 437; Ado-Ekiti 435;
 Ogbomoso 433; Minna 425; Bida 400; Makurdi 390; Ondo 375; Umuahia 370; Iseyin 365; Yenagoa 365;
 Gboko 365; Ijebu Ode 360; Ilesa 325; Sapele 305
NI America/Managua
 Managua 973; León 145; Masaya 130
NL Europe/Amsterdam
 Rotterdam 868; Amsterdam 742; The Hague 474 = Den Haag; Utrecht 376; Groningen 245; Eindhoven 236;
 Tilburg 222; Breda 184; Nijmegen 177; Almere Stad 176; Haarlem 163; Arnhem 162;
 's-Hertogenbosch 161; Enschede 154; Zaanstad 140; Amersfoort 140; Apeldoorn 137; Hoofddorp 133;
 Zwolle 130; Leeuwarden 124; Maastricht 122; Leiden 120; Dordrecht 119; Zoetermeer 116; Venlo 102
NO Europe/Oslo
 Oslo 1083; Bergen 294; Trondheim 217; Stavanger 152; Kristiansand 117; Drammen 106; Sandnes 85;
 Fredrikstad 84; Sandefjord 64; Sarpsborg 59; Tønsberg 55; Ålesund 53; Skien 51
NP Asia/Kathmandu
 Kathmandu 1442 = Katmandu; Pokhara 600; Bharatpur 369; Pātan 299; Birgañj 268; Biratnagar 245;
 Dhangaḍhi̇̄ 205
NR Pacific/Nauru
 Yaren 1
NU Pacific/Niue
 Alofi 1
NZ Pacific/Auckland
 Auckland 1547; Christchurch 419; Wellington 382; Manukau City 362; North Shore 259; Hamilton 192;
 Tauranga 161; Dunedin 133; Lower Hutt 114; Palmerston North 90; New Plymouth 90; Hastings 88;
 Napier 66; Rotorua 66; Porirua 62; Invercargill 58; Nelson 54; Whangarei 51; Whanganui 49;
 Upper Hutt 47
NZ Pacific/Chatham
 Chatham 0
OM Asia/Muscat
 Muscat 797; Seeb 471; Bawshar 383
PA America/Panama
 Panama City 408 = Panama; San Miguelito 322; Juan Díaz 101
PE America/Lima
 Lima 7737; Callao 1226; Arequipa 1196; Trujillo 1068; Piura 630; Chiclayo 609; Huancayo 456;
 Cusco 428; Iquitos 378; Pucallpa 326; Chimbote 317; Tacna 286; Ica 282; Juliaca 246; Cajamarca 201
PF Pacific/Gambier
 Gambier 0
PF Pacific/Marquesas
 Marquesas 0
PF Pacific/Tahiti
 Faaa 30; Papeete 26; Punaauia 26; Tahiti 0
PG Pacific/Bougainville
 Arawa 40; Bougainville 0
PG Pacific/Port_Moresby
 Port Moresby 284; Lae 76
PH Asia/Manila
 Quezon City 3084; Davao 1849; Caloocan 1713; Manila 1600; Taguig 1308; Budta 1274; Malingao 1122;
 Zamboanga 1019; Cebu City 965 = Cebu; Antipolo 914; Pasig City 853; Cagayan de Oro 742;
 Valenzuela 725; General Santos 722; Paranaque City 703; Las Piñas 616; Calamba 575; Muntinlupa 552;
 Makati City 510; Lapu-Lapu City 498; Angeles City 483; Imus 482; Iloilo 474; Marikina City 471;
 Mandaluyong City 466; Bacolod City 455; Mansilingan 454; Dasmariñas 442; Mandaluyong 425;
 Pasay 417; Tarlac City 402; Cotabato 383; San Pedro 349; Cabanatuan City 344; Iligan 343;
 Mandaue City 331; Iligan City 312; Butuan 310; Cabuyao 309; San Pablo 300; Biñan 300; Santol 299;
 Baguio 273; Malolos 270; Mantampay 265; Marawi City 260; Tacloban 259; San Fernando 251;
 Libertad 250
PK Asia/Karachi
 Lahore 13004; Karachi 11624; Peshawar 4759; Faisalabad 3800; Rawalpindi 3358; Gujranwala 2511;
 Multan 2170; Hyderabad 1921; Quetta 1566; Bannu 1358; Sargodha 976; Sialkot 912; Bahawalpur 904;
 Arifwala 854; Dera Ismail Khan 763; Muzaffarabad 725; Battagram 700; Chunian 634; Jhang Sadr 607;
 Islamabad 602; Shekhupura 591; Gujrat 574; Sukkur 564; Sahiwal 538; Okara 534; Rahim Yar Khan 517;
 Kasur 511; Jalalpur Pirwala 500; Dera Ghazi Khan 494; Pindi Bhattian 493; Tando Bago 427;
 Tando Allahyar 422; Wah Cantt 401; Bhawana 374; Larkana 364; Nawabshah 363; Burewala 362;
 Mingora 361; Sinjhoro 355; Hafizabad 319; Chiniot 318; Mardan 300
PL Europe/Warsaw
 Warsaw 1702 = Warszawa = Warschau; Kraków 817 = Cracow = Krakau; Wrocław 673 = Breslau; Łódź 640;
 Poznań 536; Gdańsk 487 = Danzig; Szczecin 396; Lublin 336; Bydgoszcz 330; Białystok 296;
 Katowice 287; Gdynia 257; Częstochowa 248; Sosnowiec 227; Radom 227; Mokotów 218; Gliwice 199;
 Rzeszów 198; Toruń 197; Kielce 192; Zabrze 192; Bytom 189; Bielsko-Biala 177; Olsztyn 170;
 Ruda Śląska 146; Rybnik 143; Tychy 130; Opole 128; Elbląg 128; Płock 127; Wałbrzych 127;
 Włocławek 120
PM America/Miquelon
 Saint-Pierre 6; Miquelon 1
PN Pacific/Pitcairn
 Adamstown 1
PR America/Puerto_Rico
 San Juan 418 = Puerto Rico; Bayamón 203; Carolina 170
PS Asia/Gaza
 Gaza 410; Khan Yunis 173
PS Asia/Hebron
 East Jerusalem 428; Hebron 160
PT Atlantic/Azores
 Azores 0
PT Atlantic/Madeira
 Funchal 106; Madeira 0
PT Europe/Lisbon
 Lisbon 518 = Lisboa = Lissabon; Porto 253; Braga 193; Amadora 179; Coimbra 141; Leiria 129;
 Setúbal 118; Viseu 104; Queluz 103; Cacém 94; Aveiro 81
PW Pacific/Palau
 Ngerulmud 1
PY America/Asuncion
 Asunción 1482; Ciudad del Este 302; San Lorenzo 228
QA Asia/Qatar
 Doha 345; Ar Rayyān 272; Lusail 199
RE Indian/Reunion
 Saint-Denis 155 = Réunion; Saint-Paul 105; Saint-Pierre 84
RO Europe/Bucharest
 Bucharest 1877 = București = Bukarest; Iaşi 379; Constanţa 318; Cluj-Napoca 287; Braşov 253;
 Timişoara 251; Craiova 234; Galaţi 218; Târgu Mureş 213; Oradea 183; Ploieşti 181; Arad 169;
 Brăila 155
RS Europe/Belgrade
 Belgrade 1274 = Beograd = Belgrad; Niš 250; Novi Sad 215
RU Asia/Anadyr
 Anadyr 16
RU Asia/Barnaul
 Barnaul 632
RU Asia/Chita
 Chita 349
RU Asia/Irkutsk
 Irkutsk 624; Ulan-Ude 360; Bratsk 257
RU Asia/Kamchatka
 Kamchatka 0
RU Asia/Khandyga
 Khandyga 0
RU Asia/Krasnoyarsk
 Krasnoyarsk 1091
RU Asia/Magadan
 Magadan 93
RU Asia/Novokuznetsk
 Kemerovo 559; Novokuznetsk 540
RU Asia/Novosibirsk
 Novosibirsk 1613
RU Asia/Omsk
 Omsk 1172
RU Asia/Sakhalin
 Sakhalin 0
RU Asia/Srednekolymsk
 Srednekolymsk 0
RU Asia/Tomsk
 Tomsk 574
RU Asia/Ust-Nera
 Ust-Nera 0
RU Asia/Vladivostok
 Khabarovsk 618; Vladivostok 605; Komsomolsk-on-Amur 276
RU Asia/Yakutsk
 Yakutsk 236
RU Asia/Yekaterinburg
 Yekaterinburg 1495; Chelyabinsk 1202; Ufa 1121; Perm 982; Tyumen 768; Orenburg 565;
 Magnitogorsk 413; Nizhny Tagil 381; Kurgan 309; Surgut 300; Sterlitamak 267
RU Europe/Astrakhan
 Astrakhan 534
RU Europe/Kaliningrad
 Kaliningrad 475
RU Europe/Kirov
 Kirov 507
RU Europe/Moscow
 Moscow 10381 = Moskva = Moskau; Saint Petersburg 5352 = St Petersburg; Nizhniy Novgorod 1259;
 Kazan 1244; Rostov-on-Don 1130; Voronezh 1048; Krasnodar 900; Yaroslavl 609; Makhachkala 596;
 Ryazan' 539; Penza 524; Naberezhnyye Chelny 510; Lipetsk 510; Cheboksary 492; Tula 483; Kursk 449;
 Stavropol 434; Bryansk 427; Tver 420; Ivanovo 406; Vladimir 357; Arkhangel'sk 350; Belgorod 345;
 Kaluga 341; Smolensk 330; Sochi 328; Saransk 319; Cherepovets 316; Vologda 312; Vladikavkaz 306;
 Orël 304; Grozny 297; Murmansk 295; Tambov 294; Petrozavodsk 279; Taganrog 279; Kostroma 277;
 Yoshkar-Ola 268
RU Europe/Samara
 Samara 1163; Tolyatti 703; Izhevsk 648
RU Europe/Saratov
 Saratov 845
RU Europe/Ulyanovsk
 Ulyanovsk 627
RU Europe/Volgograd
 Volgograd 1014; Volzhsky 323
RW Africa/Kigali
 Kigali 1133; Gisenyi 172; Musanze 153
SA Asia/Riyadh
 Jeddah 4697; Riyadh 4206 = Ar Riyad; Mecca 1579 = Makkah; Medina 1300 = Madinah; Dammam 1253;
 Sultanah 947; Buraydah 745; Ta'if 689; Tabuk 667; Ha'il 606; Najran 506; Al Kharj 425;
 Khamis Mushait 388; Al Hufuf 293; Al Mubarraz 291; Hafar Al-Batin 272; Thuqbah 249; Al Jubayl 237;
 Sabya 228; Abha 211; Yanbu 200
SB Pacific/Guadalcanal
 Honiara 56; Panatina 33; Nggosi 26; Guadalcanal 0
SC Indian/Mahe
 Victoria 23 = Mahe
SD Africa/Khartoum
 Khartoum 1975; Omdurman 1850; Khartoum North 1012; Nyala 566; Port Sudan 490; Kassala 401;
 El Obeid 393; Al Qadarif 364; Kosti 345; Wad Medani 333; El Daein 265; El Fasher 253; Singa 250
SE Europe/Stockholm
 Stockholm 1515; Gothenburg 608 = Göteborg; Malmö 362; Uppsala 177; Linköping 167; Örebro 156;
 Umeå 130; Västerås 128; Jönköping 113; Helsingborg 104; Norrköping 94; Lund 87
SG Asia/Singapore
 Singapore 5639
SH Atlantic/St_Helena
 Jamestown 1; St Helena 0
SI Europe/Ljubljana
 Ljubljana 272; Maribor 96; Celje 38
SJ Arctic/Longyearbyen
 Longyearbyen 2
SK Europe/Bratislava
 Bratislava 424; Košice 225; Petržalka 112
SL Africa/Freetown
 Freetown 803; Kenema 255; Bo 234
SM Europe/San_Marino
 San Marino 4
SN Africa/Dakar
 Dakar 2647; Pikine 1171; Touba 1121; Thiès 318; Kaolack 299; Mbour 284; Saint-Louis 254;
 Thiès Nones 252; Ziguinchor 215
SO Africa/Mogadishu
 Mogadishu 2587; Borama 598; Hargeysa 478; Berbera 242; Kismayo 235; Marka 230; El Dibir 200
SR America/Paramaribo
 Paramaribo 224; Blauwgrond 31; Latour 30
SS Africa/Juba
 Juba 450; Winejok 300; Yei 261
ST Africa/Sao_Tome
 São Tomé 53
SV America/El_Salvador
 San Salvador 526; Soyapango 330; San Miguel 247
SX America/Lower_Princes
 Philipsburg 1; Lower Princes 0
SY Asia/Damascus
 Aleppo 2098; Damascus 1569; Homs 775; Latakia 709; Ar Raqqah 532; Hamah 461; Tartus 458;
 Al Hasakah 422; Deir ez-Zor 272
SZ Africa/Mbabane
 Manzini 111; Mbabane 76
TC America/Grand_Turk
 Providenciales 24; Cockburn Town 4; Grand Turk 0
TD Africa/Ndjamena
 N'Djamena 1360; Moundou 196; Abéché 140
TF Indian/Kerguelen
 Port-aux-Français 1; Kerguelen 0
TG Africa/Lome
 Lomé 2188; Sokodé 118; Kara 104
TH Asia/Bangkok
 Bangkok 5104; Chon Buri 219; Hat Yai 192
TJ Asia/Dushanbe
 Dushanbe 679; Isfara 274; Istaravshan 274; Kŭlob 215; Konibodom 211
TK Pacific/Fakaofo
 Fakaofo 0
TL Asia/Dili
 Dili 150; Maliana 22; Suai 22
TM Asia/Ashgabat
 Ashgabat 1030 = Ashkhabad; Türkmenabat 231; Dasoguz 201
TN Africa/Tunis
 Tunis 693; Sfax 281; Sousse 222
TO Pacific/Tongatapu
 Nuku'alofa 22; Tongatapu 0
TR Europe/Istanbul
 Istanbul 15702; Ankara 3517; Bursa 3102; İzmir 2938; Gaziantep 2222; Diyarbakır 1834; Adana 1817;
 Kayseri 1452; Konya 1434; Antalya 1335; Eskişehir 922; Çankaya 792; Erzurum 768; Malatya 750;
 Mersin 538; Nilüfer 536; Van 525; Karabağlar 479; Batman 452; Muratpaşa 450; Şanlıurfa 450;
 Elazığ 443; Antakya 399; Samsun 394; Kahramanmaraş 385; Uşak 369; Alanya 364; Tarsus 351;
 Aksaray 328; Denizli 313
TT America/Port_of_Spain
 Chaguanas 67; Mon Repos 56; San Fernando 55; Port of Spain 49
TV Pacific/Funafuti
 Funafuti 6
TW Asia/Taipei
 Taipei 7872; New Taipei City 4004; Taichung 2850; Kaohsiung 2738; Tainan 1857; Hsinchu 454;
 Fengshan 356; Chiayi City 263; Yongkang 234; Zhubei 213
TZ Africa/Dar_es_Salaam
 Dar es Salaam 5384; Mwanza 1105; Dodoma 765; Zanzibar 710; Arusha 618; Mbeya 542; Morogoro 471;
 Kahama 454; Tanga 393; Geita 318; Tabora 309; Sumbawanga 304; Songea 286; Kibaha 265; Bariadi 261;
 Kasulu 238; Singida 232; Kigoma 232; Moshi 222; Tunduma 219; Ifakara 206; Mpanda 204; Iringa 202
UA Europe/Kyiv
 Kyiv 2952 = Kiev = Kyjiw; Kharkiv 1421 = Kharkov; Odesa 1011 = Odessa; Dnipro 969; Donetsk 902;
 Lviv 717 = Lvov = Lwów; Zaporizhzhya 710; Kryvyy Rih 604; Mykolayiv 470; Vinnytsya 430;
 Saltivka 409; Luhansk 398; Pravyi Bereh 352; Makiyivka 339; Chernihiv 283; Poltava 280;
 Khmelnytskyi 274; Cherkasy 270; Chernivtsi 264; Zhytomyr 262; Sumy 256; Rivne 244; Horlivka 240;
 Ivano-Frankivsk 238; Mariupol 230; Kamyanske 227; Ternopil 225; Kremenchuk 225; Kropyvnytskyi 220;
 Lutsk 216; Bila Tserkva 207; Rayon KTZ 200
UA Europe/Simferopol
 Sevastopol 548; Simferopol 336
UG Africa/Kampala
 Kampala 1681; Nansana 533; Kira 463; Bunamwaya 413; Kyengera 285; Mbarara 221
UM Pacific/Midway
 Midway 0
UM Pacific/Wake
 Wake 0
US America/Adak
 Adak 0
US America/Anchorage
 Anchorage, Alaska 290; Fairbanks, Alaska 32
US America/Boise
 Boise, Idaho 236; Meridian, Idaho 91; Nampa, Idaho 90
US America/Chicago
 Chicago, Illinois 2664; Houston, Texas 2314; San Antonio, Texas 1527; Dallas, Texas 1326;
 Fort Worth, Texas 1008; Austin, Texas 974; Nashville, Tennessee 689; Oklahoma City, Oklahoma 681;
 New South Memphis, Tennessee 642; Memphis, Tennessee 633; Milwaukee, Wisconsin 564;
 Omaha, Nebraska 486; Kansas City, Missouri 475; Tulsa, Oklahoma 413; Minneapolis, Minnesota 411;
 Wichita, Kansas 396; Arlington, Texas 388; New Orleans, Louisiana 363; Corpus Christi, Texas 316;
 Saint Paul, Minnesota 303; Lincoln, Nebraska 295; Plano, Texas 284; Madison, Wisconsin 280;
 St. Louis, Missouri 280; Laredo, Texas 256; Lubbock, Texas 249; Garland, Texas 237;
 Irving, Texas 237; Baton Rouge, Louisiana 227; Huntsville, Alabama 215; Des Moines, Iowa 214;
 Little Rock, Arkansas 203; Cypress, Texas 201; Aurora, Illinois 201; Amarillo, Texas 199;
 Birmingham, Alabama 196; Montgomery, Alabama 195; Grand Prairie, Texas 188;
 Shreveport, Louisiana 188; Brownsville, Texas 187; Overland Park, Kansas 187; Mobile, Alabama 183;
 Sioux Falls, South Dakota 172; Springfield, Missouri 170; Clarksville, Tennessee 167;
 Murfreesboro, Tennessee 165; McKinney, Texas 163; Frisco, Texas 154; Jackson, Mississippi 154;
 Kansas City, Kansas 153; Rockford, Illinois 148; Joliet, Illinois 148; Naperville, Illinois 147;
 Metairie Terrace, Louisiana 142; Killeen, Texas 141; McAllen, Texas 140; Metairie, Louisiana 138;
 Olathe, Kansas 134; Midland, Texas 133; Waco, Texas 132; Denton, Texas 131; Cedar Rapids, Iowa 130;
 Columbia, Missouri 129; Norman, Oklahoma 128; Topeka, Kansas 126; Abilene, Texas 125;
 Lafayette, Louisiana 121; Evansville, Indiana 120; Fargo, North Dakota 119;
 Independence, Missouri 117; Round Rock, Texas 116; Beaumont, Texas 115; Peoria, Illinois 115;
 Odessa, Texas 114; Springfield, Illinois 114; North Peoria, Illinois 113; Rochester, Minnesota 112;
 Elgin, Illinois 112; Tuscaloosa, Alabama 111; East Independence, Missouri 111;
 College Station, Texas 108; Broken Arrow, Oklahoma 107; Green Bay, Wisconsin 105;
 Wichita Falls, Texas 105; Lewisville, Texas 104; Tyler, Texas 104; Davenport, Iowa 103;
 Fort Smith, Arkansas 88; Fayetteville, Arkansas 83; Bismarck, North Dakota 75;
 Gulfport, Mississippi 72; West Gulfport, Mississippi 71; Grand Forks, North Dakota 57;
 Grand Island, Nebraska 51; Aberdeen, South Dakota 28; Austin, Minnesota 25; Washington, Illinois 17
US America/Denver
 Denver, Colorado 729; El Paso, Texas 679; Albuquerque, New Mexico 565;
 Colorado Springs, Colorado 457; Aurora, Colorado 359; Salt Lake City, Utah 216 = SLC;
 Fort Collins, Colorado 171; Lakewood, Colorado 153; West Valley City, Utah 136;
 Thornton, Colorado 133; Billings, Montana 117; Westminster, Colorado 116; Arvada, Colorado 115;
 Provo, Utah 115; West Jordan, Utah 112; Centennial, Colorado 110; Pueblo, Colorado 109;
 Greeley, Colorado 109; Boulder, Colorado 107; Las Cruces, New Mexico 102;
 Rio Rancho, New Mexico 88; Rapid City, South Dakota 74; Missoula, Montana 71; Cheyenne, Wyoming 65;
 Casper, Wyoming 60; Great Falls, Montana 60; Gillette, Wyoming 33; Washington, Utah 24
US America/Detroit
 Detroit, Michigan 646; Grand Rapids, Michigan 195; Warren, Michigan 134;
 Sterling Heights, Michigan 132; Ann Arbor, Michigan 117; Lansing, Michigan 113
US America/Indiana/Indianapolis
 Indianapolis, Indiana 888; Fort Wayne, Indiana 260; South Bend, Indiana 102
US America/Indiana/Knox
 Knox, Indiana 4
US America/Indiana/Marengo
 Marengo, Indiana 1
US America/Indiana/Petersburg
 Petersburg, Indiana 2
US America/Indiana/Tell_City
 Tell City, Indiana 7
US America/Indiana/Vevay
 Vevay, Indiana 2
US America/Indiana/Vincennes
 Vincennes, Indiana 0
US America/Indiana/Winamac
 Winamac, Indiana 2
US America/Juneau
 Juneau, Alaska 32
US America/Kentucky/Louisville
 Louisville, Kentucky 624
US America/Kentucky/Monticello
 Monticello, Kentucky 6
US America/Los_Angeles
 Los Angeles, California 3821 = LA; San Diego, California 1404; San Jose, California 997;
 San Francisco, California 828 = SF; Seattle, Washington 781; Portland, Oregon 653;
 Las Vegas, Nevada 642 = Vegas; Fresno, California 542; Sacramento, California 525;
 Long Beach, California 474; Oakland, California 419; Bakersfield, California 374;
 Anaheim, California 351; Riverside, California 317; Santa Ana, California 310;
 Stockton, California 306; Henderson, Nevada 286; Chula Vista, California 266; Reno, Nevada 264;
 Irvine, California 257; Tri-Cities, Washington 244; North Las Vegas, Nevada 235;
 Fremont, California 232; Spokane, Washington 229; Paradise, Nevada 223; Tacoma, Washington 223;
 San Bernardino, California 216; Fontana, California 213; Modesto, California 211;
 Oxnard, California 207; Moreno Valley, California 204; Huntington Beach, California 202;
 Vancouver, Washington 196; Sunrise Manor, Nevada 189; Santa Clarita, California 182;
 Spring Valley, Nevada 178; Santa Rosa, California 178; Eugene, Oregon 177;
 Oceanside, California 176; Salem, Oregon 176; Garden Grove, California 175;
 Rancho Cucamonga, California 175; Ontario, California 171; Elk Grove, California 167;
 Corona, California 164; Lancaster, California 161; Palmdale, California 158;
 Hayward, California 158; Salinas, California 157; Sunnyvale, California 156;
 Pomona, California 153; Escondido, California 151; Valencia, California 148;
 Torrance, California 144; Orange, California 141; Fullerton, California 141;
 Bellevue, Washington 140; Roseville, California 130; Visalia, California 130;
 Thousand Oaks, California 129; Concord, California 129; Kent, Washington 127;
 Simi Valley, California 127; Santa Clara, California 126; Victorville, California 122;
 Vallejo, California 122; Chico, California 121; Berkeley, California 121; Carlsbad, California 115;
 Costa Mesa, California 113; Fairfield, California 113; Gresham, Oregon 111;
 Antioch, California 111; Temecula, California 110; Murrieta, California 110;
 Richmond, California 110; West Covina, California 108; Enterprise, Nevada 108;
 Everett, Washington 108; Daly City, California 107; Santa Maria, California 105;
 Clovis, California 104; San Mateo, California 104; Rialto, California 103; Hillsboro, Oregon 102;
 Vista, California 101; Renton, Washington 100
US America/Menominee
 Menominee, Michigan 8
US America/Metlakatla
 Metlakatla, Alaska 1
US America/New_York
 New York, New York 8804 = NYC = New York City; Brooklyn, New York 2736; Queens, New York 2317;
 Philadelphia, Pennsylvania 1574 = Philly; Manhattan, New York 1488; The Bronx, New York 1385;
 Jacksonville, Florida 1010; Columbus, Ohio 913; Charlotte, North Carolina 911;
 Washington, District of Columbia 690 = Washington DC = DC; Boston, Massachusetts 654;
 Baltimore, Maryland 586; South Boston, Massachusetts 571; Atlanta, Georgia 511; Miami, Florida 487;
 Raleigh, North Carolina 482; Virginia Beach, Virginia 455; Tampa, Florida 415; Cleveland, Ohio 365;
 West Raleigh, North Carolina 339; Orlando, Florida 335; Lexington, Kentucky 320;
 Lexington-Fayette, Kentucky 314; Cincinnati, Ohio 311; Pittsburgh, Pennsylvania 304;
 Meads, Kentucky 289; Greensboro, North Carolina 285; Toledo, Ohio 266; Buffalo, New York 258;
 Durham, North Carolina 258; St. Petersburg, Florida 257; Winston-Salem, North Carolina 241;
 Norfolk, Virginia 238; Hialeah, Florida 237; Chesapeake, Virginia 235; Richmond, Virginia 227;
 Rochester, New York 210; Arlington, Virginia 208; Columbus, Georgia 207;
 Worcester, Massachusetts 207; Fayetteville, North Carolina 202; Tallahassee, Florida 202;
 Yonkers, New York 201; Akron, Ohio 198; Providence, Rhode Island 191; Knoxville, Tennessee 191;
 Newport News, Virginia 186; Fort Lauderdale, Florida 183; Chattanooga, Tennessee 181;
 Cape Coral, Florida 175; Pembroke Pines, Florida 167; Port Saint Lucie, Florida 165;
 Cary, North Carolina 160; Alexandria, Virginia 159; Springfield, Massachusetts 154;
 East Chattanooga, Tennessee 154; Hollywood, Florida 150; East Hampton, Virginia 148;
 Savannah, Georgia 148; Bridgeport, Connecticut 148; Gainesville, Florida 145;
 Syracuse, New York 144; Columbia, South Carolina 142; Hampton, Virginia 137; Miramar, Florida 137;
 Dayton, Ohio 136; Charleston, South Carolina 133; New Haven, Connecticut 130;
 Coral Springs, Florida 129; Stamford, Connecticut 129; Athens, Georgia 127; Amherst, New York 122;
 North Stamford, Connecticut 121; Hartford, Connecticut 121; West Palm Beach, Florida 121;
 Allentown, Pennsylvania 120; Palm Bay, Florida 120; Clearwater, Florida 117;
 Wilmington, North Carolina 116; Miami Gardens, Florida 113; Lowell, Massachusetts 111;
 Cambridge, Massachusetts 110; High Point, North Carolina 110; Manchester, New Hampshire 110;
 Waterbury, Connecticut 109; North Charleston, South Carolina 108; Pompano Beach, Florida 108;
 South Fulton, Georgia 107; Sandy Springs, Georgia 105; Lakeland, Florida 104; Brandon, Florida 103;
 Edison, New Jersey 103; Albany, New York 101; New Bedford, Massachusetts 101; Davie, Florida 101;
 Roanoke, Virginia 100; Columbia, Maryland 100; Trenton, New Jersey 90; Toms River, New Jersey 89;
 Nashua, New Hampshire 88; Germantown, Maryland 86; Warwick, Rhode Island 82;
 Cranston, Rhode Island 81; Wilmington, Delaware 71; Jacksonville, North Carolina 67;
 Portland, Maine 67; Huntington, West Virginia 49; Charleston, West Virginia 47;
 Concord, New Hampshire 44; Cleveland, Tennessee 44; Burlington, Vermont 42; Dover, Delaware 39;
 Lewiston, Maine 36; Newark, Delaware 34; Bangor, Maine 32; Parkersburg, West Virginia 31;
 South Burlington, Vermont 19; Colchester, Vermont 17
US America/Nome
 Nome, Alaska 4
US America/North_Dakota/Beulah
 Beulah, North Dakota 3
US America/North_Dakota/Center
 Center, North Dakota 1
US America/North_Dakota/New_Salem
 New Salem, North Dakota 1
US America/Phoenix
 Phoenix, Arizona 1650; Tucson, Arizona 543; Mesa, Arizona 472; Chandler, Arizona 261;
 Gilbert, Arizona 248; Glendale, Arizona 240; Scottsdale, Arizona 237; Maryvale, Arizona 208;
 Deer Valley, Arizona 166; Surprise, Arizona 143
US America/Sitka
 Sitka, Alaska 9
US America/Yakutat
 Yakutat, Alaska 1
US Pacific/Honolulu
 Honolulu, Hawaii 351 = Hawaii; East Honolulu, Hawaii 50; Pearl City, Hawaii 48
UY America/Montevideo
 Montevideo 1271; Salto 114; Maldonado 102
UZ Asia/Samarkand
 Samarkand 595; Nukus 332; Bukhara 280; Qarshi 278
UZ Asia/Tashkent
 Tashkent 1978; Andijon 748; Namangan 713; Yunusobod 352; Fergana 299; Chilanzar 261; Qo'qon 260;
 Marg'ilon 254
VA Europe/Vatican
 Vatican City 1 = Vatican
VC America/St_Vincent
 Kingstown 25; Calliaqua 24
VE America/Caracas
 Caracas 3000; Maracaibo 1753; Valencia 1619; Barquisimeto 1241; Ciudad Guayana 978; Barcelona 815;
 Maturín 647; Maracay 465; Ciudad Bolívar 413; Cumaná 406; Barinas 397; Puerto La Cruz 370;
 Cabimas 352; Turmero 345; Mérida 300; San Cristóbal 290; Alto Barinas 284;
 Santa Teresa del Tuy 279; Guarenas 249; Coro 247; Valera 245; Ciudad Ojeda 240;
 San Fernando de Apure 229; Guatire 228; El Tigre 222; Porlamar 216; San Felipe 206
VG America/Tortola
 Road Town 8; Tortola 0
VI America/St_Thomas
 Saint Croix 51; Charlotte Amalie 20; St Thomas 0
VN Asia/Ho_Chi_Minh
 Ho Chi Minh City 14003 = HCMC = Saigon = Ho Chi Minh; Hanoi 8054; Haiphong 2625; Cần Thơ 1507;
 Huế 1380; Da Nang 1276; Biên Hòa 1272; Thanh Hóa 850; Vinh 790; Nha Trang 579; Qui Nhon 519;
 Vũng Tàu 465; Rạch Giá 460; Bắc Giang 450; Nam Định 448; Buôn Ma Thuột 434; Thái Nguyên 420;
 Việt Trì 415; Bến Cát 365; An Nhơn 308; Nghi Sơn 302
VU Pacific/Efate
 Port-Vila 36; Efate 0
WF Pacific/Wallis
 Mata-Utu 1; Wallis 0
WS Pacific/Apia
 Apia 40
XK Europe/Belgrade
 Pristina 550; Prizren 171; Mitrovicë 107
YE Asia/Aden
 Sanaa 1937; Aden 1080; Taiz 941; Ibb 772; Al Hudaydah 735; Mukalla 595
YT Indian/Mayotte
 Mamoudzou 55; Koungou 18; Labattoir 18
ZA Africa/Johannesburg
 Johannesburg 9418 = Joburg; Cape Town 4773; Durban 3338; Pretoria 2113; Soweto 1695; Gqeberha 1050;
 Soshanguve 872; Pietermaritzburg 839; Evaton 725; Benoni 605; Bloemfontein 557; Thembisa 512;
 East London 479; Vereeniging 475; Welkom 432; Newcastle 405; Krugersdorp 379; Rustenburg 374;
 Emalahleni 373; Diepsloot 350; Botshabelo 310; Brakpan 306; Kariega 291; Polokwane 272;
 Richards Bay 253; Vanderbijlpark 247; Paarl 237; Klerksdorp 227; Somerset West 225; Mdantsane 206
ZM Africa/Lusaka
 Lusaka 2212; Kitwe 666; Ndola 628; Chipata 327; Solwezi 301; Kabwe 289; Chingola 257
ZW Africa/Harare
 Harare 1543; Bulawayo 666; Chitungwiza 371; Mutare 225; Epworth 206
"""
