# %% [markdown]
# # What does this data record, and about whom?
#
# A team of nurses has places for one in ten of the adults in its health plan: it calls them, sees to their
# medicines, books the visits that nobody booked. It wants those who need it most. A vendor sends a score of
# **next year's cost**: "whoever is ill costs money, and race is not among the inputs."
#
# You are asked to write the line **intended use** (for whom, for which decision), and to sign it.

# %% [markdown]
# {{ lesson_card }}

# %%
import pandas as pd

hie = pd.read_csv("../datasets/rand_hie/rand_hie.csv")
hie[["zper", "year", "site", "black", "xage", "hlthf", "hlthp", "mdvis", "meddol"]].head(4)

# %% [markdown]
# The table is from a US experiment of the 1970s, in which families were given an insurance plan by lot. `zper` is the
# number of a person, `mdvis` visits to a doctor, `meddol` the cost of the year (US dollars), `hlthf` and `hlthp` "my
# health is fair" and "poor", asked once, at the start.
#
# `black` is 1 for a household whose head was recorded as Black, else 0: how people were seen and treated, not their
# biology. **How many people are 20,190 rows? And which values will `black` have?**

# %%
print(len(hie), "rows,", hie["zper"].nunique(), "people, oldest:", hie["xage"].max())
hie["black"].value_counts().head(6)

# %% [markdown]
# A row is a *year* of a person: 5,912 people, none older than 64. And `black` has fractions.
#
# ## Who is in it, and who is not
#
# Group the people by what was really recorded.

# %%
from statsmodels.stats.proportion import proportion_confint

group = hie["black"].map({0: "not Black", 1: "Black"}).fillna("not recorded")
people = hie.assign(group=group).drop_duplicates("zper")
who = pd.crosstab(people["site"], people["group"])
print("not recorded:", who["not recorded"].sum(), "people,", (group == "not recorded").sum(), "rows")
print("Black people at sites 5 and 6:", who.loc[[5, 6], "Black"].sum(), "of", who["Black"].sum())
n = who["Black"] + who["not Black"]
low, high = proportion_confint(who["Black"], n, method="wilson")
who.assign(share=who["Black"] / n, low=low, high=high).round(2)

# %% [markdown]
# *New to pandas?* `map` translates each value; what is not in the list becomes empty, and `fillna` names it.
#
# For 81 people (251 rows) the race was unknown, and somebody put in the mean of the site. Rounded, everyone unknown at
# site 6 becomes Black and nobody at site 5. And 900 of 1,086 Black people live at two sites, which fit South
# Carolina ([datasheet](../datasets/rand_hie/datasheet.md)): to compare by race is to compare by place. Not in it: older
# people, other places, Hispanic or Asian people as such.
#
# ## What the score predicts
#
# Do as the vendor does: predict next year's cost of each adult from this year. The inputs are age, sex, answers about
# health, and care used; not race. Each person is scored by a model that has not seen them.

# %%
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

use = ["meddol", "inpdol", "totadm", "mdvis", "notmdvis"]
inputs = ["xage", "female", "mhi", "disea", "physlm", *use]
adults = hie[hie["child"].eq(0) & hie["black"].isin([0, 1])]
later = hie[["zper", "year", "meddol"]].assign(year=hie["year"] - 1)
years = adults.merge(later, on=["zper", "year"], suffixes=("", "_next"))
people_apart = {"groups": years["zper"], "cv": GroupKFold(5)}
by_cost = make_pipeline(StandardScaler(), LinearRegression())
years["cost_score"] = cross_val_predict(by_cost, years[inputs], years["meddol_next"], **people_apart)
years["adults"] = years["black"].map({1: "Black", 0: "not Black"})
print(len(years), "years of", years["zper"].nunique(), f"adults, {years['black'].mean():.1%} Black")

# %% [markdown]
# *New to the ward?* `mhi` is a mental health index, `disea` the per cent of a list of complaints, `physlm` being
# limited by health, `totadm` admissions, `inpdol` their cost.
#
# Is it fair? The usual test compares real with predicted cost in each group. A person has up to four rows here, so the
# **interval** (from where to where the ratio may well be) draws **people**, with all their rows. (It is still a little
# too narrow: the file does not name families,
# and the score is not trained anew.)

# %%
import numpy as np


def with_interval(table, figure, draws=200):
    """Each number of figure(table), with a 95 % interval from drawing people, not rows."""
    dice = np.random.default_rng(11)
    rows = list(table.groupby("zper").indices.values())
    samples = []
    for _ in range(draws):
        drawn = dice.integers(len(rows), size=len(rows))
        samples.append(figure(table.iloc[np.concatenate([rows[i] for i in drawn])]))
    low, high = np.quantile(samples, [0.025, 0.975], axis=0)
    return pd.DataFrame({"value": figure(table), "low": low, "high": high})


# %% [markdown]
# **Guess: for which group is the predicted cost wrong?**


# %%
def real_to_predicted(table):
    return table.groupby("adults")["meddol_next"].sum() / table.groupby("adults")["cost_score"].sum()


sizes = years.groupby("adults")["zper"].agg(years="size", people="nunique")
sizes.join(with_interval(years, real_to_predicted).round(2))

# %% [markdown]
# No error can be shown: real cost is 1.11 (0.88 to 1.33) times the predicted for Black adults and 0.98 for the others; both
# intervals hold 1 (the first also a third more than predicted). Race left out, no error seen in either group. Many would sign
# now.
#
# ## Two labels, two lists
#
# **Target:** what you want, here need. **Label:** what the model learns. A label that only stands for the target is a
# **proxy**. Keep the inputs and swap the label: fair or poor health
# (asked once, at the start, so before the care that the score sees). **A list is the tenth of the years with the
# highest score. Guess the share of Black adults on the cost list and on the health list.**

# %%
from sklearn.linear_model import LogisticRegression

years["ill"] = years["hlthf"] + years["hlthp"]
by_health = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))


def score_health(columns):
    x = years[columns].fillna(12)  # schooling is empty in four rows
    return cross_val_predict(by_health, x, years["ill"], method="predict_proba", **people_apart)[:, 1]


def share_of_list(table, scores=("cost_score", "health_score")):
    lists = {name: table[name].rank(pct=True, method="first") > 0.9 for name in scores}
    return pd.Series({name: table.loc[chosen, "black"].mean() for name, chosen in lists.items()})


years["health_score"] = score_health(inputs)
ill = years[years["ill"] == 1]
print(f"{len(ill)} years in fair or poor health, {ill['black'].mean():.0%} of Black adults")
with_interval(years, share_of_list).assign(n=len(years) // 10).round(3)

# %% [markdown]
# 8 % against 15 %, from the same inputs, with race in neither; of all years in fair or poor health 35 % are of
# Black adults. Leaving race out does not help when the *label* carries the gap. A likely reason: care that people did
# not get costs nothing.
#
# What the score may see matters as much.

# %%
years["cost, race as input"] = cross_val_predict(
    by_cost, years[[*inputs, "black"]], years["meddol_next"], **people_apart
)
years["health, care used only"] = score_health(["xage", "female", *use])
years["health, + income, schooling"] = score_health([*inputs, "income", "educdec"])
three = ["cost, race as input", "health, care used only", "health, + income, schooling"]
with_interval(years, lambda table: share_of_list(table, three)).assign(n=len(years) // 10).round(3)

# %% [markdown]
# Race put in changes the cost list little. With age, sex and care used alone, the health list holds 10 %; with income and
# schooling too, about 30 %. A new label is no cure by itself: state label *and* inputs.
#
# A US rule asks providers to look for tools with race, sex or age among the *inputs*
# ([Section 1557](../datasets/standards/README.md#section-1557)). That search finds age and sex here, and not the
# label. (Reading, not legal advice.)
#
# ## Equal score, unequal need
#
# Now cut the cost score into fifths. Inside a fifth the score treats people alike. **Are they equally ill?**

# %%
fifth = np.minimum((years["cost_score"].rank(pct=True, method="first") * 5).astype(int), 4) + 1
years["fifth"] = fifth
filled_in = [10.0, 10.6, 11.8, 13.7]  # means, see the datasheet
years["listed"] = years["disea"].mask(years["disea"].isin(filled_in))


def means(table):
    return 100 * table.groupby(["adults", "fifth"])["ill"].mean()


def complaints(table):
    return table.groupby(["adults", "fifth"])["listed"].mean()


found = {"ill": with_interval(years, means), "listed": with_interval(years, complaints)}
sizes = years.groupby(["adults", "fifth"]).agg(ill=("ill", "size"), listed=("listed", "count"))
tables = {name: rows.assign(n=sizes[name]) for name, rows in found.items()}
pd.concat(tables, axis=1).round(1)

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")
fig, axes = plt.subplots(1, 2, figsize=(9, 4.2))
for ax, rows in zip(axes, found.values(), strict=True):
    for name, style, shift in [("Black", "o-", 0.06), ("not Black", "s--", 0)]:
        part = rows.loc[name]
        bars = [part["value"] - part["low"], part["high"] - part["value"]]
        ax.errorbar(part.index + shift, part["value"], bars, fmt=style, capsize=4, label=name)
    ax.set(xlabel="Fifth of the cost score (5 = highest)", ylim=(0, None))
axes[0].set_ylabel("In fair or poor health (% of years)")
axes[1].set_ylabel("Complaints on the list (% of the list)")
axes[0].legend(title="Adults")
fig.suptitle("At the same cost score Black adults feel sicker; the list does not show it")
alt = (
    "Left: in each fifth more Black than other adults are in fair or poor health, 19 against 3 % in the "
    "lowest, 43 against 22 % in the highest. Right: per cent of the list of complaints, rising from 5 to 16 "
    "for Black adults, from 6 to 18 for the others; in no fifth higher for Black adults."
)
show(fig, alt)

# %% [markdown]
# In every fifth more Black adults are in fair or poor health: 19 % against 3 % at the bottom, 43 % against 22 % at
# the top. The list shows nothing of it.
#
# ## Is it price? Is it place? Is it need?
#
# Perhaps it is the price? Then the gap must vanish on the free plan: plan 11 (`coins` is 0 on plans with a
# [deductible](glossary.ipynb#cell-id=deductible) too). Perhaps it is the place? Then it must vanish *within* sites 5 and 6. **Guess which of the two
# makes it vanish.**


# %%
def gap(table, need="ill"):
    """Black minus not Black in tenths of the cost score, mean of the ten."""
    tenth = (table["cost_score"].rank(pct=True, method="first") * 10).clip(upper=9.99).astype(int)
    mean = table.groupby([tenth, "adults"])[need].mean().unstack()
    return pd.Series({"gap": (mean["Black"] - mean["not Black"]).mean() * (100 if need == "ill" else 1)})


parts = {
    "all": years,
    "free plan": years[years["plan"] == 11],
    "sites 5 and 6": years[years["site"] >= 5],
}
rows = {name: with_interval(part, gap).assign(years=len(part)) for name, part in parts.items()}
known = years.dropna(subset=["listed"])
rows["all, the list"] = with_interval(known, lambda t: gap(t, "listed")).assign(years=len(known))
pd.concat(rows).droplevel(1).round(1)

# %% [markdown]
# Neither: 22 percentage points in all, 24 on the free plan, 19 within the two sites. Price and place do not explain it
# all. But the list of complaints gives -0.7 percentage points of the list (-1.6 to 0.2).
#
# Which is need? A diagnosis needs a doctor to make it; a list is short where care is far. A rating says how people
# feel, and with whom they compare themselves. **Need is contested:** whoever picks the label takes sides.
#
# > **Decision point.** What do you sign?
# >
# > *Cost* is at hand for everybody; whoever got no care waits on, uncalled. *A list of diagnoses* passes over those
# > whom nobody examined. *Felt health* must be asked for; whoever does not answer waits.
# >
# > **We choose:** not cost. Ask everybody how they are, call by the answer, and show with each list who is on it and how
# > ill people just below the line are. Patients and nurses of the plan say what need means.

# %% [markdown]
# ## A proportional sample does not mend a label
#
# "Then use data from where half the people are Black." At sites 5 and 6 that is nearly so. **Guess the
# two lists there.**

# %%
south = years[years["site"] >= 5]
print(f"{len(south)} years of {south['zper'].nunique()} adults, {south['black'].mean():.0%} Black")
with_interval(south, share_of_list).assign(n=len(south) // 10).round(2)

# %% [markdown]
# 42 % of the years, 23 % of the cost list, 39 % of the health list: who is in the data and what was recorded about
# them are two questions.
#
# Obermeyer and colleagues looked at a score in use: without its gap in illness, the share of Black patients
# among those given extra help would rise from 17.7 to 46.5 % ([register](../datasets/standards/README.md#obermeyer-2019)).
# They also swapped the label; the share of Black patients
# at or above the 97th **percentile** (the value below which that many per cent lie):

# %%
swapped = pd.read_csv("../datasets/published/obermeyer_2019_labels.csv").set_index("training_label")
swapped["black_fraction"]

# %% [markdown]
# 14 % with cost, 27 % with active illnesses. Other people, decades, inputs and measures of need, the same direction:
# an echo, not a replication. Theirs is a list of illnesses, and it shows the gap; ours does not.
#
# ## The record that goes with it
#
# A **datasheet** answers for readers: what was recorded, why, about whom, not for what. **Croissant** says part
# of it to machines.

# %%
import mlcroissant as mlc

record = mlc.Dataset(jsonld="../datasets/rand_hie/croissant.json").metadata
empty = mlc.Metadata(
    name="empty",
    description="A dataset.",
    license="none",
    creators=[mlc.Person(name="somebody")],
    date_published="2026-11-23",
    version="1.0.0",
    cite_as="nobody",
)
print(record.data_limitations[0])
print("errors:", list(record.issues.errors), " errors of the empty one:", list(empty.issues.errors))

# %% [markdown]
# Both are valid: a machine can read them. Whether the limits are named, a person must ask
# ([STANDING Together](../datasets/standards/README.md#standing-together) says what).
#
# ## Take-away
#
# - Ask of each column who recorded it, when, about whom, and which values nobody gave.
# - A score can show no error on cost in any group and still pass over the sick: test need at an equal score.
# - Leaving race out, or taking a proportional sample, does not change the label.
# - Draw people, not rows; and check price, place and another measure before you name a cause.
#
# **Say it to the ward:** "This score finds people on whom we already spend money. Whoever is ill and never came is
# likely to be missing from its list."
#
# **Now you:** the exercise *Who gets the call?*, in `my-work/11_label_and_population/`.
#
# ## Further reading
#
# - Obermeyer Z et al. Dissecting racial bias in an algorithm used to manage the health of populations. Science 2019;366:447-453. [doi:10.1126/science.aax2342](https://doi.org/10.1126/science.aax2342)
# - Gebru T et al. Datasheets for datasets. Commun ACM 2021;64(12):86-92. [doi:10.1145/3458723](https://doi.org/10.1145/3458723)
# - [Croissant format specification](https://docs.mlcommons.org/croissant/docs/croissant-spec.html); the [datasheet of rand_hie](../datasets/rand_hie/datasheet.md).
