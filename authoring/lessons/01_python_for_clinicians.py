# %% [markdown]
# # Can I read the ward's spreadsheet?
#
# Monday, before seven. Noor is the pharmacist of four wards. When somebody came in with a creatinine above 120, she
# looks at the first doses before they are given: some drugs pile up in people whose kidneys work badly. A colleague opened
# the log of the hospital, sorted it, and left a list of **nine** stays. "Could you check it before the round?"
#
# Two of the nine should not be on it, and three others are missing. You will find all five.
#
# You need no programming. Run each cell (**Shift + Enter**), look at what it shows, then read on.
# The hospital is [invented](../datasets/ward/datasheet.md), and the line of 120 is this ward's own.

# %% [markdown]
# {{ lesson_card }}

# %% [markdown]
# ## Values and names
#
# A **value** is a number, or a text in quotes. `=` gives it a **name**. `print(...)` shows what stands in its brackets.
# What follows a `#` is a remark for people. **Guess what the last two lines show.**

# %%
limit = 120  # umol/L, micromoles in a litre
print(limit, limit + 1)
print(7.2 + 7.2)
print("7.2" + "7.2")

# %% [markdown]
# Numbers are added, texts are glued together: `"7.2"` is not `7.2`. What kind of value something is, is its **type**.
#
# Python is strict about names. Write `Limit` for `limit`, and it stops with a long message. Read only the last line:
#
# ```
# NameError: name 'Limit' is not defined
# ```
#
# Nobody gave the name `Limit`. Nothing is broken: mend it, run it again.
#
# ## A table
#
# Tables come with **pandas**, a library: code that others wrote. `import` fetches it, `as pd` gives it a short name.

# %%
import pandas as pd

events = pd.read_csv("../datasets/ward/events.csv")
print(len(events), "rows")
events.head(3)

# %% [markdown]
# One row for each thing that happened. `read_csv` reads a file (`..` is the folder above), `len` counts rows, and the
# dot says *whose*: `events.head(3)` is the first three rows of `events`. Words with round brackets do something; square
# brackets behind a name pick something. The bold numbers are row labels, from 0 on. **NaN** ("not a number") is an
# empty cell. `stay_id` is one stay in hospital.
#
# `code` says what was measured, and a second file what the code means. `merge` joins two tables where `code` agrees. A
# word with `=` inside brackets is a setting: `how="left"` keeps every row of the left table, with or without a partner.
# A name may be given again: from now on `events` is the joined table.

# %%
codes = pd.read_csv("../datasets/ward/codes.csv")
events = events.merge(codes, on="code", how="left")
events["display"].value_counts().head(8)

# %% [markdown]
# A table is called a **DataFrame**, one column a **Series**. `events["display"]` is the column that says what the
# ward calls the test; `value_counts` counts each of its values. A column that is not there, say `events["Display"]`,
# ends with
#
# ```
# KeyError: 'Display'
# ```
#
# The key is the word that you looked up and that is not there.
#
# ## Select rows and columns
#
# `==` asks whether two things are equal (one `=` gives a name). Asked of a column, it answers True or False for each
# row. A table with such answers in its brackets keeps the rows that say True: a **filter**. Two pairs of brackets,
# `[[...]]`, pick several columns.

# %%
is_creatinine = events["display"] == "creatinine"
creatinine = events[is_creatinine]
print(len(creatinine), "results")
creatinine[["stay_id", "time", "value", "unit"]].head(3)

# %% [markdown]
# ## Text that looks like a number
#
# 198 results of creatinine. **What is the highest, and how many are above 120? Write down a guess.**

# %%
print(creatinine["value"].dtype, "- the highest:", creatinine["value"].max())
print((creatinine["value"] > "120").sum(), "of", len(creatinine), "above 120")

# %% [markdown]
# 99 the highest, and 147 above 120? `dtype` is the type of a column, and `str` (string) means text. Other rows of
# `value` hold words ("no growth"), so the whole column was read as text, and text is sorted letter by letter: 9 comes
# after 1. (`.sum()` counts the yeses.) Without the quotes around 120:
#
# ```
# TypeError: '>' not supported between instances of 'str' and 'int'
# ```
#
# `int` is a whole number. The quotes silenced the error and kept the mistake. So make numbers: `pd.to_numeric` reads
# them, and `errors="coerce"` leaves a cell empty where no number stands. `assign` gives back a new table with one more
# column.
#
# ## One substance, two units
#
# Square brackets that stand alone write a **list**. A **loop** does the same for each thing in it: what is indented
# under `for` is repeated. In a text with an `f` before it, Python fills in what stands in braces (quotes within quotes
# are single ones). **Is everything in one unit?**

# %%
creatinine = creatinine.assign(number=pd.to_numeric(creatinine["value"], errors="coerce"))
print("highest:", creatinine["number"].max(), "- above:", (creatinine["number"] > limit).sum())
for unit in ["umol/L", "mg/dL"]:
    part = creatinine[creatinine["unit"] == unit]
    print(f"{unit}: {len(part)} results, {part['number'].min()} to {part['number'].max()}")
creatinine[["place", "unit"]].value_counts()

# %% [markdown]
# 253 and 34 now. But 18 results, at most 1.44, are in another unit: all those of the laboratory East (`LABE`). They can
# never be above 120.
#
# How much is 1 mg/dL? A litre has ten decilitres, so it is 10 mg in a litre. A millimole of creatinine weighs 113.12
# mg, so these are `10 / 113.12 * 1000`, or **88.4**, micromoles (`/` divides, `*` multiplies;
# [factors](../datasets/standards/README.md#lab-units)). Each substance has its own factor.
#
# ## A function with a test
#
# A **function** is a recipe with a name. `def` begins it, the brackets hold what it is given, the text in three quotes
# says what it does, `return` hands the result back; all that belongs to it stands four spaces in. Braces with pairs are a
# **dictionary**: you look up the left and get the right, so `factor["mg/dL"]` is 88.4. `map` looks up each value of a
# column; what is not in the dictionary becomes empty.


# %%
def to_umol(table):
    """The table with a new column `umol`, empty where the unit is not known."""
    factor = {"umol/L": 1, "mg/dL": 88.4}
    return table.assign(umol=table["number"] * table["unit"].map(factor))


# %% [markdown]
# Test it before you trust it, on a table so small that you know the answers. `pd.DataFrame` makes one of a dictionary:
# name of a column, list of its values. `assert` is silent when its line is true, and stops when it is not. `.loc[0]` is
# the row with the label 0; `isna()` asks "is it empty?"; `abs` drops the sign, for calculated numbers agree only up to a
# hair; `.columns` are the names of the columns.

# %%
small = pd.DataFrame({"number": [1.0, 75.0, 75.0], "unit": ["mg/dL", "umol/L", "mg"]})
umol = to_umol(small)["umol"]
assert abs(umol.loc[0] - 88.4) < 0.001
assert umol.loc[1] == 75
assert umol.isna().loc[2]  # nobody told us this unit: empty, not guessed
assert "umol" not in small.columns  # the table that we gave has not changed
creatinine = to_umol(creatinine)

# %% [markdown]
# The last test matters: a function that changes the table it is given changes it for everybody who uses it afterwards.
# `assign` makes a new one.
#
# **Your turn.** Write `to_mg(table)`, which gives back the column `umol` divided by 88.4, and under it
# `print(to_mg(to_umol(small)))`. Which number must come first? The cell behind has an answer. Three mishaps:
#
# - `IndentationError`: the lines under `def` must begin four spaces in.
# - `SyntaxError`: often a bracket, a quote, or the colon behind `def ...(...)` is missing.
# - A function without `return` gives **None**, which is nothing: `print` shows a value and hands nothing back.

# %%
# Write here.


# %%
def to_mg(table):
    """The column `umol`, in mg/dL."""
    return table["umol"] / 88.4


def only_shows(table):
    """Prints the same and gives nothing back."""
    print(table["umol"] / 88.4)


assert abs(to_mg(to_umol(small)).loc[0] - 1) < 0.001  # there and back again
kept = only_shows(to_umol(small))
print("kept:", kept)

# %% [markdown]
# ## A result that was corrected
#
# The colleague's list begins with 253. **Would you wake the doctor?** `.loc[rows, columns]` picks both at once, and
# `.iloc[0]` is the first one by position.

# %%
top = creatinine["number"] == 253
order = creatinine.loc[top, "order_id"].iloc[0]
creatinine.loc[creatinine["order_id"] == order, ["stay_id", "time", "event_type", "umol"]]

# %% [markdown]
# The laboratory had multiplied for a dilution that nobody had made, and a good hour later sent 95. Both rows stay in the
# log; the later one replaces the earlier, even if it is a word. So sort by time, and keep the last row of each order
# (`drop_duplicates`); only then leave out words. Last, keep each stay's first result.
#
# The second cell compares the lists: `isin` asks whether a value is in a list, `~` turns yes into no, and `list` makes a
# list of a column.

# %%
in_time = creatinine.sort_values("time")  # year, month, day: sorts rightly even as text
standing = in_time.drop_duplicates("order_id", keep="last")
first = standing.drop_duplicates("stay_id")  # keeps the first, unless we ask for the last
right = first[first["umol"] > limit]
print(f"{len(standing)} results stand; {len(first)} stays, {len(right)} of them above {limit}")

# %%
old = in_time.drop_duplicates("stay_id")
old = old[old["number"] > limit]  # what the colleague did, once the texts were numbers
gone = ~old["stay_id"].isin(right["stay_id"])
print(f"{len(old)} on the old list; comes off:", list(old.loc[gone, "stay_id"]))
new = ~right["stay_id"].isin(old["stay_id"])
right.loc[new, ["stay_id", "number", "unit", "umol"]]

# %% [markdown]
# Two come off the list: their results had been corrected. Three come on: 1.43 and 1.44 looked small.
#
# ## Dates
#
# `time` is text as well; with the year first, then month and day, it sorts rightly. This **invented** sheet writes the
# day first. **In which order will `sorted` put these days, and which month will pandas read?**

# %%
sheet = pd.DataFrame({"taken": ["10/2/2025", "3/3/2025", "9/2/2025"]})
print("sorted as text:", sorted(sheet["taken"]))
guessed = pd.to_datetime(sheet["taken"])
told = pd.to_datetime(sheet["taken"], format="%d/%m/%Y")
for days in [guessed, told]:
    print("from the first to the last:", (days.max() - days.min()).days, "days")
sheet.assign(guessed=guessed, told=told).sort_values("told")

# %% [markdown]
# As text, 10 February comes before 9 February. Guessing, pandas takes the month first, and 9 February becomes 2
# September: 213 days instead of 22 (`.days` of the difference). No error: pandas takes its guess from the first row, and
# here it fits them all. With `28/2` there it would have read the day first and only warned; further down, `28/2` would
# have stopped it. So say it: `%d` day, `%m` month, `%Y` year.
#
# ## Missing is neither normal nor zero
#
# The doctor asks: in how many stays is the lactate above 2? `stays` has one row for each stay.

# %%
stays = pd.read_csv("../datasets/ward/stays.csv")
lactate = events[events["display"] == "lactate"]
lactate = lactate.assign(lactate=pd.to_numeric(lactate["value"]))
each_stay = stays.merge(lactate[["stay_id", "lactate"]], on="stay_id", how="left")
values = each_stay["lactate"]
print("units:", list(lactate["unit"].unique()), "- one result a stay:", lactate["stay_id"].is_unique)
print(values.isna().sum(), "of", len(values), "stays have no lactate")

# %% [markdown]
# An empty cell is not above 2, so it answers False, as a normal value does. And `fillna(0)` would fill it with a
# zero. **Which of these four numbers would you tell the doctor?**

# %%
high = (values > 2).sum()
measured = values.notna().sum()  # the opposite of isna
print(f"{high} of {len(values)} stays: {high / len(values):.0%}")
print(f"{high} of {measured} measured: {high / measured:.0%}")
print(f"mean {values.mean():.2f} mmol/L, with zeros {values.fillna(0).mean():.2f}")
each_stay.groupby("ward").agg(stays=("stay_id", "size"), measured=("lactate", "count"))

# %% [markdown]
# (`:.0%` shows a share in per cent, `:.2f` two decimals.) `groupby` makes a heap of rows for each ward, and `agg`
# takes figures of each heap: new name, column, what to do with it. `size` counts rows, `count` counts cells that are not
# empty. The wards have become row labels; `.reset_index()` behind it would make them a column again.
#
# On W2 (cardiology) and W3 (respiratory) nobody's lactate was measured: somebody decides whom to test. A percentage is
# the share of yes in one heap of rows, so ask which. 57 % is of the 23 stays that somebody chose to test; 24 % is of all
# 54, and takes 31 for normal that nobody tested. A mean leaves empty cells out; 0.93 is the mean of nobody. (Counts of
# one file, not estimates.)
#
# > **Decision point.** What do you answer?
# >
# > *"24 %"*: 31 untested stays pass as normal, and whoever is ill among them pays. *"57 %"* alone: the wards may look worse
# > than they are.
# >
# > **We choose:** "13 above 2, 10 not above, 31 not measured." Three numbers; unknown stays unknown.
#
# ## One row is not one person
#
# Ten stays are on the new list. **How many people? And is a mean over rows a mean over people?** (CRP, mg/L, rises
# with inflammation.)

# %%
people = right.merge(stays, on="stay_id")
print(len(people), "stays of", people["person_id"].nunique(), "people")  # nunique: different ones
crp = events[events["display"] == "CRP"].merge(stays, on="stay_id")
crp = crp.assign(number=pd.to_numeric(crp["value"]))
each_person = crp.groupby("person_id").agg(results=("number", "size"), mean=("number", "mean"))
print("most results of one person:", each_person["results"].max())
print(f"mean of {len(crp)} rows: {crp['number'].mean():.0f}")
print(f"mean of {len(each_person)} people: {each_person['mean'].mean():.0f}")

# %% [markdown]
# Nine people: one came back. And 95 or 61? Those with higher values were tested more often, up to eight times, and fill
# more rows, so the mean of the rows is not the mean of the people's means. For each person to count once, take each
# person's mean first, then the mean of these.
#
# The same on real people: a [US experiment](../datasets/rand_hie/datasheet.md) of the 1970s, one row for each year of
# a person (`zper`); `totadm` counts admissions to hospital. The mean of yes and no is the share of yes. **9 % of the
# rows have an admission. Of the people, how many?**

# %%
hie = pd.read_csv("../datasets/rand_hie/rand_hie.csv")
each = hie.groupby("zper").agg(years=("year", "size"), admissions=("totadm", "sum"))
print(f"{(hie['totadm'] > 0).mean():.1%} of {len(hie)} years")
print(f"{(each['admissions'] > 0).mean():.1%} of {len(each)} people")
print("years of a person:", each["years"].min(), "to", each["years"].max())

# %% [markdown]
# 23.6 % of the people, in one to five years each. Each number is wrong with the other's words: say whether you count
# years or people, and over which time.
#
# ## A picture that does not flatter
#
# You need not write such a cell; read it. Every stay is a point, the axis begins at zero, and the laboratories differ by
# shape as well as by colour. `ax` is the drawing; `show` describes it for people who do not see it.

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")
plt.rcParams["date.autoformatter.day"] = "%d %b"  # 05 Feb
fig, ax = plt.subplots(figsize=(8, 4))
for unit, mark in {"umol/L": "o", "mg/dL": "s"}.items():  # each pair: o circle, s square
    part = first[first["unit"] == unit]
    ax.plot(pd.to_datetime(part["time"]), part["umol"], mark, label=f"reported in {unit} (n = {len(part)})")
ax.axhline(limit, linestyle="--", color="black")
ax.set(ylim=(0, 200), xlabel="First result of the stay, 2025", ylabel="Creatinine (umol/L)")
ax.set_title(f"In one unit, {len(right)} of {len(first)} stays begin above the ward's line of {limit}")
ax.legend(loc="lower right")
low, high = first["umol"].min(), first["umol"].max()
squares = (right["unit"] == "mg/dL").sum()
alt = (
    f"First creatinine of {len(first)} stays over five weeks, {low:.0f} to {high:.0f} umol/L. "
    f"{len(right)} lie above the dashed line, {squares} of them squares (reported in mg/dL)."
)
show(fig, alt)

# %% [markdown]
# Squares and circles lie among each other now; three squares are above the line.
#
# ## A colleague writes R
#
# Many statisticians use the language **R**. You will not run it here, only read it: years of people of 60 and
# over in the experiment, an index of their health (`ghindx`, from the start, so it repeats each year), and their visits
# to a doctor (`mdvis`).
#
# ```r
# hie <- read.csv("rand_hie.csv")
# hie$sex <- factor(hie$female, levels = c(0, 1), labels = c("male", "female"))
# older <- subset(hie, xage >= 60)
# table(older$sex)
# mean(older$ghindx)                   # NA
# mean(older$ghindx, na.rm = TRUE)
# older$mdvis[1]
# mean(older$mdvis)
# each <- aggregate(mdvis ~ zper, data = older, FUN = mean)
# mean(each$mdvis)
# ```
#
# The same in pandas:

# %%
hie = hie.assign(sex=hie["female"].map({0: "male", 1: "female"}))
older = hie[hie["xage"] >= 60]
print("years:", older["sex"].value_counts().to_dict())  # the counts, as a dictionary
print(f"{older['ghindx'].mean():.2f} over years, without {older['ghindx'].isna().sum()} empty cells")
print(older["mdvis"].iloc[0])
print(f"{older['mdvis'].mean():.2f} in {len(older)} rows")
each = older.groupby("zper")["mdvis"].mean()
print(f"{each.mean():.2f} for {len(each)} people")

# %% [markdown]
# `hie$sex` is `hie["sex"]`; `c(0, 1)` is a vector, used like a Python list; a `factor` is a column of codes (`levels`)
# with `labels`; `table` is `value_counts`; `TRUE` is `True`. `y ~ g` in `aggregate` is "y for each g" of the table
# `data`, and `FUN` is what to take of it, as in `groupby("g")["y"].mean()`. Three traps:
#
# - `<-` gives a name, as `=` does in Python; `x < -1` compares.
# - R counts from 1: `[1]` is the first row, which pandas calls `.iloc[0]`.
# - Empty is `NA`. A `mean` with one `NA` in it is `NA`, unless `na.rm = TRUE` leaves the empty ones out. `table`, and
#   [`aggregate` with `~`](https://stat.ethz.ch/R-manual/R-devel/library/stats/html/aggregate.html), leave them out without
#   a word, as pandas does. `subset` drops rows whose condition is `NA`, as a pandas filter does.
#
# ## Take-away
#
# - Look at the type before you compare: text sorts by letters, and a date is text until you say where the day stands.
# - A number without its unit is not a result; convert by the unit that is written there.
# - Unknown is a third answer, beside high and not high.
# - Say what a row is, and whether you count rows, stays or people.
# - Test a function on a table whose answer you know. It must not change what it is given.
#
# **Say it to the ward:** "Two on your list had corrected results, three were missed because their laboratory uses
# another unit; it is ten stays, nine people."
#
# **Now you:** the exercise *The list for the diabetes nurse*, in `my-work/01_python_for_clinicians/`.
#
# ## Further reading
#
# - pandas' own [comparison with R](https://pandas.pydata.org/docs/getting_started/comparison/comparison_with_r.html).
# - The datasheets of [ward](../datasets/ward/datasheet.md) and [rand_hie](../datasets/rand_hie/datasheet.md).
