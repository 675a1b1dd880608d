#!/usr/bin/env python3
"""Writes the test data in this folder and in ../broken.

Everything is invented: no row describes a real person or company. Only the
districts and neighbourhoods of Istanbul are real. The output depends on
nothing but this file, so a second run gives the same bytes.

    python3 generate.py
"""

import csv
import io
import math
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
BROKEN = HERE.parent / "broken"
START = "2026-01-01"

CUSTOMER_HEADER = "kod;unvan;durum;segment;vergi_no;telefon;ilçe;adres;enlem;boylam".split(";")
PRODUCT_HEADER = "kod;ad;grup;birim;fiyat;para_birimi;kdv;taban_fiyat".split(";")

REPS = [
    ("R01", "Ayşe Yılmaz", "anadolu"),
    ("R02", "Mehmet Kaya", "anadolu"),
    ("R03", "Zeynep Demir", "avrupa"),
    ("R04", "İbrahim Şahin", "avrupa"),
]
NEIGHBOUR_REP = {"R01": "R02", "R02": "R01", "R03": "R04", "R04": "R03"}

USERS = [
    ("ayse.yilmaz", "saha-ayse-2026", "rep", "R01"),
    ("mehmet.kaya", "saha-mehmet-2026", "rep", "R02"),
    ("zeynep.demir", "saha-zeynep-2026", "rep", "R03"),
    ("ibrahim.sahin", "saha-ibrahim-2026", "rep", "R04"),
    ("murat.aydin", "saha-murat-2026", "manager", ""),
    ("yonetici", "saha-yonetici-2026", "admin", ""),
]

# District: (rep, number of customers, neighbourhoods with a rough land centre).
DISTRICTS = {
    "Kadıköy": ("R01", 34, [
        ("Osmanağa", 40.9905, 29.0290), ("Rasimpaşa", 40.9955, 29.0295),
        ("Hasanpaşa", 40.9950, 29.0440), ("Acıbadem", 41.0020, 29.0450),
        ("Eğitim", 40.9880, 29.0480), ("Fikirtepe", 40.9935, 29.0520)]),
    "Üsküdar": ("R01", 30, [
        ("Ahmediye", 41.0215, 29.0195), ("Valide-i Atik", 41.0175, 29.0230),
        ("Selami Ali", 41.0255, 29.0250), ("İcadiye", 41.0285, 29.0320),
        ("Zeynep Kamil", 41.0130, 29.0260), ("Altunizade", 41.0225, 29.0430)]),
    "Ümraniye": ("R01", 28, [
        ("Atatürk", 41.0240, 29.1010), ("İstiklal", 41.0260, 29.0950),
        ("Namık Kemal", 41.0300, 29.1000), ("Çakmak", 41.0200, 29.1110),
        ("İnkılap", 41.0270, 29.0870)]),
    "Ataşehir": ("R02", 26, [
        ("Atatürk", 40.9920, 29.1240), ("Barbaros", 40.9950, 29.1060),
        ("Küçükbakkalköy", 40.9840, 29.1130), ("İçerenköy", 40.9760, 29.1120)]),
    "Maltepe": ("R02", 22, [
        ("Bağlarbaşı", 40.9330, 29.1370), ("Altayçeşme", 40.9390, 29.1430),
        ("Feyzullah", 40.9375, 29.1320), ("Zümrütevler", 40.9430, 29.1540)]),
    "Kartal": ("R02", 22, [
        ("Karlıktepe", 40.9000, 29.1920), ("Orta", 40.9015, 29.2010),
        ("Petrol İş", 40.9060, 29.1950), ("Hürriyet", 40.9080, 29.2090)]),
    "Pendik": ("R02", 18, [
        ("Batı", 40.8795, 29.2290), ("Doğu", 40.8800, 29.2410),
        ("Bahçelievler", 40.8870, 29.2380), ("Dumlupınar", 40.8900, 29.2420)]),
    "Beşiktaş": ("R03", 20, [
        ("Sinanpaşa", 41.0450, 29.0060), ("Türkali", 41.0475, 29.0025),
        ("Abbasağa", 41.0500, 29.0055), ("Muradiye", 41.0490, 28.9990),
        ("Dikilitaş", 41.0560, 29.0030)]),
    "Şişli": ("R03", 24, [
        ("Merkez", 41.0600, 28.9850), ("Halaskargazi", 41.0520, 28.9880),
        ("Teşvikiye", 41.0500, 28.9935), ("Feriköy", 41.0545, 28.9790),
        ("Kuştepe", 41.0680, 28.9900)]),
    "Beyoğlu": ("R03", 20, [
        ("Cihangir", 41.0318, 28.9815), ("Kuloğlu", 41.0330, 28.9795),
        ("Hüseyinağa", 41.0362, 28.9795), ("Bülbül", 41.0395, 28.9770),
        ("Hacıahmet", 41.0420, 28.9695)]),
    "Sarıyer": ("R03", 14, [
        ("Maslak", 41.1110, 29.0200), ("Reşitpaşa", 41.1060, 29.0330),
        ("Pınar", 41.1150, 29.0290), ("Poligon", 41.1190, 29.0380)]),
    "Kağıthane": ("R03", 16, [
        ("Merkez", 41.0810, 28.9740), ("Çağlayan", 41.0690, 28.9810),
        ("Hürriyet", 41.0730, 28.9830), ("Çeliktepe", 41.0850, 28.9970)]),
    "Fatih": ("R04", 34, [
        ("Ali Kuşçu", 41.0190, 28.9480), ("Akşemsettin", 41.0205, 28.9420),
        ("Şehremini", 41.0140, 28.9330), ("İskenderpaşa", 41.0165, 28.9470),
        ("Topkapı", 41.0190, 28.9310), ("Zeyrek", 41.0185, 28.9550)]),
    "Bakırköy": ("R04", 26, [
        ("Zuhuratbaba", 40.9880, 28.8690), ("Cevizlik", 40.9805, 28.8740),
        ("Kartaltepe", 40.9890, 28.8750), ("Osmaniye", 40.9950, 28.8800)]),
    "Bahçelievler": ("R04", 26, [
        ("Bahçelievler", 41.0000, 28.8620), ("Şirinevler", 40.9970, 28.8460),
        ("Siyavuşpaşa", 41.0060, 28.8550), ("Soğanlı", 41.0090, 28.8640)]),
}

# Names that must occur: dotted and dotless i, capitals, and cells Excel quotes.
FIXED_NAMES = [
    "Ihlamur Kafe", "Işık Market", "İkbal Şarküteri", "IŞIL BÜFE", "İPEK TOPTAN GIDA",
    "şirin bakkaliye", 'Dostlar "24 Saat" Büfe', "Ömür Gıda; Toptan ve Perakende",
    "Üç Kardeşler Lokantası", "Ağabey'in Yeri Kuruyemiş",
]
NAME_WORDS = (
    "Ihlamur Işık Işıl Irmak Ilgın Itır İkbal İnci İpek İlkbahar İmece Çınar Çağrı Çiçek Çamlık "
    "Çeşme Çarşı Şen Şirin Şölen Şafak Şelale Özlem Öncü Ömür Örnek Öğün Ülfet Ümit Üçler Ülkü "
    "Güneş Gökkuşağı Gülbahçe Günışığı Göksu Yağmur Yıldız Yeşil Yonca Doğa Dağhan Sağlık Bağlar "
    "Bereket Umut Köşe Dostlar Kardeşler Komşu Mahalle Meydan Durak Liman Martı Lale Menekşe Papatya "
    "Nergis Zümrüt Sedef Mavi Kuzey Akasya Defne Fıstık Kırlangıç Kısmet Sabah Hilal Nokta"
).split()
NAME_KINDS = [  # kind, weight
    ("Market", 24), ("Bakkaliyesi", 14), ("Büfe", 12), ("Süpermarket", 8), ("Tekel Bayii", 8),
    ("Kuruyemiş", 6), ("Şarküteri", 6), ("Fırını", 6), ("Kafe", 6), ("Lokantası", 5),
    ("Pastanesi", 4), ("Manav", 3), ("Toptan Gıda", 3), ("Kantini", 2), ("Çay Ocağı", 2),
]
STREETS = (
    "Çiçek Sok.|Gül Sok.|Ihlamur Sok.|Okul Sok.|Cami Sok.|Çeşme Sok.|Şair Sok.|Işıklar Cad.|"
    "Çarşı Cad.|İstasyon Cad.|Bağdatlı Sok.|Fırın Sok.|Ihlamurlu Yol Sok.|Değirmen Sok.|Menekşe Sok.|"
    "Yeşil Sok.|Pazar Cad.|Köprü Sok.|Ömür Sok.|Üzüm Sok.|Dere Cad.|Mektep Sok.|Akasya Sok."
).split("|")
MOBILE = ["530", "532", "533", "535", "536", "542", "543", "544", "505", "506", "552", "554"]
PHONE_STYLES = [  # a = area or operator code, x = subscriber number
    "0{a} {x3} {x2a} {x2b}", "+90 {a} {x3} {x2a} {x2b}", "(0{a}) {x3} {x4}", "0{a}{x3}{x4}",
    "0{a}-{x3}-{x2a}-{x2b}", "0 ({a}) {x3} {x2a} {x2b}", "+90{a}{x3}{x4}", "{a} {x3} {x2a} {x2b}",
    "0{a} {x3} {x4}", "0090 {a} {x3} {x2a} {x2b}", "0{a}.{x3}.{x2a}.{x2b}",
]

# group: (brands, VAT percent, "name|unit|price" lines)
PRODUCTS = {
    "icecek": (("Lodosa", "Serinova"), 10, """
        Kola 1 L|adet|38,50;Gazoz 250 ml 24'lü|koli|312,00;Portakallı Gazoz 1 L|adet|36,25
        Vişne Nektarı 1 L|adet|47,90;Şeftali Nektarı 200 ml 27'li|koli|364,50;Ayran 300 ml|adet|17,75
        Maden Suyu 200 ml 24'lü|koli|198,00;Su 0,5 L 12'li|koli|66,00;Su 5 L|adet|32,40
        Soğuk Çay Limon 500 ml|adet|29,95;Şalgam Acılı 1 L|adet|41,60;Limonata 1 L|adet|54,30"""),
    "atistirmalik": (("Çıtırka", "Kırtıpan"), 1, """
        Kakaolu Gofret 36 g|adet|8,4375;Sütlü Çikolata 60 g|adet|31,50;Tuzlu Çubuk Kraker 40 g|adet|6,9250
        Patates Cipsi 110 g|adet|44,75;Mısır Cipsi 100 g 12'li|koli|498,00;Kavrulmuş Fındık Dökme|kg|486,00
        Antep Fıstığı Dökme|kg|912,50;Leblebi Dökme|kg|168,00;Ay Çekirdeği 180 g|adet|39,90
        Bisküvi Yulaflı 150 g|adet|24,60;Nane Şekeri tane|adet|0,4567;Sakız tane|adet|0,8925"""),
    "kahvalti": (("Günaçar", "Kahvaltera"), 1, """
        Çiçek Balı 850 g|adet|289,00;Kayısı Reçeli 380 g|adet|84,50;Siyah Zeytin Dökme|kg|214,00
        Yeşil Zeytin Kırma 5 kg|adet|878,00;Beyaz Peynir 500 g|adet|156,75;Kaşar Peyniri Dökme|kg|398,00
        Tereyağı 1 kg|adet|472,50;Tahin Pekmez 600 g|adet|172,40;Fındık Kreması 350 g 12'li|koli|1386,00
        Siyah Çay 1 kg|adet|238,90;Tek Sargılı Küp Şeker|adet|0,3125;Porsiyon Bal 20 g|adet|4,2750"""),
    "bakliyat": (("Harmanda", "Başakova"), 1, """
        Baldo Pirinç 1 kg|adet|92,50;Osmancık Pirinç Dökme|kg|74,00;Kırmızı Mercimek 1 kg|adet|68,40
        Yeşil Mercimek Dökme|kg|71,25;Nohut 1 kg 10'lu|koli|745,00;Kuru Fasulye Dökme|kg|103,50
        Barbunya 1 kg|adet|112,00;Pilavlık Bulgur 1 kg|adet|39,75;Köftelik Bulgur Dökme|kg|34,20
        Buğday Unu 5 kg|adet|129,90;İrmik 500 g|adet|24,80;Spagetti 500 g 20'li|koli|418,00"""),
    "konserve-sos": (("Kilerka", "Ocakbey"), 1, """
        Domates Salçası 830 g|adet|79,90;Biber Salçası 700 g 12'li|koli|1128,00;Ketçap 600 g|adet|62,50
        Mayonez 500 g|adet|71,80;Tek Kullanımlık Ketçap 9 g|adet|0,7850;Turşu Karışık 3 kg|adet|186,00
        Ton Balığı 160 g|adet|84,25;Bezelye Konservesi 800 g|adet|56,40;Közlenmiş Biber 680 g|adet|98,70
        Ayçiçek Yağı 5 L|adet|448,00;Zeytinyağı 1 L|adet|362,50;Üzüm Sirkesi 1 L|adet|33,60"""),
    "temizlik": (("Pırılka", "Köpükel"), 20, """
        Bulaşık Deterjanı 750 ml|adet|58,90;Toz Deterjan 6 kg|adet|389,00;Sıvı Deterjan 3 L|adet|274,50
        Çamaşır Suyu 4 L|adet|96,40;Yüzey Temizleyici 1 L 12'li|koli|756,00;Yağ Çözücü 750 ml|adet|83,25
        Cam Temizleyici 500 ml|adet|52,75;Yumuşatıcı 2 L|adet|118,60;Tuvalet Temizleyici 750 ml|adet|64,30
        Bulaşık Süngeri 5'li|adet|27,90;Çöp Torbası Orta 20'li|adet|31,45;Makine Tableti tane|adet|5,3375"""),
    "kisisel-bakim": (("Tenfer", "Ferahsel"), 20, """
        Şampuan 600 ml|adet|118,50;Sıvı Sabun 3 L|adet|142,00;Kalıp Sabun 4'lü|adet|64,75
        Diş Macunu 75 ml|adet|72,90;Diş Fırçası|adet|38,40;Tıraş Köpüğü 200 ml|adet|94,60
        Deodorant 150 ml|adet|106,25;Duş Jeli 500 ml|adet|98,00;El Kremi 75 ml|adet|46,50
        Limon Kolonyası 400 ml|adet|112,80;Kulak Çubuğu 100'lü|adet|22,35;Otel Sabunu 12 g 500'lü|koli|845,00"""),
    "kagit": (("Pamuka", "Yumuşka"), 20, """
        Tuvalet Kağıdı 16'lı|adet|148,90;Tuvalet Kağıdı 32'li|koli|284,00;Kağıt Havlu 6'lı|adet|112,50
        Peçete 100'lü|adet|19,75;Peçete 100'lü 32'li|koli|598,00;Z Katlı Havlu 12'li|koli|462,00
        Kutu Mendil 150'li|adet|36,40;Cep Mendili|adet|4,8125;Islak Mendil 90'lı|adet|43,60
        Tek Sargılı Islak Mendil|adet|0,6450;Pişirme Kağıdı 8 m|adet|39,25;Karton Bardak tane|adet|1,1875"""),
}
HANDED_OVER = {"C0050", "C0299"}
WITHOUT_FLOOR = {"P008", "P024", "P041", "P057", "P073", "P090"}


def vkn(nine):
    """Appends the check digit to the first nine digits of a Turkish tax number."""
    total = 0
    for i, digit in enumerate(nine):
        t = (int(digit) + 9 - i) % 10
        total += 9 if t == 9 else t * 2 ** (9 - i) % 9
    return nine + str(-total % 10)


def comma(value, places):
    return f"{value:.{places}f}".replace(".", ",")


def write(path, header, rows, delimiter, eol="\r\n", encoding="utf-8", tail=""):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=eol).writerows([header, *rows])
    path.write_bytes((text.getvalue() + tail).encode(encoding))


def exact_mix(rng, counts):
    """A shuffled list holding every key exactly as often as counted."""
    out = [key for key, n in counts.items() for _ in range(n)]
    rng.shuffle(out)
    return out


def names(rng, count):
    kinds, weights = zip(*NAME_KINDS)
    found = {}  # keeps the order
    while len(found) < count - len(FIXED_NAMES):
        found[f"{rng.choice(NAME_WORDS)} {rng.choices(kinds, weights)[0]}"] = True
        for name in FIXED_NAMES:
            found.pop(name, None)
    out = list(found)
    for i, name in enumerate(FIXED_NAMES):
        out.insert(3 + 7 * i, name)
    return out


def unique(seen, make):
    while (value := make()) in seen:
        pass
    seen.add(value)
    return value


def scatter(rng, lat, lon, metres):
    r, angle = metres * math.sqrt(rng.random()), 2 * math.pi * rng.random()
    lat_out = lat + r * math.sin(angle) / 111_200
    return lat_out, lon + r * math.cos(angle) / (111_200 * math.cos(math.radians(lat)))


def phone(rng, seen, team):
    area = rng.choice(MOBILE) if rng.random() < 0.5 else {"anadolu": "216", "avrupa": "212"}[team]
    _, last = unique(seen, lambda: (area, f"{rng.randrange(10_000):04}"))
    return rng.choice(PHONE_STYLES).format(a=area, x3="555", x4=last, x2a=last[:2], x2b=last[2:])


def customers(rng):
    team_of = {code: team for code, _, team in REPS}
    districts = exact_mix(rng, {name: n for name, (_, n, _) in DISTRICTS.items()})
    count = len(districts)
    status = exact_mix(rng, {"aktif": count - 86, "aday": 43, "pasif": 29, "kayıp": 14})
    segment = exact_mix(rng, {"A": 72, "B": 126, "C": count - 198})
    tax_numbers, phones, prospects, rows = set(), set(), 0, []
    for i, name in enumerate(names(rng, count)):
        rep, _, places = DISTRICTS[districts[i]]
        tax = unique(tax_numbers, lambda: vkn(f"{rng.randrange(10 ** 9):09}"))
        if status[i] == "aday":
            prospects += 1
            if prospects % 5 in (1, 3):  # two of five prospects gave no tax number yet
                tax = ""
        place, lat, lon = rng.choice(places)
        lat, lon = scatter(rng, lat, lon, 300)
        address = f"{place} Mah. {rng.choice(STREETS)} No: {rng.randint(1, 148)}"
        address += rng.choice(["", "", "", "/A", "/B", ", zemin kat", "; pasaj içi"])
        rows.append((f"C{i + 1:04}", name, status[i], segment[i], tax, phone(rng, phones, team_of[rep]),
                     districts[i], address, comma(lat, 6), comma(lon, 6)))
    return rows


def products(rng):
    rows = []
    for group, (brands, vat, text) in PRODUCTS.items():
        for item in text.strip().replace("\n", ";").split(";"):
            name, unit, price = item.strip().split("|")
            code = f"P{len(rows) + 1:03}"
            share, places = rng.randint(860, 910) / 1000, len(price.split(",")[1])
            floor = comma(float(price.replace(",", ".")) * share, places)
            rows.append((code, f"{brands[len(rows) % 2]} {name}", group, unit, price, "TRY", vat,
                         "" if code in WITHOUT_FLOOR else floor))
    return rows


def assignments(rows):
    """`to` is the last day of the assignment; the successor starts the day after."""
    shared = {"C0012", "C0075", "C0140", "C0201", "C0266", "C0333"}
    out = []
    for row in rows:
        code, rep = row[0], DISTRICTS[row[6]][0]
        out.append((code, rep, START, "2026-03-31" if code in HANDED_OVER else ""))
        if code in shared:
            out.append((code, NEIGHBOUR_REP[rep], START, ""))
        if code in HANDED_OVER:
            out.append((code, NEIGHBOUR_REP[rep], "2026-04-01", ""))
    return out


def targets():
    plain = ("", START, "", "", "", "")  # currency, effective_from, reason, group, segment, lifecycle
    money = ("TRY",) + plain[1:]
    month = {"R01": (184, "520000,00", "24000,00"), "R02": (176, "450000,00", "20500,00"),
             "R03": (180, "480000,00", "22000,00"), "R04": (180, "465000,00", "21250,50")}
    out = []
    for rep, (visits, revenue_month, revenue_day) in month.items():
        out += [
            (rep, "visits", "day", 8, *plain), (rep, "visits", "month", visits, *plain),
            (rep, "calls", "day", 10, *plain), (rep, "calls", "week", 50, *plain),
            (rep, "sales", "day", 4, *plain), (rep, "sales", "week", 22, *plain),
            (rep, "revenue", "month", revenue_month, *money), (rep, "revenue", "day", revenue_day, *money),
        ]
    out += [
        ("R01", "visits", "week", 6, "", START, "", "", "", "prospect"),
        ("R03", "revenue", "month", "90000,00", "TRY", START, "", "icecek", "", ""),
        ("R02", "revenue", "month", "410000,00", "TRY", "2026-03-16", "new hire joined the area", "", "", ""),
    ]
    return out


def call_cycles():
    return [("A", 4, "month"), ("B", 2, "month"), ("C", 1, "month")]


def plan(rows):
    """Six stops a day for each rep, Monday to Saturday. The first of a day wants a time."""
    kept = [row for row in rows if row[2] != "kayıp" and row[0] not in HANDED_OVER]
    out = []
    for rep, _, _ in REPS:
        own = [row[0] for row in kept if DISTRICTS[row[6]][0] == rep]
        for day in range(6):
            for stop in range(6):
                times = ("09:00", "10:30") if stop == 0 else ("", "")
                out.append((rep, own[day * 6 + stop], f"2026-11-{23 + day}", stop + 1, *times, ""))
    return out


def broken_customers():
    """Fifteen lines, one fault each at most; ../README.md lists them."""
    good, twin, wrong = vkn("310457281"), vkn("482095617"), vkn("605813942")
    wrong = wrong[:9] + str((int(wrong[9]) + 1) % 10)
    ok = ("40,990512", "29,029341")

    def row(n, name, tax, tel, lat_lon=ok, segment="B", code=None):
        return (code or f"B{n:03}", name, "aktif", segment, tax, tel, "Kadıköy",
                f"Osmanağa Mah. Çarşı Cad. No: {n}", *lat_lon)

    rows = [
        row(1, "Işık Gıda", good, "0216 555 90 01"),
        row(2, "", vkn("120394857"), "0216 555 90 02"),
        row(3, "İkbal Büfe", twin, "0216 555 90 03"),
        row(4, "Çınar Bakkaliyesi", wrong, "0216 555 90 04"),
        row(5, "Şölen Market", vkn("230495867"), "0216 555 90 05", ("91,000000", "29,029341")),
        row(6, "Öğün Lokantası", vkn("340596877"), "0216 555 90 06", ("40,99x512", "29,029341")),
        row(7, "Ülfet Kafe", vkn("450697887"), "+90 532 555 90 07"),
        row(8, "Yağmur Market", vkn("560798897"), "0216 555 90 08", code="B001"),
        row(9, "Irmak Kuruyemiş", twin, "0216 555 90 09"),
        row(10, "Durak Büfe", vkn("670899907"), "0216 555 90 10")[:5],
        row(11, "Menekşe Pastanesi", vkn("780900917"), "0216 555 90 11", segment="X"),
        row(12, "Gökkuşağı Manav", vkn("890011927"), "(0216) 555 9012"),
        row(13, "Kısmet Tekel Bayii", vkn("901122937"), "0216 55A 9"),
    ]
    open_quote = ";".join(row(14, '"Köşe Market', vkn("112233947"), "0216 555 90 14"))
    last = ";".join(row(15, "Sabah Fırını", vkn("223344957"), "0216 555 90 15"))
    return rows, f"{open_quote}\r\n{last}\r\n"


def main():
    rng = random.Random(20260101)
    shops = customers(rng)
    write(HERE / "reps.csv", ("code", "name", "team"), REPS, ",", eol="\n")
    write(HERE / "users.csv", ("login", "password", "role", "rep_code"), USERS, ",", eol="\n")
    write(HERE / "customers.csv", CUSTOMER_HEADER, shops, ";", encoding="utf-8-sig")
    write(HERE / "products.csv", PRODUCT_HEADER, products(rng), ";", encoding="utf-8-sig")
    write(HERE / "assignments.csv", ("customer_code", "rep_code", "from", "to"), assignments(shops), ",")
    write(HERE / "targets.csv",
          "rep_code metric period value currency effective_from reason product_group segment lifecycle".split(),
          targets(), ";")

    write(HERE / "call_cycles.csv", ("segment", "required_visits", "period"), call_cycles(), ",", eol="\n")
    write(HERE / "plan.csv", "rep_code customer_code date sequence from to note".split(), plan(shops), ",", eol="\n")

    BROKEN.mkdir(exist_ok=True)
    rows, tail = broken_customers()
    write(BROKEN / "customers-broken.csv", CUSTOMER_HEADER, rows, ";", encoding="utf-8-sig", tail=tail)
    write(BROKEN / "customers-latin5.csv", CUSTOMER_HEADER, [
        ("L001", "Işık Şarküteri", "aktif", "A", vkn("334455967"), "0212 555 91 01", "Şişli",
         "Feriköy Mah. Çiçek Sok. No: 4", "41,054512", "28,979034"),
        ("L002", "İnci Büfe", "aday", "C", "", "0212 555 91 02", "Beyoğlu",
         "Kuloğlu Mah. Ömür Sok. No: 18", "41,033018", "28,979512"),
        ("L003", "Yağmur Fırını", "kayıp", "B", vkn("445566977"), "0212 555 91 03", "Beşiktaş",
         "Türkali Mah. Üzüm Sok. No: 7/A", "41,047521", "29,002513"),
    ], ";", encoding="iso8859-9")
    write(BROKEN / "products-broken.csv", PRODUCT_HEADER, [
        ("X001", "Lodosa Elma Nektarı 1 L", "icecek", "adet", "46,50", "TRY", 10, "41,00"),
        ("X002", "Lodosa Kola 330 ml", "icecek", "adet", "-24,90", "TRY", 10, ""),
        ("X003", "Çıtırka Susamlı Kraker 90 g", "atistirmalik", "adet", "9,3750", "TRY", 1, "8,2500"),
        ("X004", "Pırılka Sıvı Arap Sabunu 1 L", "temizlik", "adet", "61,40", "QQQ", 20, "54,00"),
        ("X005", "Harmanda Aşurelik Buğday 1 kg", "bakliyat", "adet", "37,20", "TRY", 1, "39,90"),
        ("X006", "Pamuka Peçete 50'li", "kagit", "adet", "12,25", "TRY", 20, ""),
        ("X007", "Tenfer Gül Suyu 250 ml", "kisisel-bakim", "adet", "58,00", "TRY", 250, "51,00"),
        ("X008", "Günaçar İncir Reçeli 380 g", "kahvalti", "koli", "948,00", "TRY", 1, "853,20"),
    ], ";", encoding="utf-8-sig")


if __name__ == "__main__":
    main()
