"""A DataFrame as a figure, with its words: alternative text, table, what it cannot show. Import its modules late.

`draw.chart` reads the case (`source`: the log; `held`: one form), asks the maker of the chart's kind for a `Drawing`
(`lines`, `points`, `bars`, `days`, `talks`, `lists`; for pictures `years`, `ratings`, `places`, `shares`, `pairs`), and
has it painted on a `leaf`, or on a `sheet` over the days of the log. Makers share `words`, `series` and `plots`.
`offers` says which charts may be seen and chosen, `panel` shows them on a page.
"""
