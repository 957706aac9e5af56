"""The grammar of English date expressions: named rules, each a pattern over the words of seeds/reference/dates.toml.

Only what an expression looks like belongs here; what it means is in dates_meaning.py, where a resolver bears each rule's name.
Patterns are templates: `<NAME>` stands for a fragment, and slots are named groups. Every repetition is bounded and no two
neighbouring parts can match the same run, so that a match takes linear time.
"""

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from pipeline.language.dates_gate import gate_pattern
from pipeline.language.dates_words import any_of, words
from pipeline.language.openings import Openings, opening_at


@cache
def fragments() -> dict[str, str]:
    """The named pieces of patterns, without slots."""
    data = words()
    month = any_of(data["months"])
    relative = any_of(data["offsets"])
    spoken = data["year_words"]
    below_hundred = rf"(?:{any_of(spoken['tens'])}(?:[-\s]{any_of(spoken['ones'])})?|{any_of(spoken['teens'])})"
    return {
        # White space within an expression; the finder sees to it that no empty line is in it.
        "S": r"(?:\s{1,60})",
        "MON": month + r"(?![^\W\d])(?:\.(?=[^\S\n]{0,9}[\d,'’–-]))?",
        "WD": any_of(data["weekdays"]) + r"(?!\w)(?:\.(?=,|[^\S\n]{0,9}\d))?",
        "UNIT": any_of(data["units"]),
        "NUM": r"(?:\d{1,3}(?!\d)|" + any_of(data["numbers"]) + r"(?!\w))",
        "COUNT": r"(?:\d{1,3}(?!\d)|" + any_of([word for word in data["numbers"] if word not in ("a", "an")]) + r"(?!\w))",
        "SPELLED": any_of(data["ordinals"]),
        "DAY": r"(?:(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?|"
        + any_of(data["ordinals"])
        + r")(?!\w|[.,:]\d|[^\S\n]?[%$€£])",
        "YEAR": r"(?:19\d\d|20\d\d|2100|2150)(?![\d%])",
        "YEARWORD": (
            rf"(?:{any_of(spoken['centuries'])}<S>{below_hundred}"
            rf"|{any_of(spoken['thousands'])}(?:<S>(?:and<S>)?(?:{below_hundred}|{any_of(spoken['ones'])}))?)(?![-\w])"
        ),
        "NEARNUM": r"(?:\d{1,2}(?:st|nd|rd|th)?|<SPELLED>)",
        "REL": relative,
        # A year named or pointed at: 2024, last year, the same year, the year before.
        "YEARISH": r"(?:(?:19\d\d|20\d\d|2100)(?![\d%])|(?:the<S>)?"
        + relative
        + r"<S>(?:calendar<S>)?year|(?:a|the)<S>year<S>(?:ago|earlier|before)|the<S>year"
        r"|(?:(?<=half\sof\s)|(?<=quarter\sof\s)|(?<=months\sof\s))this<S>one)(?!\w)",
        "FISCAL": (
            r"(?:(?:the<S>)?(?:"
            + relative
            + r"<S>)?(?:fiscal|financial)<S>(?:year<S>?)?(?:(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?|(?<=year)(?!\w))"
            r"|(?:the<S>)?(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?<S>(?:fiscal|financial)<S>year(?!\w)"
            r"|(?:the<S>)?" + relative + r"<S>fiscal<FISCAL_NOUN>"
            r"|(?:the<S>)?fy[-\s]?['’]?(?:20)?\d\d(?:[-/–]\d\d)?"
            r"|(?:the<S>)?(?:" + relative + r"<S>)?<SOLAR><S>(?:(?:calendar|fiscal|financial)<S>)?year(?:<S>1[34]\d\d)?)(?!\d)"
        ),
        # What a growth led to, behind `to`, and no day: `brought the total for the six months to 1.4 million`.
        "AMOUNT": r"[^\W\d_]{0,3}[$€£¥]?(?:\d{3,}|\d+[.,]\d|(?<=[$€£¥])\d|\d+<S>(?:million|billion|thousand|mln|bln|bn))",
        # What stands behind `last fiscal`, where `fiscal` is the year itself.
        "FISCAL_NOUN": r"(?=[.,;:)]|$|<S>" + any_of(data["fiscal"]["noun_before"]) + r"(?!\w))",
        # What may stand between a month, quarter or half and its year.
        "YSEP": r"(?:[^\S\n]?,?<S>(?:(?:of|in)<S>)?|[-/])",
        "SHORT": r"(?:['’]\d\d(?!\d))",
        "PART": any_of(data["parts"]),
        "SEASON": any_of(data["seasons"]),
        "HOLIDAY": any_of([*data["holidays"], *data["moving_holidays"]]),
        "SPLIT": any_of([*data["split_years"]["fiscal"], *data["split_years"]["season"]]),
        "SOLAR": any_of(data["solar"]["words"]),
        "SOLAR_MONTH": any_of(data["solar"]["months"]),
        "SINCE_EVENT": any_of(data["since_events"]["words"]),
        "SPLIT_ALONE": any_of([*data["split_years"]["fiscal"], "season", "crop", "campaign"]),
        "SPLIT_YEAR": r"(?:19|20)\d\d(?:[-/–](?:\d{4}|\d\d)(?!\d))?",
        "DAYWORD": any_of(data["day_words"]),
        "NOW": any_of(data["now"]["words"]),
        "SOFAR": any_of(data["so_far"]["words"]),
        "QUARTER": r"(?:first|second|third|fourth|final|closing|1st|2nd|3rd|4th)",
        "TO": r"(?:<S>?[-–—~]<S>?|<S>(?:to|through|thru|until|till|and)<S>)",
        "WEEKDAY_BEFORE": r"(?:(?:this<S>|next<S>|last<S>)?<WD>,?<S>(?:the<S>)?)?",
    }


def expanded(template: str) -> str:
    """The template with its fragments put in."""
    known = fragments()
    while re.search(r"<[A-Z_]+>", template):
        template = re.sub(r"<([A-Z_]+)>", lambda found: known[found[1]], template)
    return template


_Y = r"(?:<YSEP>(?P<y><YEARISH>|<YEAR>|<YEARWORD>)|<S>?(?P<yy><SHORT>))?"
_F = r"(?:<YSEP>(?P<y><FISCAL>|<YEARISH>|<YEAR>|<YEARWORD>)|<S>?(?P<yy><SHORT>))?"
_TO_MONTH_END = r"(?:<S>(?:in|on|at))?<S>(?:the<S>)?(?:end[-\s](?:of<S>)?)?(?:(?:last|this)<S>)?"

# (rule, template), tried in this order at each place: the first that fits wins, so longer forms stand before shorter ones.
RULES: tuple[tuple[str, str], ...] = (
    ("weekday_bracket", r"(?:(?:this|next|last)<S>)?<WD><S>\((?P<inner>[^()\n]{3,20})\)"),
    ("iso_spaced", r"(?P<y>(?:19|20)\d\d) (?P<m>0[1-9]|1[0-2]) (?P<d>[0-2]\d|3[01])(?![\d%])"),
    ("iso", r"<WEEKDAY_BEFORE>(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    ("year_month_name_day", r"(?P<y>\d{4})[-/](?:(?P<mon><MON>)[-/](?P<d>\d{1,2})|(?P<e>\d{1,2})[-/](?P<nom><MON>))(?!\d)"),
    (
        "numeric",
        r"<WEEKDAY_BEFORE>(?=\d{1,2}(?:\.\d{1,2}\.|/\d{1,2}/|-\d{1,2}-)\d)(?P<a>\d{1,2})(?:(?P<dot>\.)|[/-])(?P<b>\d{1,2})[./-](?P<y>\d{4}|\d{2})(?!\d)",
    ),
    ("month_number", r"(?P<m>0?[1-9]|1[0-2])[-/](?P<y>(?:19|20)\d\d)(?!\d)"),
    (
        "numeric_yearless",
        r"(?P<wd><WEEKDAY_BEFORE>)(?:(?P<rel>this|next)<S>)?(?P<a>\d{1,2})(?:/|(?P<dot>\.))(?P<b>\d{1,2})(?![\d/%.]|<S>(?:million|billion|thousand|mln|bln|bn)(?!\w))(?<!24/7)(?:,<S>(?P<y><YEAR>))?",
    ),
    (
        "days_of_month",
        r"(?:the<S>)?(?P<d>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|<SPELLED>)<TO>(?:the<S>)?(?P<e><DAY>)(?:<S>of)?<S>(?P<mon><MON>)"
        + _Y,
    ),
    (
        "month_days",
        r"(?:the<S>)?(?P<mon><MON>)<S>?(?:the<S>)?(?P<d>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|<SPELLED>)<TO>(?:the<S>)?(?P<e><DAY>)(?!<S>(?:of<S>)?<MON>)"
        + _Y,
    ),
    (
        "day_month",
        r"(?P<wd><WEEKDAY_BEFORE>)(?:the<S>)?(?P<d><DAY>)(?:<S>day)?(?:<S>of<S>|[-/]|<S>|(?=[^\W\d]))(?P<mon><MON>)" + _Y,
    ),
    (
        "month_day",
        r"(?P<wd><WEEKDAY_BEFORE>)(?:the<S>)?(?P<mon><MON>)(?:<S>|[-/]|(?=\d))(?:the<S>)?(?P<d><DAY>)(?![-/]<MON>[-/])(?:<S>\([^\W\d]{3,9}\))?"
        + _Y,
    ),
    (
        "months_to",
        r"(?:the<S>)?(?P<n><NUM>)[-\s]month(?:s|(?=[-\s]period))?(?:[-\s]period)?<S>(?:to|through|until|till|ended|ending|(?:leading<S>)?up<S>to|leading<S>to)"
        + _TO_MONTH_END
        + r"(?:(?P<d><DAY>)<S>)?(?P<mon><MON>)(?:<S>(?P<e><DAY>))?"
        + _Y,
    ),
    (
        "months_from",
        r"(?:the<S>)?(?:(?:first|next|following)<S>)?(?:(?P<n><COUNT>)[-\s]months?(?:[-\s]period)?|(?P<unit>year|half[-\s]year|half|quarter))<S>"
        r"(?:from|(?:that<S>|which<S>)?(?:starting|beginning|commencing|started|began|begins|starts)(?:<S>(?:in|on|from|with))?)<S>"
        r"(?:the<S>start<S>of<S>)?(?:(?P<d><DAY>)<S>)?(?P<mon><MON>)(?:<S>(?P<e><DAY>))?" + _Y,
    ),
    (
        "week_of",
        r"(?:the<S>)?(?:week<S>(?:starting|beginning|commencing|of)|w/c)<S>(?:on<S>)?"
        r"(?:(?P<d><DAY>)<S>(?:of<S>)?(?P<mon><MON>)|(?P<nom><MON>)<S>(?P<e><DAY>))" + _Y,
    ),
    (
        "unit_to",
        r"(?:the<S>)?(?:(?:<SPLIT>)<S>)?(?P<unit>year|half[-\s]year|half|quarter|week|month)<S>(?:to|through|that<S>ended|which<S>ended|ended|ending)"
        + _TO_MONTH_END
        + r"(?:(?P<d><DAY>)<S>)?(?P<mon><MON>)(?:<S>(?P<e><DAY>))?"
        + _Y,
    ),
    (
        "year_s_months",
        r"(?:(?P<of><YEARISH>|<YEAR>)['’]s?)<S>(?P<which>first|opening|initial|last|final|closing)<S>(?P<n><COUNT>)[-\s]"
        r"(?P<unit>month|week|quarter)(?:s|[-\s]period)?",
    ),
    (
        "first_units",
        r"(?:the<S>)?(?P<which>first|opening|initial|last|final|closing)<S>(?P<n><COUNT>)[-\s](?P<unit>month|week|quarter|day|year)(?:s|[-\s]period)?"
        r"(?:<S>(?:of<S>|in<S>)?(?:(?P<mon><MON>)" + _Y + r"|(?P<of><FISCAL>|<YEARISH>|<YEAR>)))?",
    ),
    (
        "nth_unit",
        r"(?:the<S>)?(?P<which><SPELLED>|\d{1,2}(?:st|nd|rd|th)|last|final|closing)<S>(?P<unit>week|month|quarter)<S>(?:of|in)<S>(?:(?P<rel>last|this|next)<S>month|"
        r"(?P<mon><MON>)" + _Y + r"|(?P<of><YEARISH>|<YEAR>))",
    ),
    (
        "units_of_year",
        r"(?:the<S>)?(?P<n><NUM>)[-\s]months?['’]?(?:[-\s]period)?<S>(?:of<S>|in<S>|into<S>(?:the<S>(?=\d))?)?(?P<y><FISCAL>|<YEARISH>|<YEAR>)"
        r"(?:<S>calendar<S>year)?",
    ),
    ("months_coded", r"(?P<n>[1-9]|1[01])m<S>?(?P<y><YEAR>|['’]?\d\d(?!\d))"),
    (
        "quarter_coded",
        r"(?:q(?P<q>[1-4])|(?P<r>[1-4])q)(?:[-\s/]{0,2}(?:of<S>)?(?P<y><FISCAL>|<YEARISH>|<YEAR>|['’]?\d\d(?!\d)))?",
    ),
    ("year_quarter_coded", r"(?P<y><YEAR>)[-\s]?(?:q(?P<q>[1-4])|h(?P<h>[12])|(?P<r>[1-4])q)"),
    ("half_coded", r"(?:h(?P<h>[12])|(?P<i>[12])h)(?:[-\s/]{0,2}(?:of<S>)?(?P<y><FISCAL>|<YEARISH>|<YEAR>|['’]?\d\d(?!\d)))?"),
    ("year_s_quarter", r"(?:(?P<y><YEARISH>|<YEAR>)['’]s|(?P<z><YEAR>))<S>(?P<q><QUARTER>)[-\s](?P<unit>quarter|half)"),
    ("quarter", r"(?:the<S>)?(?P<q><QUARTER>)[-\s]quarter" + _F),
    ("month_year_quarter", r"(?:the<S>)?(?P<mon><MON>)<S>(?P<y><YEAR>)<S>quarter"),
    ("month_quarter", r"(?:the<S>)?(?P<mon><MON>)<S>quarter" + _Y),
    (
        "half",
        r"(?:the<S>)?(?P<q>first|second|1st|2nd|latter|last)[-\s]half(?:[-\s]year)?(?:<S>of<S>(?:(?P<mon><MON>)"
        + _Y
        + r"|(?P<of><FISCAL>|<YEARISH>|<YEAR>|(?:the|this|last|next)<S>(?:month|decade))"
        r"|(?:the<S>)?(?P<tens>(?:1[6-9]\d0|20\d0)['’]?s))|<S>(?P<then><YEARISH>|<YEAR>))?",
    ),
    ("century", r"(?:the<S>)?(?P<n>\d{1,2}(?:st|nd|rd|th)|<SPELLED>)[-\s]{1,3}century"),
    (
        "decade",
        r"(?:the<S>)?(?:(?P<y>1[6-9]\d0|20\d0)(?:['’]?s|[^\S\n]s)|(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
    ),
    ("fiscal_coded", r"fy[-\s]?(?P<y>['’]?(?:(?:19|20)\d\d|\d\d)(?:[-/–](?:\d{4}|\d\d))?)(?!\d)"),
    (
        "solar_year",
        r"(?:the<S>)?(?:(?P<rel><REL>)<S>)?<SOLAR><S>(?:(?:calendar|fiscal|financial)<S>)?year(?:<S>(?:of<S>)?(?P<y>1[34]\d\d)(?!\d))?",
    ),
    (
        "solar_month",
        r"(?:the<S>)?(?:(?:<SPELLED>)<S>)?(?:(?:iranian|solar|persian)<S>)?(?:calendar<S>)?(?:month<S>(?:of<S>)?)?(?P<m><SOLAR_MONTH>)"
        r"(?!<S>(?:news|agency)(?!\w))(?:,?<S>(?P<y>1[34]\d\d)(?!\d))?",
    ),
    ("solar_bare", r"(?:the<S>)?(?:year<S>)?(?P<y>1[34]\d\d)(?![\d%]|[.,/-]\d)"),
    (
        "fiscal_year",
        r"(?:(?P<the>the)<S>)?(?:(?P<rel><REL>)<S>)?(?:(?P<kind><SPLIT>)<S>(?:year|season|campaign)(?:<S>(?:of<S>)?(?P<y><SPLIT_YEAR>))?"
        r"|(?P<sort><SPLIT_ALONE>)<S>(?P<z><SPLIT_YEAR>)|(?P<bare>fiscal)<FISCAL_NOUN>)(?:<S>end(?:ed|ing)<S>(?:in<S>)?<MON>)?(?![\d%])",
    ),
    (
        "year_fiscal",
        r"(?:the<S>)?(?P<y><SPLIT_YEAR>)<S>(?:(?P<kind><SPLIT>)<S>(?:year|season|campaign|crop|harvest)|(?P<sort>season|crop|campaign|harvest))(?!\w)",
    ),
    ("year_pair", r"(?:the<S>)?(?P<y>(?:19|20)\d\d)(?P<s>[-/–])(?P<z>(?:19|20)?\d\d)(?![-\d/%])"),
    ("relative_month", r"(?P<rel>last|this|next|previous|past|coming)<S>(?P<mon><MON>)"),
    ("year_month", r"(?:the<S>)?(?P<y><YEAR>)(?:<S>|-)(?P<mon><MON>)"),
    ("month", r"(?:the<S>)?(?:month<S>of<S>)?(?P<mon><MON>)" + _Y),
    (
        "season",
        r"(?:the<S>)?(?:(?P<rel>last|this|next|previous|past|coming)<S>)?(?P<season><SEASON>)(?!<S>(?:in|of)<S>(?!(?:the|last|this|next|(?:19|20)\d\d)(?!\w)|(?:19|20)\d\d)|[-])(?:<YSEP>(?P<y>(?:19|20)\d\d/\d\d(?:\d\d)?|<YEARISH>|<YEAR>))?",
    ),
    ("so_far_month", r"so<S>far<S>(?:in<S>)?(?P<mon><MON>)(?!<S>\d{1,2}(?![\d,.]\d|\d))"),
    ("so_far_year", r"so<S>far<S>(?:in<S>)?(?P<y><FISCAL>|<YEARISH>|<YEAR>|this<S>(?:month|quarter|week|season|decade))"),
    ("year_to_date", r"(?:the<S>)?year[-\s]to[-\s]date|ytd"),
    ("so_far", r"<SOFAR>"),
    (
        "year_end",
        r"(?:the<S>)?(?P<a>year|month|quarter)(?:['’]s<S>|[-\s])end|end[-\s]+(?P<b>year|month|quarter)|end<S>of<S>(?P<c>year|month|quarter)",
    ),
    ("year_out", r"(?:the|this)<S>year<S>(?:is<S>(?:out|over|up)|ends|closes|runs<S>out)"),
    ("day_word", r"(?P<word><DAYWORD>)"),
    ("by_then", r"by<S>(?:then|(?:that|the<S>same)<S>(?:time|date|day|point|moment|deadline))(?!\w)"),
    (
        "same_period",
        r"(?:the<S>)?(?:(?P<same>same|those|corresponding|comparable|equivalent|like|analogous|similar|matching|previous|prior|preceding|year[-\s]ago|year[-\s]earlier|prior-year|previous-year|last)"
        r"<S>)(?:(?P<lead><YEAR>)<S>)?(?:(?P<n><NUM>)[-\s])?(?P<noun>period|months|quarter|half|stretch|time|point|stage|interval|term|month|week|season|day|date)"
        r"(?:<S>(?:of<S>|in<S>|a<S>|the<S>|during<S>)?(?P<y><FISCAL>|<YEARISH>|<YEAR>|(?:the<S>)?(?:past|last|previous)<S>season|year<S>(?:ago|earlier|before)))?",
    ),
    (
        "the_months",
        r"the<S>(?P<n><COUNT>)[-\s]month(?:s(?:<S>period)?|[-\s]period)(?!<S>(?:to(?!<S><AMOUNT>)|of|through|until|ago|before|earlier|after|from|in)(?!\w)|-)",
    ),
    (
        "bare_months",
        r"(?P<n><COUNT>)[-\s]months?(?!<S>(?:to(?!<S><AMOUNT>)|of|through|until|ago|before|earlier|after|from|in|later|on|long|old)(?!\w)|-|['’])",
    ),
    ("full_year", r"(?:the<S>)?(?:full|whole|entire)[-\s]year(?!<S>(?:of|to|in|ended|ending|before|after|since|as|\d)|['’\w])"),
    ("closing_month", r"the<S>(?:closing|final)<S>month(?:<S>of<S>(?P<y><YEARISH>|<YEAR>))?"),
    ("year_s_period", r"(?:the<S>)?(?P<y><YEAR>)<S>period"),
    ("this_time", r"(?:at<S>)?this<S>time<S>(?P<rel>last|next)<S>(?P<unit>year|month|week)"),
    ("week_after", r"the<S>(?P<unit>week|month|year)<S>(?P<dir>after<S>next|before<S>last)"),
    (
        "unit_before",
        r"the<S>(?P<unit>year|month|week|quarter|day)<S>(?P<dir>before|earlier|after)(?!<S>(?:the|that|its|it|he|they|a)(?!\w))",
    ),
    ("week_number", r"(?:the<S>)?week<S>(?:no\.?<S>?)?(?P<w>[1-5]?\d)(?!\d)(?:(?:/|<S>of<S>|<S>|,<S>)(?P<y><YEAR>))?"),
    (
        "the_year_s",
        r"the<S>year['’]s(?!<S>(?:end|start|beginning|close|first|second|third|fourth|final|last|opening|closing|highest|lowest|biggest|largest"
        r"|best|worst|most|greatest|eve|plans?|budget|target|goal|work|conference|summit|meeting|agenda)(?!\w))",
    ),
    (
        "the_period",
        r"the<S>(?:reporting<S>|reported<S>|review<S>)?(?P<noun>period|quarter|month|year|week|half|day|decade)(?:<S>under<S>review)?(?!<S>(?:to(?!<S><AMOUNT>)|ago|of|before|earlier|after|from|between|(?:1\d|20)\d\d(?!\d)|\d{1,2}(?!\d)|<MON>)|-)",
    ),
    ("year_earlier", r"(?:a<S>)?year[-\s](?:ago|earlier)|year[-\s]on[-\s]year|yoy|y-o-y|y/y|(?<=on<S1>)the<S>year"),
    (
        "relative_week_day",
        r"(?P<rel>next|last|this)<S>week<S>(?:on<S>)?(?P<wd><WD>)",
    ),
    (
        "vague_units",
        r"(?:the<S>)?(?:recent|coming|past|last|next|previous)<S>(?:few<S>|several<S>|couple<S>of<S>)?"
        r"(?:years|months|weeks|days|decades|quarters)",
    ),
    (
        "relative_units",
        r"(?:the<S>)?(?:(?P<rel>last|past|previous|preceding|prior|next|coming|following|upcoming|ensuing|latest)<S>(?P<n><COUNT>)|(?P<m><COUNT>)<S>(?P<ler>last|past|previous|next|coming|upcoming)(?=[-\s](?:\w+<S>)?<UNIT>s(?!\w)))"
        r"(?:<S>or<S>so)?[-\s](?:(?:business|working|calendar|consecutive)<S>)?(?P<unit><UNIT>)s?",
    ),
    (
        "relative_unit",
        r"(?:(?P<when>earlier|later)<S>)?(?:the<S>)?(?P<rel><REL>)<S>(?:calendar<S>)?(?P<unit><UNIT>)(?!<S>before<S>the(?!\w))(?:<S>(?P<so>so<S>far))?",
    ),
    ("bare_nth", r"the<S>(?P<q>first|second|third|fourth)(?=[^\S\n]?[.,;)]|$)"),
    ("bare_last", r"last(?=[^\S\n]?[.,;)]|$)"),
    ("next_day", r"the<S>(?:next|following)<S>day"),
    (
        "within",
        r"within<S>(?:the<S>(?:next|coming|following|space<S>of)<S>)?(?P<n><NUM>)[-\s](?P<unit><UNIT>)s?(?!<S>(?:of|after|from)(?!\w))",
    ),
    ("within_unit", r"within<S>(?:the|this)<S>(?:(?P<rel>current|next|coming)<S>)?(?P<unit>year|month|week|quarter|decade)"),
    ("within_bare", r"within<S>(?P<n><NUM>)(?=[,.;:)]|$)"),
    (
        "ago",
        r"(?:(?:more|less|fewer|not<S>more)<S>than<S>|over<S>|about<S>|some<S>|almost<S>|nearly<S>)?(?P<n><NUM>)<S>(?P<unit><UNIT>)s?<S>(?P<dir>ago|earlier|before|previously|later(?!<S>on(?!\w))|hence|from<S>now|on)(?!\w)",
    ),
    ("in_units", r"in<S>(?P<n><NUM>)<S>(?P<unit><UNIT>)s?(?P<time>['’]?s?<S>time)?"),
    (
        "weekday",
        r"(?:(?P<rel>this<S>past|this<S>coming|this<S>upcoming|last|this|next|coming|previous|past|following|upcoming)<S>)?(?P<wd><WD>)"
        r"(?:,?<S>(?:the<S>)?(?P<d>\d{1,2}(?:st|nd|rd|th)(?!\w)|<SPELLED>(?!\w|<S>(?!of<S>)[^\W\d])|(?:3[01]|[12]?\d)(?=[.!?;](?:\s|$)|$)))?(?:<S>(?:of<S>)?(?P<wk>last|this|next)<S>week)?",
    ),
    (
        "weekend",
        r"(?:the<S>)?(?:(?P<rel>last|this|next|past|coming|previous|following|that|same)<S>)?weekend",
    ),
    (
        "holiday",
        r"(?:(?P<rel>last|this|next|following|previous)<S>)?(?:(?P<name><HOLIDAY>)|(?P<easter>easter))(?:<S>(?:of<S>)?(?P<y><YEARISH>|<YEAR>))?",
    ),
    (
        "nth_day",
        r"(?:the<S>)?(?P<d>\d{1,2}(?:st|nd|rd|th)|<SPELLED>)(?:<S>day)?(?:<S>of<S>(?P<of>(?:this|next|last|the|that)<S>month))?(?=[^\S\n]?(?:[-–.,;:!?)]|$))",
    ),
    (
        "since_event",
        r"since<S>(?:the<S>|its<S>|their<S>)?(?:(?:end|start)<S>of<S>(?:the<S>)?)?<SINCE_EVENT>(?!\w|<S>of<S>(?:the<S>)?(?:year|month|\d|<MON>|<REL>))",
    ),
    ("since_then", r"since<S>then|ever<S>since|from<S>then(?:<S>on(?:wards?)?)?(?!\w)"),
    ("now", r"(?P<word><NOW>)"),
    ("spoken_year", r"(?P<y><YEARWORD>)"),
    (
        "year",
        r"(?:(?:the<S>)?(?:calendar<S>)?(?:year<S>(?:of<S>)?)?(?:calendar<S>)?(?P<y><YEAR>)|cy[-\s]?(?P<cy>(?:20)?\d\d))"
        r"(?:<S>as<S>a<S>whole)?(?!\w|-\d)",
    ),
)

_OFFSET = (
    r"(?:(?P<off_n><NUM>)<S>(?P<off_unit><UNIT>)s?<S>"
    r"(?P<off_dir>before|after|from(?=<S>(?:today|tomorrow|yesterday|next|<WD>|<DAY>)))<S>)?"
)
_PART = r"(?:(?P<part><PART>)(?:<S>|-)(?:of<S>)?(?:the<S>(?!year|month|quarter|week|decade|period))?)?"


class Grammar(NamedTuple):
    """The compiled patterns.

    `gate` finds the places where an expression may open; `role` reads the words before one that give it a role, `plain_role`
    those without glue; `leads` reads an offset or a part before a rule; `to` and `between_to` join two sides; `post` reads what
    makes one open-ended.
    """

    gate: re.Pattern[str]
    role: re.Pattern[str]
    plain_role: re.Pattern[str]
    between: re.Pattern[str]
    leads: re.Pattern[str]
    to: re.Pattern[str]
    between_to: re.Pattern[str]
    post: re.Pattern[str]


class Found(NamedTuple):
    """An expression in a text: from `start` to `end`, its sides as spans, and the words around them as read."""

    text: str
    start: int
    end: int
    role: str
    between: str
    left: tuple[int, int]
    right: tuple[int, int] | None
    post: bool

    @property
    def words(self) -> str:
        """All that was read."""
        return self.text[self.start : self.end]

    @property
    def left_words(self) -> str:
        """The first side, or the only one."""
        return self.text[self.left[0] : self.left[1]]

    @property
    def right_words(self) -> str | None:
        """The side behind `to` or a dash."""
        return self.text[self.right[0] : self.right[1]] if self.right else None

    @property
    def opens(self) -> int:
        """Where it begins without the words that give it a role."""
        return self.start + len(self.role)


def without_slots(pattern: str) -> str:
    """The same pattern with its named groups made plain."""
    return re.sub(r"\(\?P<[a-z_]+>", "(?:", pattern)


@cache
def _templates() -> dict[str, str]:
    return {name: template.replace("(?<=on<S1>)", r"(?<=on[\s])") for name, template in RULES}


@cache
def rule(name: str) -> re.Pattern[str]:
    """A rule with its slots, up to the end of a word, compiled when a text first needs it."""
    return re.compile(rf"(?:{expanded(_templates()[name])})(?!\w)")


@cache
def _openings() -> dict[str, frozenset[str]]:
    """What an expression of each rule may begin with."""
    known = Openings(fragments())
    return {name: known.of(template) for name, template in _templates().items()}


@cache
def _rules_from(opening: str | None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, rule(name))
        for name, opens in _openings().items()
        if opening is None or opening in opens or not opens.isdisjoint(("", opening[0]))
    )


def rules_at(text: str, start: int) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules that may read an expression which begins at a place, in their order, each with its pattern."""
    return _rules_from(opening_at(text, start))


@cache
def grammar() -> Grammar:
    """Compiles the grammar once."""
    role_words = any_of([phrase for phrases in words()["roles"].values() for phrase in phrases])
    glue, ends = any_of(words()["glue"]["words"]), r"(?:<S>|(?=\())"
    to = r"-(?:to|through)-(?=<MON>)|[^\S\n]?[-–—~][^\S\n]?|/(?=<MON>)|<S>(?:to|through|thru|until|till|up<S>to)<S>(?:in<S>)?"
    templates = {
        "gate": rf"(?<![\w.])(?={gate_pattern()})(?<![$€£¥#+])(?<![\d$€£¥#:+/-][.,:/-])",
        "role": f"{role_words}<S>{glue}{ends}",
        "plain_role": f"{role_words}{ends}",
        "between": "between<S>",
        "leads": r"<NUM><S><UNIT>s?<S>|<PART>(?:<S>|-)",
        "to": to,
        "between_to": f"{to}|<S>and<S>",
        "post": r"<S>(?:or<S>later|and<S>later|onwards?|and<S>beyond)(?!\w|<S>than)",
    }
    return Grammar(**{name: re.compile(expanded(template)) for name, template in templates.items()})


@cache
def point() -> re.Pattern[str]:
    """One side of an expression with the offset and the part before it; tells the rule by the name of the last group."""
    named = "|".join(f"(?P<rule_{name}>{without_slots(expanded(template))})" for name, template in _templates().items())
    return re.compile(f"{expanded(_OFFSET)}{expanded(_PART)}(?:{named})(?!\\w)")


def side(text: str, start: int, end: int) -> re.Match[str] | None:
    """One side of an expression at a place, read no farther than `end`."""
    if start >= end:
        return None
    if grammar().leads.match(text, start, end):
        return point().match(text, start, end)
    for _, pattern in rules_at(text, start):
        if found := pattern.match(text, start, end):
            return found
    return None


# An expression never goes over an empty line.
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")


class Finder:
    """Finds expressions in a text in lower case, one after the other."""

    def __init__(self, text: str) -> None:
        """Notes where the paragraphs of the text end."""
        self._text = text
        self._breaks = [found.start() for found in _EMPTY_LINE.finditer(text)]

    def search(self, at: int) -> Found | None:
        """The first expression from a place on."""
        gate = grammar().gate
        while opening := gate.search(self._text, at):
            if found := self.match(opening.start(), len(self._text)):
                return found
            at = opening.start() + 1
        return None

    def match(self, start: int, end: int) -> Found | None:
        """The expression that begins at a place, read no farther than `end`."""
        known, next_break = grammar(), bisect_left(self._breaks, start)
        limit = min(end, self._breaks[next_break]) if next_break < len(self._breaks) else end
        for role in self._roles(start, limit):
            opens = role.end() if role else start
            between = known.between.match(self._text, opens, limit) if self._text.startswith("between", opens) else None
            left = side(self._text, between.end() if between else opens, limit)
            if left:
                return self._whole(start, limit, role[0] if role else "", between[0] if between else "", left)
        return None

    def _roles(self, start: int, limit: int) -> tuple[re.Match[str] | None, ...]:
        """The words at a place that may give an expression its role: with glue, without, none."""
        known = grammar()
        plain = known.plain_role.match(self._text, start, limit)
        return (*filter(None, [known.role.match(self._text, start, limit)]), plain, None) if plain else (None,)

    def _whole(self, start: int, limit: int, role: str, between: str, left: re.Match[str]) -> Found:
        known = grammar()
        to = (known.between_to if between else known.to).match(self._text, left.end(), limit)
        right = side(self._text, to.end(), limit) if to else None
        end = right.end() if right else left.end()
        post = known.post.match(self._text, end, limit)
        return Found(
            self._text,
            start,
            post.end() if post else end,
            role,
            between,
            left.span(),
            right.span() if right else None,
            post is not None,
        )
