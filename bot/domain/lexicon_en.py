"""English, as members write it in their replies."""

from __future__ import annotations

from fractions import Fraction

from bot.domain.lexicon import (
    HOUR,
    KILOMETRE,
    METRE,
    MILE,
    MINUTE,
    Lexicon,
    Role,
    phrases,
    spelled,
)
from bot.domain.schedule import Activity


def _english_numbers() -> dict[str, Fraction]:
    ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    teens = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"]
    teens += ["seventeen", "eighteen", "nineteen"]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    numbers = {word: number for number, word in enumerate([*ones, *teens], start=1)}
    for number, word in enumerate(tens, start=2):
        numbers[word] = number * 10
        numbers |= {f"{word} {one}": number * 10 + unit for unit, one in enumerate(ones, start=1)}
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    return {word: Fraction(number) for word, number in numbers.items()} | {
        "a": Fraction(1),
        "an": Fraction(1),
        **dict.fromkeys(["half", "a half", "half a", "half an", "half of an"], half),
        **dict.fromkeys(["quarter", "a quarter", "quarter of an", "quarter of a"], quarter),
        **dict.fromkeys(["a quarter of an", "a quarter of a"], quarter),
        **dict.fromkeys(["three quarters of an", "three quarters of a"], 3 * quarter),
        **dict.fromkeys(["three quarter", "three quarters"], 3 * quarter),
    }


_DOING = "went {0}, was {0}, been {0}, was out {0}, been out {0}, went out {0}"
"""How English says that somebody did what the gerund names."""

EN = Lexicon(
    words={
        Role.DONE: phrases("""
            done, finished, completed, did it all, did all, did everything, all of it, the whole
            thing, the lot, all done, done and dusted, done and done, done for today, done for the
            day, done for now, done with my, done with it, got it done, nailed it, crushed it,
            smashed it, mission accomplished, done with some, done with a bit of, done with a
            little
        """),
        Role.ASSENT: phrases("yes, yess, yep, yup, yeah, yea, ya, yeh, aye"),
        Role.DID: phrases("""
            did, managed, made, got, had, took, went, went for, went on, went out for, been for,
            been on, been out for, was out for, back from, got back from, came back from, home
            from, gone for, logged, clocked, fitted in, squeezed in, got in, put in, enjoyed, got
            out for
        """),
        Role.OBJECT: phrases("""
            it, this, exercise, exercises, session, workout, work out, routine, training
        """),
        Role.PARTLY: phrases("""
            partly, partially, partial, partway, part, part of it, part of the way, a part, half,
            half of it, half done, some, some of it, some of the way, a bit of it, a little of it,
            did a bit, did a little, just a bit, just a little, just a little bit, only a bit,
            only a little, most, most of it, not all, not all of it, not everything, not the whole
            thing, didn't finish, did not finish, couldn't finish, could not finish, cut short,
            cut it short, i stopped, so i stopped, and stopped, then stopped, stopped early,
            stopped after, had to stop, gave up after, was all i could manage, all i could manage,
            was all i could do, all i could do
        """),
        Role.REST: phrases("""
            rest, resting, rested, rest day, resting day, a rest, need rest, skip, skipping,
            skipped, skip it, skip this one, pass, sick, sick day, ill, unwell, under the weather,
            still sick, still ill, sore throat, flu, the flu, covid, fever, migraine, headache, a
            cold, not well, not feeling well, not feeling good, not feeling great, don't feel
            well, do not feel well, don't feel good, feeling sick, feeling ill, day off, off
            today, today off, the day off, taking the day off, taking today off, not today, not
            tonight, not this time, not me today, today not, today no, not possible, impossible,
            not for me today, miss today, miss it, miss this one, missed, missed it, missed today,
            forgot, overslept, no time, too tired, too busy, too sick, too ill, no energy, ran out
            of time, not in the mood, don't feel like it, didn't feel like it, not feeling it,
            don't feel up to it, not up to it, stay home, staying home, stay at home, staying at
            home, staying in, sitting this one out, sit this one out, out today, take it easy,
            taking it easy, not today maybe tomorrow, not going, nothing today, taking a rest day,
            sitting today out
        """),
        Role.HURTS: phrases("""
            hurts, hurt, hurting, sore, pain, pains, painful, ache, aches, aching, achy, backache,
            soreness, killing me, acting up, playing up, still hurts, still sore, still hurting,
            still aching, still in pain, flaring up, flare up, flared up, bad back, back is bad,
            back's bad, back went out, back is out, threw my back out, in agony, in pain, back
            spasm, back spasms, hurts to walk, hurts to move, hurts to stand, hurts to sit, hurts
            to bend, back is really bad, back is very bad
        """),
        Role.PAINLESS: phrases("""
            no pain, no back pain, pain free, painfree, without pain, without any pain, not sore,
            no soreness, not hurting, doesn't hurt, does not hurt, didn't hurt, did not hurt,
            isn't sore, is not sore, no longer hurts, no longer sore, no ache, no aches, no hurt,
            nothing hurts, nothing hurt, not painful, don't hurt, no more pain, zero pain, better,
            feels better, feel better, feeling better, not bad, not too bad
        """),
        Role.BODY: phrases("""
            back, back's, lower back, lower, upper back, spine, knee, knees, hip, hips, leg, legs,
            foot, feet, ankle, ankles, calf, calves, neck, shoulder, shoulders, muscles, body
        """),
        Role.REFUSAL: phrases("""
            no, nope, nah, can't, cannot, can not, couldn't, could not, didn't, did not, won't,
            will not, haven't, have not, unable, unable to, won't be able to, will not be able to,
            wouldn't be able to, not able to, not able, i'm out
        """),
        Role.NEGATION: phrases("""
            not, never, nothing, none, without, don't, do not, isn't, wasn't, hasn't, hadn't,
            aren't, ain't, neither, nor
        """),
        Role.BARE: phrases("""
            do, go, come, make, make it, do it, join, join in, attend, move, get out, participate,
            be there, get to it, get to
        """),
        Role.ONLY: phrases("only, merely"),
        Role.JUST: phrases("just"),
        Role.ABOUT: phrases("about, around, roughly, approximately, approx, circa, ca"),
        Role.AND_A_HALF: phrases("and a half, and half, and one half"),
        Role.HEDGE: phrases("""
            maybe, perhaps, possibly, probably, might, may, could, would, should, can, if, unless,
            guess, think, suppose, not sure, unsure, sure, almost, nearly, practically, basically,
            sort of, kind of, kinda, sorta, halfway, half way, yet, not yet, later, soon,
            eventually, no rest, got it, had it, took it, on it, ran out, ran into, ran over, ran
            across, ran away, ran off, ran through, walked out, walked away, walked off, walked
            into, walked in on, rode out, in a bit, in a while, in a minute, in a moment, before
            long, waking, sipping, competed, until, till, times, or, else, either, versus, less
            than, more than, fewer than, over, under, at least, at most, up to, less, minimum,
            maximum, hurts less, hurt less, hope, hoping, hopefully, try, trying, tried, plan,
            planning, planned, start, starting, started, begin, beginning, began, heading, heading
            out, on my way, on the way, about to, ready, ready to, ready for, let's, let us, let
            me, left, remaining, to go, to do, to be, off to, off for, out for, out on, doing,
            time for, supposed, supposed to, meant to, wanted, wanted to, wish, wished, wait, ago,
            pending, in progress, underway, under way, every, usually, normally, always, often,
            sometimes, next, again and again, is it, is this, are you, are we, are they, did you,
            did we, did i, did anyone, did anybody, did someone, did somebody, did he, did she,
            did they, have you, has anyone, has anybody, have i, have we, do you, do we, do i,
            does it, does this, does anyone, am i, was i, was it, who, whom, whose, what, when,
            where, why, which, how, anyone, anybody, whether, said, says, say, told, tells, asked,
            asks, read, heard, wrote, according, yeah right, yes right, yes please, yeah sure, yes
            and no, so done, done for, done with, done deal, the rest, the rest of it, rest of it,
            half marathon, marathon, not finished, pretend, joking, joke, just kidding, kidding,
            jk, as if, no way, no idea, no pain no gain, pain in the neck, pain in the ass, pain
            in the butt, sick of, tired of, fake, lie, lying, liar, not really, instead of me,
            forgot to, wip, tbd, tba, eta, idk, dunno, undone, ill walk, ill swim, ill bike, ill
            run, ill cycle, ill go, ill do, finished with, done at work, finished at work, done at
            the office, away, to spare, to kill, is a pain, it's a pain, such a pain, a pain to,
            what a pain, be a pain, hurts to, that's sick, sick walk, sick burn, of us, and sunny
        """),
        Role.PLAN: phrases("""
            will, i'll, we'll, shall, gonna, going, going to, gotta, need, need to,
            want, want to, have to, has to, must, wanna, still, intend, intend to, i'd
        """),
        Role.LOOMING: phrases("now, right now, tonight, this evening"),
        Role.OTHER_DAY: phrases("""
            tomorrow, tmrw, tmr, tomorrow's, yesterday, yesterday's, monday, tuesday, wednesday,
            thursday, friday, saturday, sunday, mondays, tuesdays, wednesdays, thursdays, fridays,
            saturdays, sundays, weekend, week, last week, next week, this week, last time, next
            time, next day, other day, another day, day before, last night, last month, month
        """),
        Role.OTHERS: phrases("""
            you, your, yours, he, she, they, them, him, her, his, their, someone, somebody,
            everyone, everybody, nobody, people, u, ur, you're, you've, he's, she's, they're,
            everyone's, others, dog, dogs, the dog, my dog, kids
        """),
        Role.DEGREE: phrases("""
            all, whole, full, entire, quite, exactly, fully, completely, entirely, totally,
            properly, everything, much, very, really, actually, definitely, certainly, complete
        """),
        Role.BEING: phrases("""
            i am, i'm, i've, we've, we're, that's, it's, its, it is, is, are, was, were, have, has
        """),
        Role.FILLER: phrases("""
            i, me, my, mine, myself, we, our, us, be, been, being, the, a, an, that, of, for,
            then, here, today, today's, this morning, this afternoon, morning, afternoon, evening,
            lunchtime, already, finally, too, also, pretty, super, such, at all, more or less, or
            so, give or take, so far, well, ok, okay, kk, alright, oh, ah, ugh, oof, phew, whew,
            wow, woo, woohoo, woot, yay, hooray, hurray, yippee, hey, hi, hello, dear, good,
            great, nice, lovely, beautiful, fine, best, happy, glad, proud, pleased, pleasant,
            amazing, awesome, fantastic, fab, wonderful, perfect, excellent, cool, easy, hard,
            tough, slow, fast, quick, short, long, little, a little, bit, a bit, a little bit,
            slight, slightly, gentle, brisk, usual, total, in total, altogether, straight, feel,
            feeling, felt, feels, to say, sorry, afraid, unfortunately, sadly, alas, please,
            thanks, thx, ty, cheers, guys, folks, friends, team, amble, bot, walkies, solo, alone,
            together, lol, haha, hehe, xd, omg, tbh, fyi, btw, weather, sun, sunny, rainy, windy,
            fresh air, in the rain, in the sun, outside, outdoors, indoors, gym, stiff, tired,
            knackered, exhausted, sweaty, sweating, rated, rating, as, since yesterday, worth,
            time, distance, duration, again, anyway, started raining, started to rain, though,
            tho, despite, once, nicely, slowly, gently, afterwards, lots, loads, one of those,
            man, mate, ma'am, sir, sleepy, by foot, on foot, bad, badly, terrible, terribly,
            awful, awfully, severe, mild, intense, strong, early morning, first thing, park, lake,
            beach, forest, woods, river, town, village, neighbourhood, neighborhood, block, hill,
            hills, trail, house
        """),
        Role.COURTESY: phrases("""
            see you, see you tomorrow, see ya, see ya tomorrow, see you soon, see you later, see
            you next time, see you all tomorrow, cu tomorrow, until tomorrow, till tomorrow, talk
            tomorrow, thank you, thank you all, thanks all, thank you very much, thank you so
            much, thanks everyone, thanks a lot, good morning, good evening, good afternoon, good
            day, good night, good luck, morning everyone, morning all, good morning everyone, good
            morning all, hi everyone, hi all, hello everyone, hello all, hey everyone, hey all,
            how about you, how about you guys, what about you, and you, how are you, how are you
            all, who's next, who is next, no worries, no problem, can't complain, can't wait, well
            done, well done everyone, have a good one, have a great day, have a nice day, have a
            good day, have a lovely day, your turn, for the reminder, thanks for the reminder,
            thank you for the reminder
        """),
        Role.ASIDE: phrases("""
            with, along, by, to, from, through, across, after, before, during, near, past, into,
            onto, on, over to, since, while, via, between, towards, toward, inside, beside,
            behind, per, like, instead of walking, instead of a walk, instead of the walk, instead
            of swimming, instead of a swim, instead of biking, instead of cycling, instead
        """),
        Role.WITHIN: phrases("in, within"),
        Role.AT: phrases("at"),
        Role.BREAK: phrases("but, because, cause, cuz, coz, bc, so, although"),
        Role.JOIN: phrases("and, n, plus"),
        Role.COUNTED: phrases("""
            steps, step, laps, lap, lengths, flights, floors, stairs, calories, kcal, cal, cals,
            bpm, watts
        """),
        Role.HOURLY: phrases("am, pm, o'clock"),
        Role.OUT_OF: phrases("out of"),
        Role.LEVEL: phrases("level, lvl, scale, score, a scale of"),
    },
    moves={
        Activity.WALK: phrases("""
            walked, walked home, walked the dog, walked my dog, took the dog out, took the dogs out,
            strolled, hiked, trekked, rambled, ambled, did walk
        """)
        | phrases(_DOING.format("walking")),
        Activity.WATER: phrases("swam, swum, did swim") | phrases(_DOING.format("swimming")),
        Activity.BIKE: phrases("biked, cycled, rode, pedalled, pedaled, did bike")
        | phrases(_DOING.format("biking"))
        | phrases(_DOING.format("cycling")),
        Activity.OTHER: phrases("ran, jogged, rowed, danced, stretched, did yoga, gardened")
        | phrases(_DOING.format("running"))
        | phrases(_DOING.format("jogging")),
    },
    activities={
        Activity.WALK: phrases("walk, walks, walking, stroll, hike, hiking, treadmill"),
        Activity.WATER: phrases("""
            swim, swims, swimming, pool, aqua, aqua jogging, aqua fit, aqua aerobics, aquarobics,
            water exercise, water exercises, water aerobics, water gymnastics, water walking,
            water workout
        """),
        Activity.BIKE: phrases("""
            bike, bikes, biking, bicycle, bike ride, stationary bike, exercise bike, cycle, cycling,
            spin class, spinning
        """),
        Activity.ELLIPTICAL: phrases("elliptical, cross trainer, crosstrainer"),
        Activity.OTHER: phrases("""
            yoga, pilates, stretch, stretches, stretching, row, rowing, rower, run,
            running, jog, jogging, dance, dancing, core, core work, tai chi, gardening, polo,
            weights
        """),
    },
    numbers=_english_numbers(),
    units=spelled(MINUTE, "min, mins, minute, minutes, mns")
    | spelled(HOUR, "h, hr, hrs, hour, hours")
    | spelled(KILOMETRE, "km, kms, kilometre, kilometres, kilometer, kilometers, klicks, k")
    | spelled(METRE, "m, metre, metres, meter, meters")
    | spelled(MILE, "mi, mile, miles"),
)
"""English."""
