# %% [markdown]
# # Is it worth an alarm?
#
# Ines has the night on a medical ward. A red banner says that somebody may have [sepsis](glossary.ipynb#cell-id=sepsis). She
# walks to the bed, measures,
# draws blood, wakes the doctor. Mostly it was nothing, and the people next door waited. Some with sepsis
# never had a banner.
#
# Her director asks: "Does the banner stay on?" You have until the end of her shift.

# %% [markdown]
# {{ lesson_card }}

# %%
import pandas as pd

wong = pd.read_csv("../datasets/published/wong_2021.csv").set_index("item")["value"]
n, alerted = int(wong["stays"]), int(wong["stays_with_alert"])
fn = int(wong["false_negative"])
tp = int(wong["stays_with_sepsis"]) - fn
fp = alerted - tp
tn = n - tp - fp - fn
pd.DataFrame({"sepsis": [tp, fn], "no sepsis": [fp, tn]}, index=["banner", "no banner"])

# %% [markdown]
# Counts for such a banner stand in print: 38,455 stays in one US hospital
# ([Wong 2021](../datasets/standards/README.md#wong-2021)). "Banner" is at least one in the stay.
# TP (true positives): banner and sepsis. FP: banner, no sepsis.
#
# *New to pandas?* `set_index("item")["value"]` makes a list that you ask by name.
# *New to the ward?* Sepsis: the body's answer to an infection harms its own organs. Hours count.
#
# ## Two ways to count, two wrong answers
#
# Two rivals need no model: walk to **everybody**, or to **nobody**. **Which of the three finds most sepsis? Which is
# right most often?**

# %%
choices = pd.DataFrame(
    {"TP": [tp, tp + fn, 0], "FP": [fp, fp + tn, 0]}, index=["banner", "everybody", "nobody"]
)
choices["right"] = (choices["TP"] + n - (tp + fn) - choices["FP"]) / n
print(f"{alerted} stays with a banner: {alerted / tp:.1f} for each true one, {tp / alerted:.1%} true")
print(f"18 % of all stays: {0.18 * n:,.0f}")
choices.round(3)

# %% [markdown]
# Counted by sepsis found, *everybody* is best: 2,552 against 843. Counted by being right, *nobody* is best: 93 %
# against 80 %. Both counts forget what a needless walk costs. The banner makes 8.3 walks for each stay with sepsis
# that it finds. (The paper's rounded 18 % would give 6,922 stays with a banner, not the printed 6,971.)
#
# ## From harms to a threshold
#
# So ask Ines: "How many needless walks would you *accept* for one that finds sepsis?" Not how many there are; how
# many are acceptable. Say 19. Then a needless walk harms a nineteenth of what a right one helps, and walking is worth
# it from a risk of 1 in 1 + 19 on. **Which threshold is that? And for 9?**

# %%
needless = pd.Series([19, 9, 17 / 3])
weights = pd.DataFrame({"needless for one right": needless, "threshold": 1 / (1 + needless)})
weights["weight"] = weights["threshold"] / (1 - weights["threshold"])
weights.round(3)

# %% [markdown]
# 19 gives 5 %, 9 gives 10 %. (15 %, used below, stands for 5.7.) The **weight** of a needless walk, 1 / 9, is the
# **odds** t / (1 - t) of the threshold, not the threshold. Who accepts fewer needless walks has a higher one.
#
# ## Net benefit by hand
#
# **Net benefit** is true positives minus *weighted* false positives, over **all** n stays
# ([Vickers 2019](../datasets/standards/README.md#net-benefit)):
#
# ```
# TP / n  -  FP / n  x  t / (1 - t)
# ```
#
# Nobody is always 0. **Ines says 19. Does the banner beat everybody?**

# %%
import numpy as np


def per_1000(tp, fp, n, t):
    """Net benefit for each 1,000 stays."""
    return 1000 * (tp - fp * t / (1 - t)) / n


dice = np.random.default_rng(24)
drawn = dice.multinomial(n, np.array([tp, fp, fn, tn]) / n, size=2_000).T  # 2,000 tables like this one
rows = {}
for t in (0.05, 0.10, 0.15):
    gain = per_1000(drawn[0], drawn[1], n, t) - per_1000(drawn[0] + drawn[2], drawn[1] + drawn[3], n, t)
    banner, everybody = per_1000(tp, fp, n, t), per_1000(tp + fn, fp + tn, n, t)
    own = np.quantile(per_1000(drawn[0], drawn[1], n, t), [0.025, 0.975])
    better = np.quantile(gain, [0.025, 0.975])
    rows[f"{t:.0%}"] = [n, banner, *own, everybody, 0, banner - everybody, *better]
names = ["n", "banner", "banner low", "banner high", "everybody", "nobody", "banner - everybody"]
names += ["difference low", "difference high"]
pd.DataFrame(rows, names).T.astype({"n": int}).round(1)

# %% [markdown]
# At 5 % the banner has 13.5 and everybody 17.2: the banner is *worse*, by 3.7 (95 % interval 1.6 to 5.9). At 10 %
# it is the best of three, with 4.2: as good as finding 4.2 stays with sepsis in a thousand without one needless walk. At
# 15 % it has -6.2: switch it off. Same banner, same patients; only the answer about harm has changed.
#
# (The intervals draw stays, not the [27,697 people](../datasets/standards/README.md#wong-2021); who had several is not in
# print, so they may be too narrow.)
#
# **Between which thresholds is the banner best? Guess from the table.**

# %%
from statsmodels.stats.proportion import proportion_confint

ends = {"from: sepsis without a banner": (fn, fn + tn), "to: sepsis with a banner": (tp, tp + fp)}
limits = pd.DataFrame(ends, ["count", "n"]).T
limits["share"] = limits["count"] / limits["n"]
low, high = proportion_confint(limits["count"], limits["n"], method="wilson")
t1, t2 = limits["share"]
assert abs(per_1000(tp, fp, n, t1) - per_1000(tp + fn, fp + tn, n, t1)) < 1e-9  # as good as everybody
assert abs(per_1000(tp, fp, n, t2)) < 1e-9  # as good as nobody
limits.assign(low=low, high=high, needless_for_one_right=1 / limits["share"] - 1).round(3)

# %% [markdown]
# From 5.4 %, 1 - NPV (the share with sepsis among those without a banner), to 12.1 %, the PPV (the share among those
# with one): for whoever accepts 7.3 to 17.4 needless walks for a right one. Below 5.4 % even a stay without a banner
# is worth a walk; above 12.1 % not even one with a banner is
# ([our arithmetic](../datasets/standards/README.md#esm-net-benefit)).
#
# And this is kind to the banner: each true one counts as a gain. Of the 843, only 183 had not had antibiotics in time; of
# the 1,709 without a banner, 679. **What if only these gain, and all other walks are needless?**

# %%
in_time = int(wong["caught_and_not_treated_in_time"])
unseen = fn - int(wong["missed_and_treated_in_time"])  # no banner, and no antibiotics in time
strict = per_1000(in_time, alerted - in_time, n, 0.10)
strict_all = per_1000(in_time + unseen, n - in_time - unseen, n, 0.10)
print(f"gain: {in_time} of {tp} with a banner, {unseen} of {fn} without")
print(f"net benefit at 10 %: banner {strict:.1f}, everybody {strict_all:.1f}")
ends = pd.Series({"from": unseen / (n - alerted), "to": in_time / alerted})
pd.DataFrame({"best, %": 100 * ends, "needless for one right": 1 / ends - 1}).round(1)

# %% [markdown]
# Then the banner does harm at 10 %: -14.9 (everybody -86.2). It would be best only from 2.2 to 2.6 %, for 37 to 45
# needless walks. Net benefit belongs to an *act that changes something*; say which.
#
# ## A stay counts once
#
# Ines counts banners; the paper counts stays. A made-up log ([vendor](../datasets/vendor/datasheet.md), **synthetic**, two
# scores a stay) shows the difference. **How many alerts were shown for each *alerted* stay with a bad
# outcome?**

# %%
log = pd.read_csv("../datasets/vendor/predictions.csv")
log = log.drop_duplicates(["stay_id", "temperature", "lactate", "score"])  # rows written or sent twice
stays = pd.read_csv("../datasets/vendor/stays.csv").merge(pd.read_csv("../datasets/vendor/outcomes.csv"))
stays = stays[stays["admitted"].str[5:7].between("02", "06")]  # alerts shown, one version, all outcomes known
log = log.merge(stays[["stay_id", "person_id", "outcome"]])
shown = log[log["alert_shown"] == 1]
once = shown.drop_duplicates("stay_id")
bad = int(once["outcome"].sum())
people = once["person_id"].nunique()
print(f"{len(shown)} alerts in {len(once)} stays of {people} people; bad outcome: {bad} stays")
print(f"for each of these: {len(shown) / bad:.1f} alerts, {len(once) / bad:.1f} stays")

# %% [markdown]
# 215 alerts, 117 stays, 39 with a bad outcome (death or intensive care): 5.5 alerts for each, but 3.0 stays. Net
# benefit counts whoever the act is for, once; the nurse's feet count alerts. Report both.
#
# ## What a ward can answer
#
# One nurse can follow up **four new stays a week** here: a limit of staff, not of harm. Say the harms ask for 10 %. **How many more bad outcomes go without an alarm if she keeps to four?**

# %%
highest = log.groupby("stay_id")["score"].max().rename("score")
stays = stays.merge(highest, on="stay_id")
weeks = 150 / 7  # February to June
per_week = pd.Series({t: (stays["score"] >= t).sum() / weeks for t in sorted(stays["score"].unique())})
budget = per_week[per_week <= 4].index[0]  # the lowest score that keeps to four, with everybody who ties
levels = [0.10, 0.20, budget]
print(len(stays), "stays, bad outcome:", int(stays["outcome"].sum()), "; threshold of the budget:", budget)

# %%
from curriculum.validation import bootstrap_interval


def over_everybody(table):
    """Net benefit of each level less that of going to everybody, weighed with the harms' 10 %."""
    everybody = per_1000(table["outcome"].sum(), (1 - table["outcome"]).sum(), len(table), 0.10)
    act = {t: table.loc[table["score"] >= t, "outcome"] for t in levels}
    return pd.Series(
        {t: per_1000(y.sum(), (1 - y).sum(), len(table), 0.10) - everybody for t, y in act.items()}
    )


counts = pd.DataFrame({"stays": [(stays["score"] >= t).sum() for t in levels]}, index=levels)
counts["found"] = [int(stays.loc[stays["score"] >= t, "outcome"].sum()) for t in levels]
counts["missed"] = int(stays["outcome"].sum()) - counts["found"]
# the interval of lesson 11: draws people, each with all their stays
gain = bootstrap_interval(stays, over_everybody, cluster="person_id", seed=24)
counts.join(gain.rename(columns={"value": "over everybody"})).assign(n=len(stays)).round(1)

# %% [markdown]
# Four a week means .285 instead of .10, and 38 of 72 bad outcomes without an alarm instead of 23: the price of the budget
# is fifteen. So say two thresholds, what the harms ask for and what the staff allows. The gap is a request for staff.
# (Over everybody no level shows a gain, at .10 16.7 for each 1,000 stays, -5.1 to 36.5: 72 are too few to tell.)
#
# These wards acted on the alerts. Whoever was saved by one counts here as a needless walk, so the score looks worse than it
# is.
#
# ## A whole decision curve
#
# With a risk for each person, look at every threshold. Real people now
# ([flchain](../datasets/flchain/datasheet.md)), aged fifty or more, in one county. A nurse offers a visit to talk about what
# people want should they fall ill. Whoever dies within five years of the blood sample should have had it.
#
# The model is that of lesson 21, trained on 1995 to 1997 and judged on 1998 to 2003; its rival is age alone.

# %%
from sklearn.linear_model import LogisticRegression

flc = pd.read_csv("../datasets/flchain/flchain.csv")
died = flc["death"].eq(1) & flc["futime"].le(1826)
flc = flc.assign(died=died.astype(int), male=flc["sex"].eq("M").astype(int))
flc["log_flc"] = np.log(flc["kappa"] + flc["lambda"])
known = flc[died | flc["futime"].ge(1826)]
train = known[known["sample.yr"] <= 1997]
for name, columns in {"model": ["age", "male", "log_flc"], "age alone": ["age"]}.items():
    fit = LogisticRegression(C=1e6, max_iter=1000).fit(train[columns], train["died"])
    flc[name] = fit.predict_proba(flc[columns])[:, 1]
late = flc[flc["sample.yr"] >= 1998]
test = late.loc[late.index.intersection(known.index)]
print(f"{len(train)} people to train, {len(test)} to judge, of whom {test['died'].sum()} died")
print(f"of 1998 to 2003 left out, alive with less than five years: {len(late) - len(test)}")

# %% [markdown]
# *New to the ward?* Free light chains (kappa, lambda) are parts of antibodies; more of them goes with earlier death.
#
# A talk too early costs an hour and may frighten; one too late cannot be given. Suppose people accept four needless
# visits for a right one, or nineteen: thresholds of 20 % to 5 %. **Fix the range before you see a curve.**
#
# `dcurves` does what you did by hand, with 1,639 people. Whoever has exactly the threshold gets a visit (`>=` in its
# source). **Above which threshold will visiting everybody do harm?**

# %%
from curriculum.validation import net_benefit
from dcurves import dca

thresholds = np.arange(1, 41) / 100
curve = dca(test, "died", ["model", "age alone"], thresholds=thresholds)
wide = 1000 * curve.pivot(index="threshold", columns="model", values="net_benefit")
wide = wide.rename(columns={"all": "everybody", "none": "nobody"})


def by_hand(table, risk, t):
    y = table.loc[table[risk] >= t, "died"]
    return per_1000(y.sum(), (1 - y).sum(), len(table), t)


for t in thresholds:
    assert abs(by_hand(test, "model", t) - wide.loc[t, "model"]) < 1e-9
    assert abs(by_hand(test, "model", t) - 1000 * net_benefit(test["died"], test["model"], t)) < 1e-9
print(f"died: {test['died'].mean():.1%}")
wide.loc[[0.05, 0.10, 0.11, 0.20]].round(1)

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")
fig, ax = plt.subplots()
ax.axvspan(5, 20, color="0.92", label="thresholds chosen before")
styles = {"model": ("-", 3), "age alone": ("--", 2), "everybody": ("-.", 2), "nobody": (":", 2)}
for name, (line, width) in styles.items():
    ax.plot(100 * wide.index, wide[name], line, marker="", linewidth=width, label=name)
ax.set(xlim=(1, 40), ylim=(-25, 105), xlabel="Threshold (% risk of death within five years)")
ax.set_ylabel("Net benefit\n(for each 1,000 people)")
ax.set_title("From 5 to 20 % the model beats everybody and nobody")
ax.legend(loc="upper right")
alt = (
    "Net benefit for each 1,000 people against the threshold, 1 to 40 %. Model: 75 at 5 %, 60 at 10 %, 46 at "
    "20 %. Age alone: slightly below it, 73, 54 and 37. Everybody: falls from 99 at 1 % through 61 at 5 % to below 0 at "
    "11 %. Nobody: 0 throughout."
)
show(fig, alt)

# %% [markdown]
# By hand, by `dcurves`, by the course's own function: the same 40 numbers. Visiting everybody does harm above 10.8 %,
# the share who died. **And over age alone: what do sex and the blood test add?**


# %%
def gains(table):
    rows = {}
    for t in (0.05, 0.10, 0.20):
        own = by_hand(table, "model", t)
        everybody = per_1000(table["died"].sum(), (1 - table["died"]).sum(), len(table), t)
        rows[f"{t:.0%} over nobody"] = own
        rows[f"{t:.0%} over everybody"] = own - everybody
        rows[f"{t:.0%} over age alone"] = own - by_hand(table, "age alone", t)
    return pd.Series(rows)


kept = dca(late, "death", ["model"], thresholds=[0.05], time=1826, time_to_outcome_col="futime")
both = (1000 * kept.set_index("model")["net_benefit"]).round(1)
print(f"at 5 %, with the {len(late) - len(test)} kept in: model {both['model']}, everybody {both['all']}")
print(f"expected deaths: model {test['model'].sum():.1f}, age alone {test['age alone'].sum():.1f}")
bootstrap_interval(test, gains, seed=24).assign(n=len(test), deaths=test["died"].sum()).round(1)

# %% [markdown]
# Over nobody and over everybody there is a gain at each of the three. Over age alone it is 1.0 at 5 % (-3.3 to 5.2)
# and 5.4 at 10 % (-0.8 to 11.3): not shown. At 20 % it is 8.2 (2.3 to 14.3). (The intervals draw people; the model
# was not fitted anew. With the 88 of short follow-up kept in, by Kaplan-Meier, the model has 71.3 at 5 % and
# everybody 57.9.)
#
# The model expects 168.7 deaths where 177 came, age alone 147.9. A threshold means what it says only when the risks
# do (lesson 23); part of this gain may be calibration.
#
# ## The threshold comes first
#
# "Then take the threshold with the highest net benefit," says the director. **Which will it be?**

# %%
best = wide["model"].idxmax()
visits = (test["model"] >= best).sum()
print(f"highest net benefit: {wide['model'].max():.1f} at {best:.0%}, {visits} visits to {len(test)} people")

# %% [markdown]
# The lowest on the list: nearly everybody gets a visit. A low threshold *says* that needless visits cost hardly
# anything. Compare choices at one threshold, never thresholds by their net benefit. Nor is it
# [cost-effectiveness](glossary.ipynb#cell-id=cost-effectiveness): no
# money and no years are in it.
#
# > **Decision point.** Does the banner stay on?
# >
# > *On:* neighbours wait while Ines walks, and some are pricked for nothing. *Off:* people whose sepsis only the banner saw
# > are found later. *Threshold after the curve:* whoever sells the model chooses the harm.
# >
# > **We choose:** ask nurses, doctors and patients first, and write the number down. About seven to seventeen needless walks: keep
# > it only if those already treated gain too; count that first. Fewer: off. More: see everybody, with the staff for it.

# %% [markdown]
# ## Take-away
#
# - Needless acts accepted for one right one, N, give the threshold 1 / (1 + N). Ask before you look.
# - Net benefit: TP / n - FP / n times the odds of the threshold; n is everybody, once.
# - Compare with everybody *and* nobody, at one threshold, with an interval of the difference.
# - Alerts are not stays. A budget has its own threshold; say whom it misses.
#
# **Say it to the ward:** "If every sepsis it finds is helped by the walk, this banner is worth it for about seven to seventeen
# needless walks. If only those not yet treated are helped, it is not."
#
# **Now you:** the exercise *The bell in bay four*, in `my-work/24_decision_curves/`.
#
# ## Further reading
#
# - Vickers AJ, van Calster B, Steyerberg EW. A simple, step-by-step guide to interpreting decision curve analysis. Diagn Progn Res 2019;3:18. [doi:10.1186/s41512-019-0064-7](https://doi.org/10.1186/s41512-019-0064-7)
# - Wong A et al. External validation of a widely implemented proprietary sepsis prediction model in hospitalized patients. JAMA Intern Med 2021;181(8):1065-1070. [doi:10.1001/jamainternmed.2021.2626](https://doi.org/10.1001/jamainternmed.2021.2626)
# - The [second version](../datasets/standards/README.md#esm-v2) of the model, and [what to report](../datasets/standards/README.md#core-performance).
