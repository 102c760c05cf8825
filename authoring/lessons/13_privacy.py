# %% [markdown]
# # May I share it?
#
# On Tuesday a start-up writes: "We want to predict who comes back to hospital. Could we have last year's discharge
# table by Friday? Take out the names and [hash](glossary.ipynb#cell-id=hash) the record numbers, then it is anonymous."
#
# The quality lead forwards it: "Fine with you?" Among those discharged are people who have not told their families
# what they were treated for.
#
# (Nothing to type here: run each cell, and read what it shows.)

# %% [markdown]
# {{ lesson_card }}

# %%
import pandas as pd

folder = "../datasets/identifiers/"
stays = pd.read_csv(folder + "discharges.csv", dtype={"zip": str}, keep_default_na=False)
areas = pd.read_csv(folder + "areas.csv", dtype={"zip3": str})
people = stays.drop_duplicates("mrn")  # each person's first stay
print(len(stays), "stays of", len(people), "people,", len(stays.columns), "columns")
stays[["mrn", "given_name", "sex", "birth_date", "zip", "discharge_date", "icd10", "note"]].head(2)

# %% [markdown]
# Everybody in this table is **invented**, on purpose: the keepers of `nhefs`, the table of lesson 12, forbid work on how
# to find people again ([NCHS data user agreement](../datasets/standards/README.md#nchs-data-use)).
#
# *New to the ward?* `mrn` is the medical record number, one for each person; `icd10` codes the main diagnosis.
#
# Do as you were asked. A **hash** turns a text into a code from which nobody can calculate back.

# %%
import hashlib
import time


def hashed(text):
    return hashlib.sha256(text.encode()).hexdigest()


sent = people[["sex", "birth_date", "zip", "icd10"]].assign(key=people["mrn"].map(hashed).str[:16])
sent.head(2)

# %% [markdown]
# It looks anonymous. But a record number here is an M and six digits. **How long does it take to hash every number from
# M000000 to M999999, and how many of the 420 keys fall? Write down a guess.**

# %%
start = time.perf_counter()
book = {hashed(f"M{n:06d}")[:16]: f"M{n:06d}" for n in range(1_000_000)}
undone = sent["key"].map(book)
print(f"{len(book):,} numbers tried in about {max(1, round(time.perf_counter() - start))} s")
print(f"{(undone == people['mrn']).sum()} of {len(people)} record numbers recovered")

# %% [markdown]
# All 420, in seconds: the list of possible inputs is short. A secret key, kept in the hospital, would stop outsiders, and
# still leave a **pseudonym**: with additional information it leads back to a person, so for the hospital it stays **personal
# data** ([GDPR, recital 26](../datasets/standards/README.md#gdpr-recital-26)). **Anonymous** means that no means reasonably
# likely to be used leads back.
#
# So drop the key. **How many of the 420 are the only one with their sex, birth date and ZIP code (US postal area)?**


# %%
def crowd(table, columns):
    """For each row: how many rows share its values in `columns` (the row itself included)."""
    return table.groupby(columns, dropna=False)[columns[0]].transform("size")


size = crowd(people, ["sex", "birth_date", "zip"])
print(f"alone: {(size == 1).sum()} of {len(people)} people, {(size == 1).mean():.1%}")

# %% [markdown]
# 416 of 420: 99.0 %. (In the whole US 87 % were likely unique by 1990 data, 63 % by a
# [later count](../datasets/standards/README.md#sweeney-87). Ours is higher, because alone in a file is not yet alone in the
# town.) Such columns are **quasi-identifiers**: no name, but others know them too.
#
# ## Safe Harbor as code
#
# US law offers a recipe, **[Safe Harbor](../datasets/standards/README.md#hipaa-safe-harbor)**: remove 18 classes of
# identifiers. Of dates keep the year; ages over 89 become one class; of the ZIP keep 3 digits, and only where more than
# 20,000 people live, else `000`.
#
# The code lists what may **leave**. A column nobody thought of then stays at home.


# %%
def safe_harbor(table, areas):
    """A new table with what the rule lets pass; everything else stays in the hospital."""
    large = areas.loc[areas["population"] > 20_000, "zip3"]  # more than, not at least
    zip3 = table["zip"].str[:3]
    return pd.DataFrame(
        {
            "sex": table["sex"],
            "age": table["age"].clip(upper=90),  # 90 means "90 or older"
            "zip3": zip3.where(zip3.isin(large), "000"),
            "year": table["discharge_date"].str[:4],
            "icd10": table["icd10"],
        }
    )


released = safe_harbor(stays, areas)
print("oldest:", stays["age"].max(), "->", released["age"].max())
for age in (89, 90):
    print("age", age, "->", *released.loc[stays["age"] == age, "age"].unique())
areas.assign(becomes=["kept" if z in set(released["zip3"]) else "000" for z in areas["zip3"]])

# %% [markdown]
# 89 stays, 90 is pooled; 20,001 people keep their digits, 20,000 do not. No birth year leaves either: of the oldest it says
# the age that was just pooled.
#
# Two slips are easy. **How many of the 510 rows go wrong if the ZIP is read as a number? How many rows of age 89 does "year
# minus year" call 90?**

# %%
as_number = pd.read_csv(folder + "discharges.csv")["zip"].astype(str).str[:3]
print("other first three digits:", (as_number != stays["zip"].str[:3]).sum(), "of", len(stays), "rows")
is_89 = stays["age"] == 89
years = stays["discharge_date"].str[:4].astype(int) - stays["birth_date"].str[:4].astype(int)
print("aged 89:", is_89.sum(), "rows, of them 90 by subtraction:", (is_89 & (years == 90)).sum())

# %% [markdown]
# 442 of 510 rows lose their leading zeros, and four of six at 89 are pooled a year early.
#
# ## The names in the notes
#
# The start-up would love the notes. Plan A: blank the patient's own name. Plan B: blank every name of the table in every
# note. The data set says where its 48 names are hidden. **Guess: how many does each plan leave, and how many notes without
# a name does it damage?**

# %%
import re

hidden = pd.read_csv(folder + "note_identifiers.csv").merge(stays, on="account_number")
names = hidden[hidden["class"] == "names"]


def blank(note, words):
    return re.sub(rf"\b({'|'.join(words)})\b", "___", note)


own = [{row.given_name, row.family_name} for row in stays.itertuples()]
everybody = set(stays["given_name"]) | set(stays["family_name"])
for plan, lists in {"A, own name": own, "B, every name": [everybody] * len(stays)}.items():
    after = pd.Series(map(blank, stays["note"], lists), index=stays["account_number"])
    left = [
        any(w in after[a] for w in t.split())
        for a, t in zip(names["account_number"], names["text"], strict=True)
    ]
    damaged = after.drop(names["account_number"]).str.contains("___").sum()
    print(f"plan {plan}: {sum(left)} of {len(names)} names left, {damaged} notes without a name damaged")
print("other identifiers in notes:", len(hidden) - len(names))
stays.loc[stays["note"].str.contains("mayor"), "note"].item()

# %% [markdown]
# Plan A leaves the names of relatives, which the rule counts too. Plan B cuts up "Long talk about stopping smoking", and
# finds relatives only because patients share their names. Neither
# sees the 89 telephone numbers, streets and other numbers. And no list finds the mayor: Safe Harbor also asks that nobody
# here *actually knows* a way back to a person. The notes stay at home.
#
# ## How many look like you?
#
# A table is **k-anonymous** when everybody shares their quasi-identifiers with at least k - 1 others
# ([definition](../datasets/standards/README.md#k-anonymity)). Count people, not stays. **Guess: how many are
# still alone in the Safe Harbor table?**

# %%
shared = safe_harbor(people, areas).assign(zip=people["zip"], birth_date=people["birth_date"])
shared["band"] = (shared["age"] // 10 * 10).astype(str) + "s"  # "90s" is 90 and over
releases = {
    "sex, birth date, ZIP": ["sex", "birth_date", "zip"],
    "sex, age, ZIP by Safe Harbor": ["sex", "age", "zip3"],
    "sex, 10-year band, ZIP by Safe Harbor": ["sex", "band", "zip3"],
    "sex, 10-year band": ["sex", "band"],
}
sizes = {name: crowd(shared, columns) for name, columns in releases.items()}
risk = pd.DataFrame({n: [s.min(), (s == 1).sum(), (s < 5).sum()] for n, s in sizes.items()}).T
risk.columns = ["smallest class (k)", "alone", "fewer than 5"]
risk

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")
fig, ax = plt.subplots(figsize=(8, 3.6))
for name, mark in {"fewer than 5": "o", "alone": "D"}.items():
    ax.plot(100 * risk[name] / len(people), risk.index, mark, markersize=9, label=name)
ax.invert_yaxis()
ax.set(xlim=(-3, 103), xlabel=f"Share of {len(people)} people (%)")
ax.legend(loc="lower right")
fig.suptitle("After Safe Harbor, 40 % of people are still the only one like them")
show(
    fig,
    "Share of 420 people alone, and in a class of fewer than five. Sex, birth date and ZIP: 99 and 100 %. Sex, age and "
    "ZIP by Safe Harbor: 40 and 94 %. With 10-year bands: 3 and 12 %. Sex and band without ZIP: 0 and 2 %.",
)

# %% [markdown]
# 169 of 420 are alone in a table that follows the recipe. Ten-year bands bring that to 14; without the ZIP nobody is
# alone (k = 2). (Counts of this file, not estimates: no interval.)
#
# What does it cost? The start-up asked who comes back within 30 days.

# %%
from statsmodels.stats.proportion import proportion_confint

in_order = stays.sort_values("admission_date")
back = in_order.groupby("mrn")["admission_date"].shift(-1)
gap = (pd.to_datetime(back) - pd.to_datetime(in_order["discharge_date"])).dt.days.loc[people.index]
seen = people["discharge_date"] <= "2026-05-31"  # at least 30 days left to come back
groups = (gap[seen] <= 30).groupby(
    pd.cut(people.loc[seen, "age"], [0, 64, 120], labels=["under 65", "65+"]), observed=True
)
answer = groups.agg(n="size", back="sum")
low, high = proportion_confint(answer["back"], answer["n"], method="wilson")
answer["%"], answer["low"], answer["high"] = 100 * answer["back"] / answer["n"], 100 * low, 100 * high
print("people in the band of 60 to 69, on both sides of 65:", (shared["band"] == "60s").sum())
answer.round(1)

# %% [markdown]
# At home it is one cell. The released table cannot be asked: no dates, no person, and a band that lies across 65.
# Generalising is paid for in questions. So calculate first, and send the result.
#
# ## k-anonymous is not yet safe
#
# Suppose every class with fewer than five people is removed. Everybody left hides among at least five.
# **Can a diagnosis still be read off?**

# %%
classes = shared.groupby(["sex", "band", "zip3"])["icd10"].agg(
    people="size", diagnoses="nunique", one="first"
)
large = classes[classes["people"] >= 5]
print(len(classes), "classes,", len(large), "with five people or more; with a single diagnosis:")
large[large["diagnoses"] == 1]

# %% [markdown]
# Six men in their forties in area 003, all living with [HIV](glossary.ipynb#cell-id=HIV) (`B24`). Whoever knows that a
# neighbour of that age was in this
# hospital now knows what was his to tell. **l-diversity** asks for at least l different diagnoses in each class
# ([definition](../datasets/standards/README.md#k-anonymity)); here l is 1.
#
# ## An attack, on a made-up register
#
# Somebody joins "anonymous" rows to a public list with names. Ours is fictitious; on real people this is no exercise.
# The attacker sees only "exactly one entry fits"; we know the truth. **Guess: are most single links by sex, year of birth
# and 3-digit ZIP right?**

# %%
register = pd.read_csv(folder + "register.csv", dtype={"zip": str})
truth = pd.read_csv(folder + "truth.csv").set_index("mrn")["register_id"]
coarse = {"birth_year": lambda t: t["birth_date"].str[:4], "zip3": lambda t: t["zip"].str[:3]}
patients, register = people.assign(**coarse), register.assign(**coarse)


def attack(on):
    """People by what a join to the register finds: one entry (right or wrong), several, none."""
    entries = register.groupby(on)["register_id"].agg(["size", "first"])
    hit = patients.join(entries, on=on)
    right, one = hit["first"] == hit["mrn"].map(truth), hit["size"] == 1
    return [int(rows.sum()) for rows in (one & right, one & ~right, hit["size"] > 1, hit["size"].isna())]


exact, loose = attack(["sex", "birth_date", "zip"]), attack(["sex", "birth_year", "zip3"])
found = pd.DataFrame([exact, loose], columns=["one, right", "one, wrong", "several", "none"])
found.set_axis(["sex, birth date, ZIP", "sex, birth year, 3 digits"])

# %% [markdown]
# The exact join names 142 rightly and 25 wrongly; the coarse one is wrong more often than right, 74 against 55. So
# coarsening protects, and shifts harm: somebody is refused insurance for a stranger's illness, and cannot prove that the
# row is not theirs.
#
# ## A number with noise, and a budget
#
# Often a count is enough. How many people have `B24`? With or without one person, the count changes by at most 1: its
# **sensitivity**. Add noise from a [Laplace distribution](glossary.ipynb#cell-id=Laplace-distribution) with scale sensitivity /
# **epsilon**, and the answer says almost
# nothing about whether somebody is in it ([Laplace mechanism](../datasets/standards/README.md#laplace-mechanism)). **Which epsilon
# protects better, 0.1 or 1?**

# %%
import numpy as np

dice = np.random.default_rng(13)
true = people["mrn"][people["icd10"] == "B24"].nunique()


def noisy(count, epsilon, sensitivity=1):
    return count + dice.laplace(0, sensitivity / epsilon)


print("people with B24:", true)
for epsilon in (0.1, 0.5, 1):
    answers = [noisy(true, epsilon) for _ in range(2_000)]
    low, high = np.percentile(answers, [5, 95])
    print(f"epsilon {epsilon}: 90 % of answers from {low:.0f} to {high:.0f}; first: {answers[0]:.1f}")

# %% [markdown]
# The smaller one: more noise, more privacy. At 0.1 it is too vague for 14 people; noise suits large counts. A count of
# *stays*, at most three a person, would have sensitivity 3.
#
# May they ask again? **Guess what 400 answers at epsilon 0.1 give away together.**

# %%
mean = np.mean([noisy(true, 0.1) for _ in range(400)])
spread = (
    np.sqrt(2) / 0.1 / np.sqrt(400)
)  # of such a mean; one answer has the square root of 2 times the scale
print(f"mean of 400 answers: {mean:.1f}, give or take {1.96 * spread:.1f}; epsilon spent: {400 * 0.1:.0f}")

budget, spent = 1.0, 0.0
for question, epsilon in [("B24", 0.5), ("sepsis", 0.3), ("B24 again", 0.5)]:
    if spent + epsilon > budget:
        print(f"{question}: refused, {budget - spent:.1f} left")
        continue
    spent += epsilon
    print(f"{question}: answered with epsilon {epsilon}, spent {spent:.1f} of {budget}")

# %% [markdown]
# Here the rounded mean is the truth; nearly always it lies within 1.4 of it. Epsilons add up, here to 40. So a **privacy budget** is fixed before the first
# question, each answer is charged to it, and when it is used up, the answer is no.
#
# ## What the law asks
#
# Reading and classifying, not legal advice. The hospital is invented, so we look at both laws.
#
# | Case | Read as | Where |
# |:---|:---|:---|
# | Hashed numbers, the hospital can look them up | pseudonymised: still personal data | [GDPR, recital 26](../datasets/standards/README.md#gdpr-recital-26) |
# | "Send all columns, we will see what we need" | more than the purpose needs | [GDPR, art. 5](../datasets/standards/README.md#gdpr-art-5) |
# | Diagnoses that lead to a person | prohibited unless a ground of the article applies | [GDPR, art. 9](../datasets/standards/README.md#gdpr-art-9) |
# | The model alone refuses home care | a decision by machine alone: a right against it | [GDPR, art. 22](../datasets/standards/README.md#gdpr-art-22) |
# | Health records of a whole region | an [impact assessment](glossary.ipynb#cell-id=impact-assessment) is required | [GDPR, art. 35](../datasets/standards/README.md#gdpr-art-35) |
# | More detail than Safe Harbor, a specialist documents a very small risk | the other way of the rule | [HIPAA, expert determination](../datasets/standards/README.md#hipaa-expert-determination) |
# | "The European Health Data Space is in force, so hand it over" | in force is not yet applicable: most [secondary use](glossary.ipynb#cell-id=secondary-use) from March 2029 | [EHDS](../datasets/standards/README.md#ehds) |
#
# > **Decision point.** What do you send on Friday?
# >
# > *The hashed table*: every number falls in seconds; the patients pay, because others make their illness known.
# > *The Safe Harbor table*: a recipe of US law, yet 169 people are alone by sex, age and ZIP, and it cannot answer the
# > question. *Nothing*: the patients whom a better discharge might have helped pay.
# >
# > **We choose:** the answer, not the rows: calculated here, with noise, charged to a budget. Rows go, if ever, to a named
# > partner for a named purpose, under a contract, after an assessment.

# %%
assert people["mrn"].is_unique  # each person is in one group, once: the sensitivity of each column is 1
assert risk.loc["sex, age, ZIP by Safe Harbor", "alone"] == 169
reply = answer[["n", "back"]].map(lambda count: round(noisy(count, epsilon=0.25)))
print("First discharges, and how many came back within 30 days (each column: epsilon 0.25, together 0.5)")
print(f"90 % of the noise lies within {np.log(10) / 0.25:.0f} up or down")
reply

# %% [markdown]
# ## Take-away
#
# - A hash of a short number is undone by trying all; with a key it is a pseudonym, and still personal data.
# - List what may leave. After Safe Harbor people can still be alone, or share one diagnosis with all who look like them.
# - A wrong link harms a person too.
# - Smaller epsilon, more privacy; every answer spends the budget.
#
# **Say it to the ward:** "We took the names out, and your patients can still be found. So we send the answer and keep the
# rows."
#
# **Now you:** the exercise *A table for the university*, in `my-work/13_privacy/`.
#
# ## Further reading
#
# - Li N, Li T, Venkatasubramanian S. t-Closeness: privacy beyond k-anonymity and l-diversity. ICDE 2007:106-115. [doi:10.1109/ICDE.2007.367856](https://doi.org/10.1109/ICDE.2007.367856)
# - Dwork C, McSherry F, Nissim K, Smith A. Calibrating noise to sensitivity in private data analysis. TCC 2006:265-284. [doi:10.1007/11681878_14](https://doi.org/10.1007/11681878_14)
# - The [datasheet](../datasets/identifiers/datasheet.md) of the invented register, and the [register of standards](../datasets/standards/README.md).
