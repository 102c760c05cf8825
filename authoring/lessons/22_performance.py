# %% [markdown]
# # How good is it, in words a nurse can use?
#
# A health centre is offered a score that says, from a blood sample, who will die within five years. Whoever is above the
# line gets a visit from Sana, a community nurse, to talk about what matters while there is time. The slide says:
# *90 % accurate, a high AUC.*
#
# Sana asks: "When it rings, how often is it right? And whom do I never get to see?" The slide answers neither. You have
# until Thursday.

# %% [markdown]
# {{ lesson_card }}

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

people = pd.read_csv("../datasets/flchain/flchain.csv")
people["died"] = ((people["death"] == 1) & (people["futime"] <= 1826)).astype(int)
people["male"] = (people["sex"] == "M").astype(int)
people["log_flc"] = np.log(people["kappa"] + people["lambda"])
known = people[(people["died"] == 1) | (people["futime"] >= 1826)]
train, test = known[known["sample.yr"] <= 1997], known[known["sample.yr"] >= 1998].copy()
inputs = ["age", "male", "log_flc"]
model = LogisticRegression(C=1e6, max_iter=1000).fit(train[inputs], train["died"])
test["risk"] = model.predict_proba(test[inputs])[:, 1]
print(
    f"{len(people) - len(known)} left out, {len(train)} to train, {len(test)} to test, youngest {test['age'].min()}"
)
print("died within five years:", test["died"].sum())

# %% [markdown]
# Residents of one US county, 50 or older, followed from their blood sample; *died* means within 1,826 days. We leave out
# 195 people alive with a shorter follow-up, so deaths look a little commoner than they were. The model learned from
# samples of 1995 to 1997 and is judged on 1,639 people of 1998 to 2003, of whom 177 died (lesson 21). One row is one
# person.
#
# *New to the ward?* Light chains are parts of antibodies; more of them go with earlier death. An author
# of the study does not recommend them for screening ([datasheet](../datasets/flchain/datasheet.md)), and nor do we.
#
# The slide calls a risk of 0.5 or more an alarm. **How accurate is somebody who never rings at all?**

# %%
alarm = test["risk"] >= 0.5
print(f"model: {(alarm == test['died']).mean():.1%} right")
print(f"never rings: {(test['died'] == 0).mean():.1%} right")

# %% [markdown]
# 90.5 % against 89.2 %. "Nobody dies" is almost as accurate, and finds no one: **accuracy** mostly counts the many who
# live.
#
# ## Four counts
#
# Everything at a **threshold** (the line from which on it rings) comes from four counts.


# %%
def counts(outcome, risk, threshold):
    rings, ill = risk >= threshold, outcome == 1
    tp, fp = (rings & ill).sum(), (rings & ~ill).sum()
    fn, tn = (~rings & ill).sum(), (~rings & ~ill).sum()
    return pd.Series({"tp": tp, "fp": fp, "fn": fn, "tn": tn})


def rates(four):
    tp, fp, fn, tn = four[["tp", "fp", "fn", "tn"]]
    return {
        "sensitivity": (tp, tp + fn),
        "specificity": (tn, tn + fp),
        "ppv": (tp, tp + fp),
        "npv": (tn, tn + fn),
    }


pd.DataFrame({t: counts(test["died"], test["risk"], t) for t in (0.05, 0.1, 0.2, 0.5)}).T

# %% [markdown]
# `tp` (**true positives**) died with an alarm, `fn` (**false negatives**) without; `fp` (**false positives**) lived
# with one, `tn` (**true negatives**) without. Four rates, four denominators:
#
# - **Sensitivity of a test:** of those who *died*, the share with an alarm.
# - **Specificity:** of those who *lived*, the share without.
# - **PPV** (positive predictive value): of the *alarms*, the share who died. Sana's first question.
# - **NPV:** of the people *without* an alarm, the share who lived.
#
# **Guess the sensitivity at 0.5, the line on the slide.**

# %%
from statsmodels.stats.proportion import proportion_confint

lines = {}
for threshold in (0.1, 0.5):
    for name, (k, n) in rates(counts(test["died"], test["risk"], threshold)).items():
        low, high = proportion_confint(k, n, method="wilson")
        lines[threshold, name] = {"share": k / n, "low": low, "high": high, "k": k, "n": n}
pd.DataFrame(lines).T.astype({"k": int, "n": int}).round(2)

# %% [markdown]
# At 0.5 it finds 21 % of those who die. At 0.1 it finds 77 %, and 28 % of its 481 alarms are right. The intervals (95 %,
# [Wilson's](glossary.ipynb#cell-id=Wilson-interval)) take model and threshold as given.
#
# > **Decision point.** Where is the line?
# >
# > High: people die without the talk. Low: Sana speaks of dying to people who live on, and has no time for others.
# > 0.5 is what software does when nobody chooses.
# >
# > **We choose** 0.1, with Sana: she can make that many visits and thinks a talk too early the smaller harm. We chose looking
# > at these people, so the rates at 0.1 may flatter a little.
#
# ## One number for all of it?
#
# **F1** is 2 TP / (2 TP + FP + FN). **Which line is better, 0.05 or 0.5? Ask F1.** Then add 10,000 who live, without
# alarm.

# %%
from sklearn.metrics import accuracy_score, f1_score

for threshold in (0.05, 0.5):
    rings = (test["risk"] >= threshold).astype(int)
    padded = np.append(test["died"], np.zeros(10_000)), np.append(rings, np.zeros(10_000))
    print(threshold, rings.sum(), "alarms,", f"F1 {f1_score(test['died'], rings):.2f},", end=" ")
    print(f"with 10,000 more: F1 {f1_score(*padded):.2f}, accuracy {accuracy_score(*padded):.3f}")

# %% [markdown]
# 781 alarms or 55: F1 is 0.32 and 0.33. It weighs both errors as nobody chose, and 10,000 people who are rightly left
# alone do not move it. A task group asks that no model gain by telling other risks than the true ones; and that a measure
# be purely about statistics or purely about decisions, with the harms weighed on purpose. F1 alone of 32 has neither
# property ([register](../datasets/standards/README.md#core-performance)).
#
# ## Say it in people
#
# Rates are easily swapped, people are not. Round three counts; the others are what is left, so that all add up.


# %%
def in_people(sensitivity, specificity, share, of=1000):
    ill = round(share * of)
    found = round(sensitivity * ill)
    false = round((1 - specificity) * (of - ill))
    return {
        "of": of,
        "die": ill,
        "found": found,
        "missed": ill - found,
        "alarms": found + false,
        "false": false,
    }


at_01 = {name: k / n for name, (k, n) in rates(counts(test["died"], test["risk"], 0.1)).items()}
in_people(at_01["sensitivity"], at_01["specificity"], test["died"].mean())

# %% [markdown]
# Of 1,000 people like these, 108 die within five years. It rings for 293: 83 of them die, 210 do not. It misses 25.
#
# ## Does it travel?
#
# *New to the ward?* Diabetes can damage the retina; photographs find it. How common it is among the people in front of
# you is the **prevalence**. A network had, at the threshold chosen to miss few (its *sensitive point*), 97.5 %
# sensitivity and 93.4 % specificity for damage that an eye doctor should see (*referable*)
# ([register](../datasets/standards/README.md#gulshan-2016)). **In a clinic where 2 % have it, what share of the referrals
# is right?**


# %%
def carry(sensitivity, specificity, prevalence):
    true, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    missed, quiet = (1 - sensitivity) * prevalence, specificity * (1 - prevalence)
    return {"ppv": true / (true + false), "npv": quiet / (quiet + missed)}


points = pd.read_csv("../datasets/published/gulshan_2016.csv")
eyes = points[(points["test_set"] == "EyePACS-1") & (points["operating_point"] == "sensitive")].iloc[0]
ill, well = eyes["referable"], eyes["gradable"] - eyes["referable"]
sens, spec = eyes["sensitivity_percent"] / 100, eyes["specificity_percent"] / 100
sens_low, sens_high = proportion_confint(sens * ill, ill, method="wilson")
spec_low, spec_high = proportion_confint(spec * well, well, method="wilson")
rates_at = {"ppv": (sens, spec), "both low": (sens_low, spec_low), "both high": (sens_high, spec_high)}
print(f"of {eyes['gradable']} photographs sensitivity is from {ill}, specificity from {well}")
travel = {name: {p: carry(*pair, p)["ppv"] for p in (0.02, 0.08, 0.3)} for name, pair in rates_at.items()}
pd.DataFrame(travel).rename_axis("prevalence").round(2)

# %% [markdown]
# 23 %, 56 % and 86 %: **the PPV belongs to the clinic, not to the test.** The last two columns put both rates at one
# end of their intervals. They take photographs as independent, which two eyes are not. (The 8,878 that the paper prints is
# likely a slip, [datasheet](../datasets/published/datasheet.md); it makes no difference here.) Carrying assumes that both
# rates stay the same, and leaves out photographs that cannot be graded: in Thai clinics, 21 % of the images
# ([register](../datasets/standards/README.md#beede-2020)).
#
# **Carry Sana's score to people of 70 and more, of whom 33 % die. What is the PPV there?**

# %%
old = test["age"] >= 70
rows = {}
for name, group in {"all": test, "under 70": test[~old], "70 and over": test[old]}.items():
    found = rates(counts(group["died"], group["risk"], 0.1))
    rows[name] = {"n": len(group), "died": f"{group['died'].mean():.0%}"}
    for rate in ("sensitivity", "specificity", "ppv"):
        low, high = proportion_confint(*found[rate], method="wilson")
        rows[name][rate] = f"{found[rate][0] / found[rate][1]:.2f} ({low:.2f}-{high:.2f})"
    carried = carry(at_01["sensitivity"], at_01["specificity"], group["died"].mean())
    rows[name]["ppv carried"] = round(carried["ppv"], 2)
pd.DataFrame(rows).T

# %% [markdown]
# Carried: 62 %. Real: 35 %. Age is in the score, so it rings for nearly everybody of 70 and more: sensitivity 97 %,
# specificity 9 %. Under 70 the carried PPV is right by luck: both rates moved, and their errors cancel. All rates depend on
# the **case mix**, on who the ill and the well are. Carry to guess; count there to know.
#
# ## What AUC says
#
# Take one person who died and one who lived. Who had the higher risk? Do it for all pairs; a tie counts half.

# %%
from curriculum.validation import bootstrap_interval  # taught in lesson 11
from sklearn.metrics import roc_auc_score

dead, alive = (test.loc[test["died"] == d, "risk"].to_numpy() for d in (1, 0))
higher = (dead[:, None] > alive).sum()
ties = (dead[:, None] == alive).sum()
pairs = len(dead) * len(alive)


def auc(ill, score):  # the same from ranks, which is quick
    ranks, n = score.rank(), ill.sum()
    return (ranks[ill].mean() - (n + 1) / 2) / (len(ill) - n)


print(f"{higher:,} won and {ties} tied of {pairs:,} pairs: {(higher + ties / 2) / pairs:.4f}")
print(f"{roc_auc_score(test['died'], test['risk']):.4f}, {auc(test['died'] == 1, test['risk']):.4f}")
bootstrap_interval(test, lambda t: roc_auc_score(t["died"], t["risk"])).assign(n=len(test)).round(2)

# %% [markdown]
# 0.85 (0.82 to 0.88) is the chance that a person who died, drawn at random, had a higher score than one who lived. It is
# not "85 % right": no threshold is in it. A score ten times as high has the same AUC, so an AUC cannot say whether a risk
# of one in five means one in five.
#
# The task group names four things to report: AUROC (this AUC), a [calibration](glossary.ipynb#cell-id=calibration) plot (lesson 23),
# a measure such as [net benefit](glossary.ipynb#cell-id=net-benefit) with a [decision curve](glossary.ipynb#cell-id=decision-curve)
# (lesson 24), and a plot of the predicted risks by outcome:

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")
fig, axes = plt.subplots(2, 1, figsize=(7, 5), sharex=True)
for ax, risks, who, hatch in zip(axes, (dead, alive), ("died", "lived"), ("//", ""), strict=True):
    each = np.full(len(risks), 100 / len(risks))
    ax.hist(100 * risks, np.arange(0, 101, 5), weights=each, hatch=hatch, edgecolor="white")
    ax.axvline(10, color="black", linestyle="--")
    ax.set(ylabel=f"% of {len(risks):,} who {who}", ylim=(0, 60))
axes[0].annotate("alarm from 10 %", (10, 50), (14, 50))
axes[1].set_xlabel("Predicted risk of death within five years (%)")
fig.suptitle("Higher risks among those who died, and no line that parts the two")
below, above = (dead < 0.1).mean(), (alive >= 0.1).mean()
print(f"died: {below:.0%} below the line; lived: {above:.0%} above it")
alt = f"Predicted risks. Of those who died {below:.0%} are below 10 %, of those who lived {above:.0%} above."
show(fig, alt)

# %% [markdown]
# ## How sure?
#
# The **bootstrap** draws from the table again and again, but *what*? Sana's table has one row a person. Two others have
# more: eyes in a laser trial, and years
# of adults (lesson 11). **For which figure does it matter most whether you draw rows
# or people?**

# %%
hie = pd.read_csv("../datasets/rand_hie/rand_hie.csv")
later = hie[["zper", "year", "mdvis"]].assign(year=hie["year"] - 1)
years = hie[hie["child"] == 0].merge(later, on=["zper", "year"], suffixes=("", "_next"))
years["goes"], years["ill"] = years["mdvis_next"] > 0, years["hlthf"] + years["hlthp"] > 0
years = years[["zper", "mdvis", "goes", "ill"]]
eyes_lost = pd.read_csv("../datasets/retinopathy/retinopathy.csv")
figures = {
    "eyes that lost sight": (eyes_lost, "id", lambda t: t["status"].mean()),
    "AUC, visits: goes next year": (years, "zper", lambda t: auc(t["goes"], t["mdvis"])),
    "AUC, visits: feels ill": (years, "zper", lambda t: auc(t["ill"], t["mdvis"])),
}
rows = {}
for name, (table, person, figure) in figures.items():
    one, whole = (bootstrap_interval(table, figure, by, 1000).iloc[0] for by in (None, person))
    rows[name] = {"people": table[person].nunique(), "rows": len(table), "value": round(one["value"], 3)}
    for unit, found in (("rows", one), ("people", whole)):
        rows[name][f"{unit} drawn"] = f"{found['low']:.3f}-{found['high']:.3f}"
    rows[name]["ratio of widths"] = round((whole["high"] - whole["low"]) / (one["high"] - one["low"]), 1)
pd.DataFrame(rows).T

# %% [markdown]
# Two eyes, one of them treated, are little alike here: about 1.1. Who goes to a doctor often goes again: about 1.2. But
# "my health is fair or poor" was asked *once* and copied into each year: about 1.5. (The draws themselves move each ratio
# by about a tenth.) **Always draw people.**
#
# At the edges, none or all of a few, the usual formula `p ± 1.96 √(p(1-p)/n)` (**Wald**) fails. **Of those younger than 60 at
# their blood sample who died within five years, how many does the score find at 0.5?**

# %%
young = test[(test["age"] < 60) & test["died"].eq(1)]
k, n = (young["risk"] >= 0.5).sum(), len(young)
for method in ("normal", "wilson"):
    print(method, k, "of", n, np.round(proportion_confint(k, n, method=method), 2))

# %% [markdown]
# None of 22. Wald is certain that it never finds one (0 to 0); Wilson says 0 to 15 %.
#
# ## How many people does it take?
#
# **O/E** is deaths **observed** divided by deaths **expected**, the sum of the risks. With a share φ of events among n people O
# is [binomial](glossary.ipynb#cell-id=binomial); its [standard error](glossary.ipynb#cell-id=standard-error) divided by its mean, and
# so the SE of ln(O/E), is about √((1 - φ)/(φ n)). Turned round:
# (1 - φ)/(φ SE²) people ([register](../datasets/standards/README.md#riley-2021)). The interval should be 0.2 wide around 1.
# **Were 1,639 people enough?**


# %%
def people_needed(phi, width):
    se = np.arcsinh(width / 2) / 1.96  # exp(1.96 SE) - exp(-1.96 SE) = width
    return int(np.ceil((1 - phi) / (phi * se**2)))


phi = test["died"].mean()
n = people_needed(phi, 0.2)
print("needed:", n, "people, about", round(n * phi), "deaths")
ratio = np.random.default_rng(22).binomial(n, phi, 5_000) / (n * phi)
reach = np.exp(1.96 * np.sqrt((1 - ratio * phi) / (ratio * phi * n)))
print(f"simulated: width {np.mean(ratio * reach - ratio / reach):.3f}, ", end="")
print(f"{np.mean((ratio / reach < 1) & (ratio * reach > 1)):.1%} of the intervals hold 1")
reach = np.exp(1.96 * np.sqrt((1 - phi) / test["died"].sum()))
value = test["died"].sum() / test["risk"].sum()
print(f"here: O/E {value:.2f}, from {value / reach:.2f} to {value * reach:.2f}")

# %% [markdown]
# No: it takes 3,184 people, about 344 deaths; ours give 0.91 to 1.21. The simulation, in which the risks are right, bears
# the formula out. It takes E as known, and the [calibration slope](glossary.ipynb#cell-id=slope) can ask for more. "100 events" is no rule
# ([register](../datasets/standards/README.md#riley-2024)).
#
# On Thursday go back: AUC and plot; the rates at 0.1 with n, intervals and reason; and this.

# %%
low, high = proportion_confint(test["died"].sum(), len(test), method="wilson")
print(f"of 1000 die {1000 * low:.0f} to {1000 * high:.0f}")
in_people(at_01["sensitivity"], at_01["specificity"], test["died"].mean())

# %% [markdown]
# ## Take-away
#
# - Say of whom each rate is the share; give n, interval, threshold, and why it is there.
# - PPV changes with prevalence, all rates with the people: count where it will be used.
# - AUC is about pairs; accuracy and F1 are no headline.
# - Draw people, not rows; plan how many before you start.
#
# **Say it to the ward:** "Of 1,000 people like these about 108 die within five years (94 to 124); it rings for 293,
# rightly for 83, and misses 25."
#
# **Now you:** the exercise *Who will be back in a bed?*, in `my-work/22_performance/`.
#
# ## Further reading
#
# - Van Calster B et al. Performance evaluation of predictive AI models to support medical decisions. Lancet Digit Health 2025. [doi:10.1016/j.landig.2025.100916](https://doi.org/10.1016/j.landig.2025.100916)
# - Riley RD et al. Evaluation of clinical prediction models (part 3). BMJ 2024;384:e074821. [doi:10.1136/bmj-2023-074821](https://doi.org/10.1136/bmj-2023-074821)
