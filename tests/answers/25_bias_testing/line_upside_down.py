# %% [raw]
# title: Takes a higher eGFR to open the list
# base: solution
# catches: line-upside-down
# loses: {q5_line: 1}
# says: {q5_line: "wrong way round"}


# %% answer="q5_moved"
def moved(table: pd.DataFrame, line: float) -> pd.Series:
    """Who may wait, or may no longer wait, when the equation changes."""
    texts = []
    for row in table.itertuples():
        black = row.recorded_black is not None and row.recorded_black == True  # noqa: E712
        then = egfr(row.creatinine, row.unit, row.age, row.sex, 2009, black) >= line
        now = egfr(row.creatinine, row.unit, row.age, row.sex, 2021, black) >= line
        texts.append("same" if then == now else "may wait now" if now else "may not wait now")
    return pd.Series(texts, index=table.index)
