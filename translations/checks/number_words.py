"""Small numbers written as words, in the forms in which they stand in sentences. They are never asked for: they only
excuse a number that the other side writes in digits."""

import re
from collections.abc import Iterator
from functools import cache

from translations.checks.calendar_words import folded_pattern, split_words

WORDS: dict[str, str] = {
    "de": r"0:null,kein\w*|1:eins?,eine[rsnm]?,erste[rnsm]?,einmal\w*|2:zwei\w*,beide\w*|3:drei\w*,dritte\w*|4:vier\w*"
    r"|5:fünf\w*|6:sechs\w*|7:sieben\w*,siebt\w*|8:acht\w*|9:neun\w*|10:zehn\w*|11:elf\w*|12:zwölf\w*,dutzend"
    r"|20:zwanzig\w*|30:dreißig\w*|50:fünfzig\w*|100:hundert\w*|1000:tausend\w*|15:viertelstunde|30:halbe stunde"
    r"|7:täglich\w*|24:rund um die uhr"
    r"|13:dreizehn\w*|14:vierzehn\w*|15:fünfzehn\w*|16:sechzehn\w*|17:siebzehn\w*|18:achtzehn\w*|19:neunzehn\w*",
    "en": r"0:zero,no,none|1:one,an?,first,once,single|2:two,second,twice,both,pair|3:three,third|4:four\w*"
    r"|5:five,fifth"
    r"|6:six\w*|7:seven\w*|8:eight\w*|9:nine,ninth|10:ten\w*|11:eleven\w*|12:twelve,twelfth,dozen|15:fifteen|20:twenty"
    r"|30:thirty|40:forty|50:fifty|100:hundred\w*|1000:thousand\w*"
    r"|13:thirteen\w*|14:fourteen\w*|16:sixteen\w*|17:seventeen\w*|18:eighteen\w*|19:nineteen\w*",
    "tr": r"0:sıfır|1:bir\w{0,6},ilk|2:iki\w{0,6}|3:üç\w{0,6}|4:dör\w{1,6}|5:beş\w{0,6}|6:altı\w{0,6}|7:yedi\w{0,6}"
    r"|8:sekiz\w{0,6}|9:dokuz\w{0,6}|10:on\w{0,6}|11:on ?bir\w{0,6}|12:on ?iki\w{0,6}|20:yirmi\w*|30:otuz\w*"
    r"|50:elli\w*|100:yüz\w*|1000:bin\w{0,4}"
    r"|13:on ?üç\w*|14:on ?dört\w*|15:on ?beş\w*|16:on ?altı\w*|17:on ?yedi\w*|18:on ?sekiz\w*|19:on ?dokuz\w*",
    "ru": r"0:ноль,нет|1:одн\w{1,4},один,перв\w+|2:дв(?:а|е|ух|ум|умя|ое),втор\w+,об[ае]|3:три,трех,трем,трое,трет\w+"
    r"|4:четыр\w+,четверт\w+|5:пят\w{1,4}|6:шест\w{1,4}|7:сем(?:ь|и|ью),седьм\w+|8:вос[еь]м\w*|9:девят\w{1,4}"
    r"|10:десят\w{1,4}|11:одиннадцат\w+|12:двенадцат\w+|20:двадцат\w+|30:тридцат\w+|50:пят\w*десят\w*|100:сто,сот\w+"
    r"|1000:тысяч\w*"
    r"|13:тринадцат\w*|14:четырнадцат\w*|15:пятнадцат\w*|16:шестнадцат\w*|17:семнадцат\w*|18:восемнадцат\w*|19:девятнадцат\w*",
    "uk": r"0:нуль|1:одн\w{1,4},один,перш\w+|2:дв(?:а|і|ох|ом|оє),друг\w+,обидв\w+|3:три,трьо\w+,трет\w+|4:чотир\w+"
    r"|4:четверт\w+|5:п'?ят\w{1,4}|6:ш[іе]ст\w{1,4}|7:с[іе]м\w*,сьом\w+|8:вісім\w*,восьм\w+|9:дев'?ят\w{1,4}"
    r"|10:десят\w{1,4}|11:одинадцят\w+|12:дванадцят\w+|20:двадцят\w+|30:тридцят\w+|100:сто,сот\w+|1000:тисяч\w*"
    r"|13:тринадцят\w*|14:чотирнадцят\w*|15:п'?ятнадцят\w*|16:шістнадцят\w*|17:сімнадцят\w*|18:вісімнадцят\w*|19:дев'?ятнадцят\w*",
    "bg": r"0:нула|1:ед(?:ин|на|но|ни)\w*,първ\w+|2:дв(?:а|е|ама|ете|ата),втор\w+|3:три\w{0,4},трет\w+|4:четири\w*"
    r"|4:четвърт\w+|5:пет\w{0,4}|6:шест\w{0,4}|7:седем\w*,седм\w+|8:осем\w*,осм\w+|9:девет\w*|10:десет\w*"
    r"|11:едина\w+|12:двана\w+|20:двадесет\w*,двайсет\w*|30:тридесет\w*,трийсет\w*|100:сто,стотин\w*|1000:хиляд\w*"
    r"|13:трина\w*|14:четирина\w*|15:петна\w*|16:шестна\w*|17:седемна\w*|18:осемна\w*|19:деветна\w*",
    "ro": r"0:zero|1:un,o,unu,una,unul,unei,unui,prim\w*,întâi\w*|2:doi,două,doilea,doua,amb\w+|3:trei\w*,treia"
    r"|4:patru\w*,patra|5:cinci\w*,cincea|6:șase\w*,șasea|7:șapte\w*,șaptea|8:opt\w*|9:nouă\w*,noua|10:zece\w*,zecea"
    r"|11:unsprezece\w*|12:doisprezece\w*,douăsprezece\w*|20:douăzeci\w*|30:treizeci\w*|100:sut\w+|1000:mi[ei]"
    r"|13:treisprezece|14:paisprezece|15:cincisprezece|16:șaisprezece|17:șaptesprezece|18:optsprezece|19:nouăsprezece",
    "ar": r"0:صفر|1:واحد\w?,أول\w?,اولی,واحدة|2:اثنان,اثنين,اثنتان,اثنتين,اثنا,اثنتا,ثان,ثاني\w?,ثانية"
    r"|2:\w{3,}(?:ان|ين|تا|تي)"
    r"|3:ثلاث\w?,ثالث\w?|4:أربع\w?,رابع\w?|5:خمس\w?,خامس\w?|6:ست\w?,سادس\w?|7:سبع\w?,سابع\w?|8:ثمان\w{0,2},ثامن\w?"
    r"|9:تسع\w?,تاسع\w?|10:عشر\w?,عاشر\w?|11:(?:احدی|احد|حادی\w?) عشر\w?|12:(?:اثنا|اثنتا|اثني|اثنتي|ثاني\w?) عشر\w?"
    r"|20:عشر(?:ون|ين)|30:ثلاث(?:ون|ين)|50:خمس(?:ون|ين)|100:مئ\w+,مائ\w+|1000:ألف\w*,آلاف"
    r"|13:ثلاث\w? عشر\w?|14:أربع\w? عشر\w?|15:خمس\w? عشر\w?|16:ست\w? عشر\w?|17:سبع\w? عشر\w?"
    r"|18:ثمان\w{0,2} عشر\w?|19:تسع\w? عشر\w?",
    "fa": r"0:صفر|1:یک\w?,یکم,اول\w*,نخست\w*|2:دو,دوم\w*|3:سه,سوم\w*|4:چهار\w{0,3}|5:پنج\w{0,3}|6:شش\w{0,3}"
    r"|7:هفت\w{0,3}|8:هشت\w{0,3}|9:نه,نهم\w*|10:ده,دهم\w*|11:یازده\w*|12:دوازده\w*|20:بیست\w*|30:سی,سی ام|50:پنجاه"
    r"|100:صد\w*|1000:هزار\w*"
    r"|13:سیزده\w*|14:چهارده\w*|15:پانزده\w*|16:شانزده\w*|17:هفده\w*|18:هجده\w*|19:نوزده\w*",
}
ROMAN = re.compile(r"\b(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})\b")


@cache
def _pattern(code: str) -> re.Pattern[str]:
    groups = []
    for place, entry in enumerate(filter(None, re.split(r"\|(?=\d+:)", WORDS.get(code, "")))):
        number, _colon, words = entry.partition(":")
        forms = "|".join(map(folded_pattern, split_words(words)))
        groups.append((number, f"(?P<n{number}_{place}>{forms})"))
    prefix = "(?:[وفبلک]?ال|لل|[وفبلک])?" if code == "ar" else ""
    ordered = [group for number, group in sorted(groups, key=lambda entry: -int(entry[0]))]
    return re.compile(rf"(?<!\w){prefix}(?:{'|'.join(ordered)})(?!\w)") if ordered else re.compile(r"(?!)")


def numbers_in_words(folded_text: str, original: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each word for one; Roman numerals stand at the beginning, as far as order goes."""
    for found in _pattern(language.split("-")[0]).finditer(folded_text):
        yield int((found.lastgroup or "n0_0")[1:].split("_")[0]), found.start(), found.end()
    for found in ROMAN.finditer(original):
        if found[0]:
            small = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
            yield 10 * len(found[1]) + small[found[2]], 0, 0
