"""What the roster can give and what is asked of it, and how evenly people are used.

`on_hand` reads what people can work, `asked` what is booked and waits, `sharing` sets one against the other, `cells`
makes figures by place, thing and week of them, and `telling` the report "capacity". `worked` and `people` tell of
persons and teams: the report "people".
"""
