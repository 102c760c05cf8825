# %% [markdown]
# # Can I trust this table?
#
# On Monday a data team will train a model that predicts who dies within ten years of an examination. On Friday
# afternoon they send you the table: 1,629 adults examined in the United States from 1971 on, and whether they
# had died by 1992. "It is a famous public data set," says the message, "so it should be clean. Could you have
# a look?"
#
# You have a look. (Nothing to type here: run each cell, and read what it shows.)

# %% [markdown]
# {{ lesson_card }}

# %%
import pandas as pd

people = pd.read_csv("../datasets/nhefs/nhefs.csv")
print(len(people), "people, mean of hbp:", people["hbp"].mean().round(2))

# %% [markdown]
# `hbp` is 1 for a person ever told of high blood pressure and 0 for a person never told, so its mean is the share
# of people who were told of it. It says **105 %**.
#
# *New to pandas?* `people["hbp"]` is one column: one value for each person.
#
# *New to the ward?* High blood pressure is a main cause of stroke; a model of who dies will use it.
#
# 105 % is lucky: so wrong that you noticed. Diabetes comes next. **Write down which values you expect in that
# column, then run the cell.**

# %%
print("mean of diabetes:", people["diabetes"].mean().round(2))
people["diabetes"].value_counts().sort_index()

# %% [markdown]
# 98 % is just as wrong, but a hurried colleague reads "0.98" in a summary and scrolls on. There is a third value.
# The codebook (see the [datasheet](../datasets/nhefs/datasheet.md)) calls 2 "missing": 791 people, almost half, have
# no answer. Such a 2 is a **sentinel**: a number that stands for "no number". A mean takes it for twice as much
# diabetes as a 1.
#
# Five columns have this code (`pica` is eating what is not food; `hbpmed` and `boweltrouble` are medicines for blood
# pressure and the bowel). **Guess: are the 791 in each the same people, or different ones?**

# %%
five = ["hbp", "diabetes", "pica", "hbpmed", "boweltrouble"]
is_two = people[five] == 2
unknown = is_two.all(axis=1)
print(f"2 in at least one: {is_two.any(axis=1).sum()}   2 in all five: {unknown.sum()}")
answered = people.loc[~unknown, "diabetes"]
print(f"diabetes among those who answered: {answered.sum()} of {len(answered)}, {answered.mean():.1%}")
people.groupby(unknown.map({True: "no answer", False: "answered"}))["seqn"].agg(["count", "min", "max"])

# %% [markdown]
# Of the 838 who answered, 14 said yes: 1.7 %. The 791 are the same people every time, and their survey numbers
# (`seqn`) begin where the others end. The survey examined
# 23,808 people, 3,059 of them in an extra round in 1974-75 ([NCHS](https://www.cdc.gov/nchs/nhanes/nhanesi.htm)),
# so 20,749 in the first round: the cut falls just there. Probably (we infer it) the extra round was never
# *asked*, and the codebook's "in 1971" cannot be right for it.
#
# **Guess: are they older or younger than the others? Did more of them die, or fewer?**

# %%
from statsmodels.stats.proportion import proportion_confint


def share(k, n):
    """k of n people as a percentage, with its 95 % Wilson interval."""
    low, high = proportion_confint(k, n, method="wilson")
    return pd.DataFrame({"k": k, "n": n, "%": 100 * k / n, "low": 100 * low, "high": 100 * high}).round(1)


first_round = 23_808 - 3_059
assert first_round == 20_749
assert people.loc[~unknown, "seqn"].max() <= first_round < people.loc[unknown, "seqn"].min()
groups = people.groupby(people["hbp"].map({0: "no", 1: "yes", 2: "no answer"}))
share(groups["death"].sum(), groups.size()).assign(mean_age=groups["age"].mean().round(1))

# %% [markdown]
# `k` of `n` died; `low` to `high` is the 95 % interval, the shares that fit these counts. The 791 are
# younger (42.6 years on average), and 15 % died, against 21 % of those who said no and 40 % of those who said yes.
# They are not a random half.
#
# The tidy-looking way out is `dropna()`: keep only rows without a gap. **How many of 1,629 will be left?**

# %%
complete = people.dropna()
print(f"{len(complete)} of {len(people)} people left, {1 - len(complete) / len(people):.0%} gone")
print(f"gone for two questions: {people[['pregnancies', 'yrdth']].isna().any(axis=1).mean():.0%}")
complete[["sex", "death"]].value_counts()

# %% [markdown]
# Forty-four: every one a woman (`sex` 1) who died. Men have no number of pregnancies, the living no date of death.
# Most of these gaps are *true*: these two questions alone cost 93 % of the table.
#
# > **Decision point.** What do you send back on Friday evening?
# >
# > *Say nothing*, and the model learns from people who are twice diabetic. *Fill in "no"*, and you invent 791
# > healthy people; the patient whose blood pressure nobody has taken pays, because a blank now looks like good
# > news. *Drop the 791*, and the model is about other people than its title says.
# >
# > **We choose:** unknown stays unknown, written as missing, with a note on who they are. Whoever models leaves the
# > five columns out, or speaks only about the 838 who answered.

# %% [markdown]
# ## Recode what the codebook says, and nothing else
#
# Is 2 always "missing"? In `marital` it means married, in `exercise` little or none, in `active` inactive. **Guess how
# many people a search-and-replace of every 2 would unmarry.**

# %%
unknown_code = {name: 2 for name in [*five, "alcoholpy", "birthcontrol"]} | {"alcoholfreq": 5, "marital": 8}
recoded = people.copy()
for column, code in unknown_code.items():
    recoded[column] = people[column].mask(people[column] == code)

print("2 kept in:", (recoded[["marital", "exercise", "active"]] == 2).sum().to_dict())
pills = people.loc[people["birthcontrol"] == 2, "sex"]
print("birthcontrol recoded:", len(pills), "by sex:", pills.value_counts().to_dict())

# %% [markdown]
# *New to pandas?* `mask` blanks the values where a condition holds; a blank is `NaN`, which a mean leaves out.
#
# 1,279 marriages saved. `birthcontrol` shows a codebook's limit: 799 of its 806 "missing" are men (`sex` 0), to whom,
# it seems, it was not put.
#
# ## Who is missing?
#
# Three columns, as the survey recorded them: `sex`, male or female; `race`, "white" or "black or other", two boxes for
# everybody; `income` of the family in a year, in bands of dollars of the time.

# %%
bands = pd.cut(people["income"], [10, 15, 18, 22], labels=["under 5,000", "5,000-9,999", "10,000 or more"])
by = {
    "income ($)": bands.cat.add_categories("not recorded").fillna("not recorded"),
    "sex": people["sex"].map({0: "men", 1: "women"}),
    "race": people["race"].map({0: "white", 1: "black or other"}),
}
groups = {name: unknown.groupby(group, observed=True) for name, group in by.items()}
missing = pd.concat({name: share(group.sum(), group.size()) for name, group in groups.items()})
print(f"everybody: {unknown.mean():.1%}")
missing

# %% [markdown]
# A picture shows at once which groups lie far from the rest. (Two intervals that overlap a little may still belong to
# groups that differ.) **Which row stands out?**

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")
fig, ax = plt.subplots(figsize=(8, 4.6))
rows = [f"{kind}: {name} (n = {n:,})" for (kind, name), n in missing["n"].items()]
bars = [missing["%"] - missing["low"], missing["high"] - missing["%"]]
ax.errorbar(missing["%"], rows, xerr=bars, fmt="o", capsize=4)
ax.axvline(100 * unknown.mean(), color="black", linestyle="--")
ax.invert_yaxis()
ax.set(
    xlim=(0, 70),
    xlabel="No answer on diabetes (% of the group, 95 % interval)\ndashed line: all 1,629 people",
)
ax.set_title("The best-off have the most gaps")
show(
    fig,
    "Share without an answer on diabetes, with 95 % intervals. Income $10,000 or more 58 % (55 to 61), lower incomes "
    "37 to 40 %; women 51 %, men 46 %; white 50 %, black or other 40 %; all 49 %.",
)

# %% [markdown]
# The best-off: 58 % (55 to 61), against 40 % and 37 % below. Drop the gaps, and most of the best-off go. One likely
# reason: the first round took more people with low incomes, women of childbearing age and old people than their
# share, the extra round did not ([NCHS](https://www.cdc.gov/nchs/nhanes/nhanesi.htm)). Wages also rose between the two.
#
# (The survey drew clusters of people, which this file does not name: the true intervals are probably wider.)
#
# ## Rules: three kinds of question
#
# - **Conformance:** is it a value that the codebook allows?
# - **Completeness:** is there a value at all?
# - **Plausibility:** can it be true of a person?
#
# *New to pandera?* A schema is a list of rules for columns.

# %%
import pandera.pandas as pa

conformance = pa.DataFrameSchema(
    {
        "age": pa.Column(int, pa.Check.in_range(25, 74)),
        "diabetes": pa.Column(float, pa.Check.isin([0, 1]), nullable=True, coerce=True),
    }
)
completeness = pa.DataFrameSchema(
    {name: pa.Column(nullable=False) for name in ["death", "diabetes", "sbp", "income", "cholesterol"]}
)
plausibility = pa.DataFrameSchema(
    {
        "seqn": pa.Column(int, unique=True),
        "wt71": pa.Column(float, pa.Check.in_range(25, 300)),
        "smokeintensity": pa.Column(int, pa.Check.in_range(1, 100)),
        "age_began": pa.Column(int, pa.Check.ge(5, error="smoking said to begin before age 5")),
        "alive_yet_dated": pa.Column(bool, pa.Check.eq(False, error="date of death, recorded as alive")),
    }
)

# %% [markdown]
# `sbp` is the upper blood pressure (mmHg), `wt71` weight (kg), `smokeintensity` cigarettes a day. Two columns are
# made for the rules: `age_began` is age less years of smoking, `alive_yet_dated` a month of death with `death` 0.
# With `lazy=True` pandera reports every failure, not only the first. **Which schema sees the 791 before recoding, and which after?**


# %%
def failures(schema, table):
    """Each broken rule: column, rule, value, row."""
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        return error.failure_cases[["column", "check", "failure_case", "index"]]
    return pd.DataFrame(columns=["column", "check", "failure_case", "index"])


dated = (people["death"] == 0) & people["modth"].notna()
derived = {"age_began": people["age"] - people["smokeyrs"], "alive_yet_dated": dated}
tables = {"raw": people.assign(**derived), "recoded": recoded.assign(**derived)}
schemas = {"conformance": conformance, "completeness": completeness, "plausibility": plausibility}
broken = {(k, t): failures(schemas[k], tables[t]) for k in schemas for t in tables}
broken = {where: rows for where, rows in broken.items() if len(rows)}
found = pd.concat(broken, names=["kind", "table"]).reset_index()
pd.crosstab([found["kind"], found["column"]], found["table"])

# %% [markdown]
# The sentinel changes place: before recoding it breaks conformance, afterwards completeness. Nothing was mended;
# it was named. And nobody fails on weight or cigarettes: those limits ask "can this be?", not "is this usual?".
#
# A common habit is to drop whatever lies more than three **standard deviations** (one is how far values typically lie)
# from the mean. **Guess: who goes?**

# %%
sizes = people[["wt71", "smokeintensity"]]
far = ((sizes - sizes.mean()).abs() > 3 * sizes.std()).any(axis=1)
print("largest:", sizes.max().to_dict())
groups = people.groupby(far.map({True: "dropped", False: "kept"}))
share(groups["death"].sum(), groups.size())

# %% [markdown]
# 32 people, of whom 12 died: 38 % (23 to 55) against 19 %. Among them the person of 169.19 kg and the one who
# smoked 80 a day. Rare is not wrong, and a model of who dies needs exactly these.
#
# ## Quarantine: set aside, with a reason
#
# Seven rows did break a plausibility rule. They go into a table of their own.

# %%
broken = failures(plausibility, tables["recoded"])
reason = broken.groupby("index")["check"].agg("; ".join)
aside = people.loc[reason.index, ["age", "smokeyrs", "death", "modth"]].assign(reason=reason)
usable = recoded.drop(index=reason.index)
assert len(aside) + len(usable) == len(people)  # check: nobody is lost
aside

# %% [markdown]
# Nothing deleted, nothing "corrected". Look at the months: January, January, February, March. Perhaps these four
# died early in 1993, after the file closed. Then both facts are true, and setting `death` to 1 would falsify the
# record. The other three say that they began to smoke at three or four: a slip, or a story. Ask the source.
#
# ## What no range sees
#
# A range does not see a unit: `98` is a person in kilograms and in pounds, so convert only by a recorded unit. It
# does not see a visit typed in twice with other minutes: ask what makes two rows one visit (person, place, day), not
# whether all columns agree. Nor does it see a date. The team wants deaths within ten years of the examination, which
# was in 1971 to 1975. **In which year, would you guess, is the first death?**

# %%
years = people["yrdth"].agg(["min", "max"]).astype(int) + 1900
print("first and last year of death:", *years)
print("oldest at the examination:", people["age"].max())
groups = people["sbp"].isna().groupby(people["death"].map({0: "alive", 1: "died"}))
print("no blood pressure:", people["sbp"].isna().sum())
share(groups.sum(), groups.size())

# %% [markdown]
# In 1983: at least seven years after every examination without a single death, among people of up to 74. They were
# not immortal. The table holds smokers who lived until a second visit around 1982; whoever died before is not in it.
# It cannot answer Monday's question, only: who of these survivors died by 1992?
#
# `sbp` was measured at that second visit: nobody could know it in 1971. Even there it is missing for 10 % (7 to 14)
# of those who died by 1992, and for 3 % of the others.
#
# *New to the ward?* **Time zero** is the moment of the prediction. A model may use only what was known by then.
#
# ## Provenance: which copy do you hold?
#
# The team has two files of a second table, on heart disease. **Provenance** is where a
# table comes from and what was done to it. A **checksum** is a file's fingerprint: change one character, and it differs.
# `croissant.json`, beside the files, is this course's record of the fingerprints.

# %%
import hashlib
import json
from pathlib import Path

folder = Path("../datasets/hearts")
record = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
published = {file["name"]: file["sha256"] for file in record["distribution"]}["cleveland.csv"]
for name in ["cleveland.csv", "hearts_copy.csv"]:
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    print(
        name,
        pd.read_csv(folder / name).shape,
        digest[:12],
        "as recorded for cleveland.csv:",
        digest == published,
    )

# %% [markdown]
# Same 303 rows and 14 columns, another fingerprint. That proves a difference, not which file is right: a wrong file
# has a checksum too. So take the table that was compared with its
# source (the datasheet says how), and match the copy to it on all 13 findings. `target` 1 is heart disease.
# **Guess: how many labels differ?**

# %%
source, copy = pd.read_csv(folder / "cleveland.csv"), pd.read_csv(folder / "hearts_copy.csv")
findings = [name for name in source.columns if name != "target"]
both = source.merge(copy, on=findings, how="outer", suffixes=("_source", "_copy"), indicator=True)
matched = both[both["_merge"] == "both"].astype({"target_source": int, "target_copy": int})
lost, added = both[both["_merge"] == "left_only"], both[both["_merge"] == "right_only"]

person = ["age", "sex", "trestbps", "chol", "thalach", "oldpeak"]
assert not source.duplicated(person).any()  # check: in the source, these six tell everybody apart
print(f"{len(findings)} findings match in {len(matched)} rows")
print(f"lost {len(lost)}, of them with a gap {lost[findings].isna().any(axis=1).sum()}")
again = added.merge(source.dropna(), on=person)
print(f"added {len(added)}, of them here already {len(again)}, with disease {again['target'].sum()}")
print(
    f"label 0 in the copy, 1 in the source: {(matched['target_source'] > matched['target_copy']).sum() + len(again)}"
)
print(f"full rows repeated in the copy: {copy.duplicated().sum()}")
pd.crosstab(matched["target_source"], matched["target_copy"], margins=True)

# %% [markdown]
# Of 137 matched patients with heart disease, 54 are labelled 0. A model that learned this copy without one
# mistake would call those 54 well. No rule on `target` objects: every label is 0 or 1.
#
# And six patients with a gap are gone, six others, all with heart disease, stand twice with
# altered findings and the label 0: 303 again, and 60 wrong labels in all. `duplicated()` finds none of them, because no
# full row repeats.
#
# ## The datasheet entry you send on Friday
#
# What is wrong, with whom, and what not to do. Its counts are computed, not typed.

# %%
print(f"""nhefs.csv: {len(people):,} smokers first seen 1971-75, alive at a second visit around 1982
1. Unknown is coded 2 in {", ".join(five)}: the same {unknown.sum()} people
   (seqn from {people.loc[unknown, "seqn"].min():,}), younger, better off. Now missing. Do not fill with "no";
   do not drop them without saying so.
2. sbp and dbp are of 1982; sbp missing for {people["sbp"].isna().sum()}. Do not use them to predict from 1971.
3. No death before {years["min"]}: whoever died earlier is not in the file.
   Do not use for the risk of death within ten years of the examination.
4. {len(aside)} rows set aside with reasons. Ask the source; do not repair.
5. race has two boxes. Do not use to speak about any group inside "black or other".""")

# %% [markdown]
# ## Take-away
#
# - A number can stand for "no number". The codebook says where; the number alone does not.
# - Before you drop or fill, count who is missing, by group, with n and an interval.
# - Keep the rules for conformance, completeness and plausibility apart; set rows aside instead of deleting them.
# - No range sees a unit, a date or a changed label: ask when each value was known, and which copy this is.
#
# **Say it to the ward:** "For almost half of these people nobody wrote down whether they have diabetes, and that does
# not mean they are well."
#
# **Now you:** the exercise *Three clinics and two copies of a heart table*, in `my-work/12_data_quality/`.
#
# ## Further reading
#
# - Kahn MG et al. A harmonized data quality assessment terminology and framework. eGEMs 2016;4(1). [doi:10.13063/2327-9214.1244](https://doi.org/10.13063/2327-9214.1244)
# - Gebru T et al. Datasheets for datasets. Commun ACM 2021;64(12):86-92. [doi:10.1145/3458723](https://doi.org/10.1145/3458723)
# - The datasheets of [nhefs](../datasets/nhefs/datasheet.md) and [hearts](../datasets/hearts/datasheet.md).
