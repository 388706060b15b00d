"""What visitors of the example blog might type, and the posts that they are after, the best one first."""

from __future__ import annotations

POSTS = {
    "facial": "your-first-facial-step-by-step/",
    "ginger": "A-Ginger-And-Barley-Tea-For-Grey-Afternoons",
    "kettle": "Five-Stretches-To-Do-Before-The-Kettle-Boils",
    "lower-back": "What-A-Massage-Can-And-Cannot-Do-For-A-Sore-Lower-Back",
    "neck": "Neck-Tension-Where-Your-Head-Goes-Your-Shoulders-Follow",
    "office": "kitchen-table-office-kinder-to-your-back/",
    "positions": "Sleeping-Positions-For-A-Back-That-Complains",
    "posture": "is-sitting-up-straight-overrated/",
    "pregnancy": "back-pain-in-pregnancy/",
    "quiet": "three-quiet-minutes/",
    "river": "Morning-On-The-River",
    "routine": "an-evening-routine-for-better-sleep/",
    "running": "easy-days-count-recovering-after-a-long-run/",
    "scalp": "The-Scalp-Massage-You-Can-Give-Yourself",
    "toes": "yoga-for-people-who-cannot-touch-their-toes/",
    "winter": "Dont-Scrub-It-Off-Cleansing-Caring-For-Dry-Winter-Skin",
}
"""The posts by short names; each address ends like this."""

JUDGED = {
    "words": [
        ("yoga", "toes"),
        ("ginger tea", "ginger"),
        ("scalp massage", "scalp"),
        ("first facial", "facial"),
        ("neck tension", "neck"),
        ("dry skin", "winter"),
        ("lower back massage", "lower-back"),
        ("heron", "river"),
    ],
    "other forms": [
        ("pregnant", "pregnancy"),
        ("stretched", "kettle", "toes", "running"),
        ("facials", "facial", "winter"),
        ("runners", "running"),
        ("breathe", "quiet"),
        ("shoulder tensions", "neck"),
        ("sleeps", "positions", "routine"),
        ("DÉCOLLETÉ", "facial"),
        ("decollete", "facial"),
    ],
    "questions": [
        ("how should I sit at my desk when working from home?", "office", "posture"),
        ("what helps against back pain when pregnant", "pregnancy"),
        ("can a massage fix my sore lower back?", "lower-back"),
        ("which position is best for sleeping with a bad back", "positions"),
        ("what do I do before a facial", "facial"),
        ("how do I calm down when I am stressed", "quiet"),
        ("can I do yoga if I am not flexible", "toes"),
        ("what to do the day after a marathon", "running"),
        ("why does my skin flake in winter", "winter"),
    ],
    "misspelt": [
        ("pregnency", "pregnancy"),
        ("yogga", "toes"),
        ("posturre", "posture", "office"),
        ("massgae scalp", "scalp"),
        ("ginger and barly tea", "ginger"),
        ("neck tenshion", "neck"),
        ("streches", "kettle", "toes", "running"),
        ("excersise kettel", "kettle"),
        ("evning routine", "routine"),
    ],
    "in one or two words": [
        ("watering-can", "neck"),
        ("deck chair", "positions"),
        ("kitchentable", "office"),
        ("cant touch my toes", "toes"),
        ("dont scrub", "winter"),
    ],
    "words side by side": [
        ("rolled towel", "positions"),
        ("flat cushion", "positions"),
        ("heavy lifting", "positions"),
        ("phone call", "office"),
        ("arms overhead", "office"),
        ("working week", "office"),
    ],
    "phrases, tags and filters": [
        ('"sore lower back"', "lower-back"),
        ('"touch their toes" yoga', "toes"),
        ("tag:recipes", "ginger"),
        ("tag:breathing", "quiet"),
        ("back pain -pregnancy tag:sleep", "positions"),
        ("massage tag:neck", "neck"),
        ("skin before:2019", "facial", "winter"),
    ],
}
"""By kind: what is typed, and the posts that answer it; any of them may come first."""
