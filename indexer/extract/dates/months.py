"""The names of the months in the languages of the web, in full, in their cases and abbreviated."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

# By language, January to December; further forms after a stroke, spaces in names as underscores. Where languages differ
# about what a name means, the first one here is right for pages that don't say theirs: `listopada` in Polish.
_MONTHS = """
en january february march april may june july august september|sept october november december
de januar|jänner februar|feber märz|mrz april mai juni juli august september oktober november dezember
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre
ca gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
nl januari februari maart april mei juni juli augustus september oktober november december
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
nb januar februar mars april mai juni juli august september oktober november desember
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
pl styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
cs ledna února března dubna května června července srpna září října listopadu prosince
cs leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
uk січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
id januari februari maret april mei juni juli agustus|agt september oktober november desember
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
hu január február március április május június július augusztus szeptember október november december
fi tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
el ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
el ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
sk januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
sl januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra
et jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
lv janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
lt sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
bg януари февруари март април май юни юли август септември октомври ноември декември
mk јануари февруари март април мај јуни јули август септември октомври ноември декември
sr јануар фебруар март април мај|маја јун|јуна јул|јула август септембар|септембра октобар|октобра новембар децембар
sr januar februar mart|marta april maj|maja jun|juna jul|jula avgust septembar oktobar novembar decembar
be студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
hr siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga|studenog prosinca
gl xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro
az yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
ms januari februari mac april mei jun julai ogos september oktober november disember
tl enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre
eu urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua
cy ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr
sq janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor
kk қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан
uz yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr
hy հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի
ka იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი
he ינואר|ינו פברואר|פבר מרץ|מרס אפריל|אפר מאי יוני יולי אוגוסט|אוג ספטמבר|ספט אוקטובר|אוק נובמבר|נוב דצמבר|דצמ
he בינואר בפברואר במרץ|במרס באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר
ar يناير فبراير مارس أبريل|إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول
ar جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر
ar يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر
fa ژانویه|ینایر فوریه مارس آوریل مه|می ژوئن ژوئیه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر
ur جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
hi जनवरी फ़रवरी|फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर
mr जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
bn জানুয়ারি|জানুয়ারী ফেব্রুয়ারি|ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
te జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్
ml ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ
gu જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર ઑક્ટોબર નવેમ્બર ડિસેમ્બર
ta ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
th มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
th ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.
"""
_VIETNAMESE = "một hai ba tư năm sáu bảy tám chín mười mười_một mười_hai"
_NUMBERED = ("tháng {}", "thg {}", "th{}")
_LOCAL = frozenset({"hr", "gl", "az", "ms", "tl", "eu", "cy", "sq", "kk", "uz"})
"""Languages whose names are read on their own pages only: elsewhere they are other months, or other words."""
_SOLAR = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_ABBREVIATED = (3, 4, 5)
_MARK = "ʹ"


def _rows() -> Iterator[tuple[str, int, str]]:
    """Every form of a name, with its language and month."""
    for row in _MONTHS.strip().splitlines():
        lang, *names = row.split()
        for month, forms in enumerate(names, 1):
            yield from ((lang, month, form.replace("_", " ")) for form in forms.split("|"))
    for month, name in enumerate(_VIETNAMESE.split(), 1):
        numbers = (f"{month}", f"{month:02}", name.replace("_", " "))
        yield from (("vi", month, form.format(number)) for form in _NUMBERED for number in numbers)


def as_letters(text: str) -> str:
    """`text` with the marks that some scripts write vowels with as letters, character by character."""
    return "".join(_MARK if unicodedata.category(each).startswith("M") else each for each in text)


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _by_language() -> Mapping[str, Mapping[str, int]]:
    """Of each language the months by their names without accents, and by beginnings that no other month shares."""
    full: dict[str, dict[str, int]] = {}
    for lang, month, form in _rows():
        full.setdefault(lang, {}).setdefault(_bare(as_letters(form)), month)
    found = {}
    for lang, names in full.items():
        beginnings: dict[str, set[int]] = {}
        for name, month in names.items():
            for length in _ABBREVIATED:
                beginnings.setdefault(name[:length], set()).add(month)
        found[lang] = {short: min(months) for short, months in beginnings.items() if len(months) == 1} | names
    return MappingProxyType(found)


def _of_any_language() -> Mapping[str, int]:
    """The months by their names, and by beginnings that are no name, whatever the language of the page."""
    names = {_bare(as_letters(form)): month for lang, month, form in reversed([*_rows()]) if lang not in _LOCAL}
    for lang, known in _OF_LANGUAGE.items():
        names = names if lang in _LOCAL else {**known, **names}
    return MappingProxyType(names)


_OF_LANGUAGE = _by_language()
_OF_ANY = _of_any_language()
_SOLAR_MONTH = MappingProxyType({_bare(name): month for month, name in enumerate(_SOLAR.split(), 1)})
_WORD = r"[^\W\d_]{2,12}"
MONTH_NAME = (
    rf"(?:{_WORD}|tháng (?:mười (?:một|hai)|{_WORD})|th(?:áng |g )?\d{{1,2}}(?!\d)|(?:كانون|تشرين) {_WORD}"
    rf"|[ก-ฮเ{_MARK}]{{1,3}}\.[คพยต]\.)"
)
"""What may be a name in a text of letters: a word, two in Vietnamese and in Arabic, abbreviations in Thai."""


def month_of(name: str, lang: str | None) -> int | None:
    """The month with this name, in this language before others; cases and other endings are left out: `sierpniem`."""
    bare = _bare(name)
    own = _OF_LANGUAGE.get((lang or "").lower().split("-")[0], _OF_ANY)
    forms = ((known, form) for form in (bare, bare[: max(_ABBREVIATED)]) for known in (own, _OF_ANY))
    return next((known[form] for known, form in forms if form in known), None)


def solar_month_of(name: str) -> int | None:
    """The month of the Persian calendar with this name."""
    return _SOLAR_MONTH.get(_bare(name))
