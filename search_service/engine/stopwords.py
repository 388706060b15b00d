"""Words that say how a question is put rather than what it is about, by language.

They are indexed, and phrases find them; in a query they don't count where other words are left.
"""

from __future__ import annotations

_WORDS = {
    "en": (
        "a about after all also am an and any are as at be because been before being between both but by can "
        "could did do does doing down during each few for from further had has have having he her here hers "
        "him his how i if in into is it its itself just me more most my no nor not now of off on once only or "
        "other our out over own s same she should so some such t than that the their them then there these "
        "they this those through to too under until up very was we were what when where which while who whom "
        "why will with would you your yours"
    ),
    "de": (
        "aber als am an auch auf aus bei bin bis da daher darum das dass dein deine dem den der des dessen "
        "die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es "
        "euer für haben hat hatte hatten hier ich ihr ihre ihrem ihren im in ist ja jede jedem jeden jeder "
        "jedes kann kein keine man mein meine mit muss nach nicht noch nun nur ob oder sein seine sich sie "
        "sind so soll sollte sonst um und uns unser unter vom von vor wann war waren warum was weil welche "
        "welchem welchen welcher welches wenn wer werden wie wieder wir wird wo wurde wurden während zu zum "
        "zur über"
    ),
    "fr": (
        "ai au aux avec c ce ceci cela ces cet cette comme comment d dans de des donc dont du elle elles en "
        "es est et eu il ils j je l la le les leur leurs lui là m ma mais me mes moi mon n ne ni nos notre "
        "nous on ont ou où par pas pendant plus pour pourquoi qu quand que quel quelle quelles quels qui quoi "
        "s sa sans se ses si son sont sous sur t ta te tes toi ton tu un une vos votre vous y à étaient était "
        "être"
    ),
    "es": (
        "a al algo como con cual cuando cuál cuándo cómo de del desde donde dónde e el ella ellas ellos en "
        "entre era es esa ese eso esta estas este esto estos está fue ha han hasta hay la las le les lo los "
        "me mi mis mucho muy más nada ni no nos nosotros o os otra otro para pero poco por porque que quien "
        "quién qué se sea ser si sin sobre son su sus sí también tan te tiene todo tu tus un una uno unos y "
        "ya yo él"
    ),
    "it": (
        "a ad al alla alle anche che chi ci come con cosa cui da dal dalla dei del della delle di dove e ed "
        "era gli ha hanno i il in io l la le lei li lo loro lui ma me mi mia mio ne nei nel nella noi non o "
        "per perché più quale quali quando quella quello questa questo qui se si sono su sua sue sui sul "
        "sulla suo ti tra tu un una uno voi è"
    ),
    "pt": (
        "a ao aos as até com como da das de dela dele do dos e ela ele eles em entre era essa esse esta este "
        "eu foi há isso isto já lhe mais mas me meu minha muito na nas nem no nos não nós o onde os ou para "
        "pela pelo por porque qual quando que quem se sem ser seu sua são só também te tem um uma você às é"
    ),
    "nl": (
        "aan al alles als altijd ben bij daar dan dat de der deze die dit doch doen door dus een er ge geen "
        "had heb hebben heeft het hier hij hoe hun ik in is ja je kan maar me met mij mijn na naar niet nog "
        "nu of om omdat onder ons ook op over te tegen toch toen tot u uit van veel voor waar waarom wanneer "
        "want waren was wat we wel werd wie wij wordt zal ze zich zij zijn zo zonder"
    ),
    "ru": (
        "а без бы был была были было быть в вам вас вот все вы где да для до его ее если есть же за зачем "
        "здесь и из или им их к как какая какие какой ко когда кто ли мне мой мы на над не него нее нет ни но "
        "ну о об он она они оно от по под почему при с со так там то того тоже только ты у уже чего чем что "
        "чтобы эта эти это этот я"
    ),
    "sv": (
        "att av de dem den denna det detta dig din du där då efter ej eller en er ett från för ha hade han "
        "har hon hur här i icke ingen inte jag ju kan man med men mig min mot mycket nej nu när och om oss på "
        "sig sin ska som så till under upp ut vad var varför vem vi vid vilka vilken är"
    ),
}

STOP_WORDS = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
"""By language, case folded, with their accents."""
