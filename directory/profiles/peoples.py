"""What peoples are called who speak a language, which CLDR does not know: as they type it here, by language (BCP 47).

In German, English, Arabic, Ukrainian, Turkish, Russian, Persian, Bulgarian, Romanian.
"""

PEOPLES = {
    "ar": """Syrer, Syrerin, syrisch, Iraker, Irakerin, irakisch, Araber, Araberin, arabische, Marokkaner, Marokkanerin
        Syrian, Iraqi, Arab, Moroccan, Lebanese
        سوري, سورية, سوريون, سوريين, عراقي, عراقية, عراقيون, عراقيين, عرب, مغربي, لبناني, فلسطيني
        сирієць, сирійка, сирійці, араби, іракці
        Suriyeli, Suriyeliler, Iraklı, Iraklılar, Arap, Araplar, Faslı
        сириец, сирийка, сирийцы, арабы, иракцы
        سوری, سوری‌ها, عرب, عرب‌ها, عراقی
        сириец, сирийка, сирийци, араби, иракчани
        sirian, siriană, sirieni, arabi, irakian, irakieni""",
    "uk": """Ukrainer, Ukrainerin, ukrainische
        Ukrainian, Ukrainians
        أوكراني, أوكرانية, أوكرانيون, أوكرانيين
        українець, українка, українці
        Ukraynalı, Ukraynalılar
        украинец, украинка, украинцы
        اوکراینی, اوکراینی‌ها
        украинец, украинка, украинци
        ucrainean, ucraineancă, ucraineni""",
    "tr": """Türke, Türkin, Türken, türkische
        Turk, Turks, Turkish
        تركي, تركية, أتراك
        турок, туркеня, турки
        Türk, Türkler
        турок, турчанка, турки
        ترک, ترک‌ها
        турчин, туркиня, турци
        turc, turcoaică, turci""",
    "ru": """Russe, Russin, Russen, russische, Spätaussiedler
        Russian, Russians
        روسي, روسية, روس
        росіянин, росіянка, росіяни
        Rus, Ruslar
        русский, русская, русские, россияне
        روس, روس‌ها
        руснак, рускиня, руснаци
        rus, rusoaică, ruși""",
    "fa": """Iraner, Iranerin, iranische, Perser, Perserin, Afghane, Afghanin, Afghanen, afghanische
        Iranian, Persian, Afghan, Afghans
        إيراني, إيرانية, إيرانيون, أفغاني, أفغانية, أفغان
        іранець, іранці, афганець, афганці
        İranlı, İranlılar, Afgan, Afganlar
        иранец, иранцы, афганец, афганцы
        ایرانی, ایرانی‌ها, ایرانیان, افغان, افغانی, افغان‌ها
        иранец, иранци, афганец, афганци, афганистанци
        iranian, iranieni, afgan, afgani""",
    "ps": """Afghane, Afghanin, Afghanen, afghanische, Paschtune, Paschtunen
        Afghan, Afghans, Pashtun
        أفغاني, أفغان, بشتون
        афганець, афганці
        Afgan, Afganlar
        афганец, афганцы
        افغان, افغان‌ها, پشتون
        афганец, афганци
        afgan, afgani""",
    "bg": """Bulgare, Bulgarin, Bulgaren, bulgarische
        Bulgarian, Bulgarians
        بلغاري, بلغارية, بلغار
        болгарин, болгарка, болгари
        Bulgar, Bulgarlar
        болгарин, болгарка, болгары
        بلغاری, بلغارها
        българин, българка, българи
        bulgar, bulgari""",
    "ro": """Rumäne, Rumänin, Rumänen, rumänische, Moldauer
        Romanian, Romanians, Moldovan
        روماني, رومانية, رومانيون
        румун, румунка, румуни
        Romen, Romenler
        румын, румынка, румыны
        رومانیایی, رومانیایی‌ها
        румънец, румънка, румънци
        român, româncă, români""",
    "ku": """Kurde, Kurdin, Kurden, kurdische, Jesiden, Jesidin
        Kurd, Kurds, Kurdish, Yazidi
        كردي, كردية, أكراد, كورد, إيزيدي
        курд, курди
        Kürt, Kürtler, Ezidi
        курд, курды, езиды
        کرد, کردها, ایزدی
        кюрд, кюрди
        kurd, kurzi, Kurdistan, Kürdistan, كردستان, کردستان""",
    "ckb": """Kurde, Kurdin, Kurden, kurdische
        Kurd, Kurds, Kurdish
        كردي, كردية, أكراد, كورد
        курд, курди
        Kürt, Kürtler
        курд, курды
        کرد, کردها
        кюрд, кюрди
        kurd, kurzi, Kurdistan, Kürdistan, كردستان, کردستان""",
    "sq": """Albaner, Albanerin, albanische, Kosovare, Kosovarin, Kosovaren
        Albanian, Albanians, Kosovar
        ألباني, ألبان, كوسوفي
        албанець, албанці
        Arnavut, Arnavutlar, Kosovalı
        албанец, албанцы, косовары
        آلبانیایی
        албанец, албанци, косовари
        albanez, albanezi""",
    "pl": """Pole, Polin, Polen, polnische
        Pole, Poles, Polish
        بولندي, بولنديون
        поляк, полька, поляки
        Polonyalı, Polonyalılar, Leh
        поляк, полька, поляки
        لهستانی
        поляк, полякиня, поляци
        polonez, polonezi""",
    "rom": """Roma, Sinti, Romni
        Roma, Romani
        غجر, روما
        роми
        Roman, Romanlar
        ромы, рома
        روما
        роми, рома
        romi, rromi""",
    "ti": """Eritreer, Eritreerin, eritreische
        Eritrean, Eritreans
        إريتري, إريتريون
        еритрейці
        Eritreli, Eritreliler
        эритрейцы
        اریتره‌ای
        еритрейци
        eritreean, eritreeni""",
    "so": """Somalier, Somalierin, somalische
        Somali, Somalis
        صومالي, صوماليون
        сомалійці
        Somalili, Somalililer
        сомалийцы
        سومالیایی
        сомалийци
        somalez, somalezi""",
    "sr": """Serbe, Serbin, Serben, serbische, Serb, Serbs, صربي, серб, серби, Sırp, сербы, صرب, сърбин, сърби
        sârb, sârbi""",
    "hr": """Kroate, Kroatin, Kroaten, kroatische, Croat, Croats, كرواتي, хорват, хорвати, Hırvat, хорваты
        کروات, hârvat""",
    "bs": """Bosnier, Bosnierin, bosnische, Bosnian, Bosniak, بوسني, боснієць, Boşnak, боснийцы, بوسنیایی
        босненци, bosniac""",
    "el": """Grieche, Griechin, Griechen, griechische, Greek, Greeks, يوناني, грек, греки, Yunan, یونانی, гърци
        grec, greci""",
    "it": """Italiener, Italienerin, italienische, Italian, إيطالي, італійці, İtalyan, итальянцы, ایتالیایی
        италианци, italieni""",
    "es": """Spanier, Spanierin, spanische, Spaniard, Spanish, إسباني, іспанці, İspanyol, испанцы, اسپانیایی
        испанци, spanioli""",
    "pt": """Portugiese, Portugiesin, portugiesische, Portuguese, برتغالي, португальці, Portekizli, португальцы
        پرتغالی""",
    "ta": """Tamile, Tamilin, Tamilen, tamilische, Tamil, Tamils, تاميل, таміли, Tamiller, тамилы, تامیل
        тамили, tamili""",
    "ur": """Pakistaner, Pakistanerin, pakistanische, Pakistani, باكستاني, пакистанці, Pakistanlı, пакистанцы
        پاکستانی""",
    "am": """Äthiopier, Äthiopierin, äthiopische, Ethiopian, إثيوبي, ефіопи, Etiyopyalı, эфиопы, اتیوپیایی
        етиопци""",
    "vi": """Vietnamese, Vietnamesin, vietnamesische, فيتنامي, в'єтнамці, Vietnamlı, вьетнамцы, ویتنامی
        виетнамци""",
    "zh": """Chinese, Chinesin, chinesische, صيني, китайці, Çinli, китайцы, چینی, китайци, chinezi""",
}
