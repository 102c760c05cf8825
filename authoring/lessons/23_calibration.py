# %% [markdown]
# # When it says 20 %, is it 20 %?
#
# A health plan has home visits for one in five of its members who smoke or smoked. Whoever has the highest risk of
# dying within ten years gets one, and the nurse tells each person the number. One nurse, whose clinic serves the
# poorest streets, writes: "My patients are sicker than their numbers. Is 20 % really 20 %?"
#
# The vendor replies: "AUC .83, and 318 people died where 318 were expected. The model is right."

# %% [markdown]
# {{ lesson_card }}

# %%
import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

people = pd.read_csv("../datasets/nhefs/nhefs.csv")
inputs = ["age", "sex", "qsmk", "smokeintensity", "smokeyrs", "sbp", "cholesterol"]
model = make_pipeline(
    SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(C=1e6, max_iter=2000)
)
folds = KFold(10, shuffle=True, random_state=23)


def risk_from(columns):
    return cross_val_predict(model, columns, people["death"], cv=folds, method="predict_proba")[:, 1]


people["risk"] = risk_from(people[inputs])
print(f"first death in the file: 19{people['yrdth'].min():.0f}, last: 19{people['yrdth'].max():.0f}")
gaps = people[["sbp", "cholesterol"]].isna()
print(
    f"{people['death'].sum()} of {len(people)} died, expected {people['risk'].sum():.1f}; empty:",
    gaps.sum().to_dict(),
)

# %% [markdown]
# The people are real, and smoked in the United States around 1971 ([datasheet](../datasets/nhefs/datasheet.md)).
# **Nobody in the file died before 1983.** So time zero is the follow-up visit around 1982, and the outcome is death by the
# end of 1992. Blood pressure (`sbp`) and having stopped (`qsmk`) are of 1982, the other inputs of the first examination.
# The model is for this lesson, not for patients. 77 people have no blood pressure and 16 no cholesterol; it puts the median
# there.
#
# *New to scikit-learn?* `cross_val_predict` gives each person a risk from a model that has not seen that person.
#
# Expected deaths are the sum of the risks. Do what the nurse asks: take everybody who was told 15 to 25 %. **Which share
# of them died, in her clinic's income band and in the richest?**

# %%
from statsmodels.stats.proportion import proportion_confint

names = ["under 5,000", "5,000-9,999", "10,000 or more"]
bands = pd.cut(people["income"], [10, 15, 18, 22], labels=names)
people["income ($)"] = bands.cat.add_categories("not recorded").fillna("not recorded")


def share(k, n):
    low, high = proportion_confint(k, n, method="wilson")
    return pd.DataFrame({"died": k, "n": n, "%": 100 * k / n, "low": 100 * low, "high": 100 * high})


told = people[people["risk"].between(0.15, 0.25)]
groups = told.groupby("income ($)", observed=True)
print(f"all who were told 15 to 25 %: {told['death'].sum()} of {len(told)} died, {told['death'].mean():.0%}")
share(groups["death"].sum(), groups.size()).assign(told=100 * groups["risk"].mean()).round().astype(int)

# %% [markdown]
# Together 18 % died: fine. Of families under $5,000 a year 11 of 41 did, 27 %; of those with 10,000 and more
# 14 of 121, 12 %. All were told about 20 %. The groups are small and the 95 % Wilson intervals wide, but the nurse has a
# point, and no AUC had shown it.
#
# ## The order can be right and the numbers wrong
#
# **Calibration** asks whether risks mean what they say. Spoil the risks on purpose, twice: halve them, and double their
# **log-odds**, `log(p / (1 - p))` (`logit`; `expit` leads back), which pushes them towards 0 and 1.
#
# *New to statistics?* **AUC:** of all pairs of one who died and one who did not, the share in which the one who died had
# the higher risk. **Guess the two AUCs.**

# %%
from scipy.special import expit, logit
from sklearn.metrics import roc_auc_score

died, risk = people["death"], people["risk"]
versions = {"as it is": risk, "halved": risk / 2, "log-odds doubled": expit(2 * logit(risk))}


def observed_over_expected(y, p):
    ratio = y.sum() / p.sum()
    reach = np.exp(1.96 * np.sqrt((1 - y.mean()) / y.sum()))
    return pd.Series({"O/E": ratio, "low": ratio / reach, "high": ratio * reach})


rows = {}
for name, p in versions.items():
    seen = pd.Series({"AUC": roc_auc_score(died, p), "n": len(p), "died": died.sum(), "expected": p.sum()})
    rows[name] = pd.concat([seen, observed_over_expected(died, p)])
pd.DataFrame(rows).T.astype({"n": int, "died": int}).round(2)

# %% [markdown]
# .83 three times: AUC sees only the order. **O/E** is observed deaths over expected ones, a ratio of two sums: above 1
# more die than was said. (Some write E/O, the other way round: say which.) The interval takes the risks as given and the
# people as independent; it does not hold the uncertainty of the model.
#
# ## Level and spread
#
# Two logistic regressions of the outcome on the log-odds of the risk:
#
# - **Intercept**, the level: the log-odds enter as an **offset**, their slope held at 1. 0 is right; above it the risks
#   are too low.
# - **Slope**, the spread: now it is estimated too. 1 is right.
#
# **Doubled log-odds: is the slope above 1 or below?**

# %%
import statsmodels.api as sm

binomial = sm.families.Binomial()
rows = {}
for name, p in versions.items():
    level = sm.GLM(died, np.ones(len(died)), family=binomial, offset=logit(p)).fit()
    spread = sm.GLM(died, sm.add_constant(logit(p).to_numpy()), family=binomial).fit()
    rows[name] = {
        "intercept": level.params.iloc[0],
        "from": level.conf_int().iloc[0, 0],
        "to": level.conf_int().iloc[0, 1],
        "slope": spread.params.iloc[1],
        "low": spread.conf_int().iloc[1, 0],
        "high": spread.conf_int().iloc[1, 1],
        "its own intercept": spread.params.iloc[0],
    }
pd.DataFrame(rows).T.assign(n=len(died)).round(2)

# %% [markdown]
# Below: 0.49. **A slope below 1 means risks that are too extreme**: where the level is right, high ones are too high and low
# ones too low (where it is off, all may be too low: look at the curve). Above 1, not extreme enough. It is easily read
# backwards: it is what the log-odds must be *multiplied by* before they are shifted.
#
# As it is: 0.97 (0.85 to 1.09), intercept 0.00; `conf_int()` gives Wald intervals, about two standard errors either way. The last column, fitted *together with* the slope, is not the level: it
# says what happens at a predicted 50 %. With `p` in place of its log-odds a slope of 1 means nothing.
#
# `curriculum.validation` does the same in one line each.

# %%
from curriculum.validation import (
    calibration_intercept,
    calibration_slope,
    observed_to_expected,
    smoothed_calibration,
)

for name, p in versions.items():
    assert abs(calibration_intercept(died, p).value - rows[name]["intercept"]) < 1e-6
    assert abs(calibration_slope(died, p).value - rows[name]["slope"]) < 1e-6
    assert abs(observed_to_expected(died, p).high - observed_over_expected(died, p)["high"]) < 1e-3


def table(column, by):
    found = {}
    for name, part in people.groupby(by, observed=True):
        ratio = observed_to_expected(part["death"], part[column])
        slope = calibration_slope(part["death"], part[column])
        found[name] = [len(part), part["death"].sum(), part[column].sum(), *ratio, *slope]
    columns = ["n", "died", "expected", "O/E", "low", "high", "slope", "from", "to"]
    found = pd.DataFrame.from_dict(found, orient="index", columns=columns)
    return found.astype({"n": int, "died": int}).round(2)


# %% [markdown]
# ## For whom?
#
# `race` is what the survey wrote down around 1971, in two boxes for everybody: how people were seen, not their biology.
# `income` is the family's, then. People without an income in the file stay in the table.

# %%
people["race as recorded"] = people["race"].map({0: "white", 1: "black or other"})
by_group = pd.concat({by: table("risk", by) for by in ["income ($)", "race as recorded"]})
by_group

# %% [markdown]
# Under $5,000: 113 died where 82 were expected, O/E 1.38 (1.19 to 1.60). From 10,000 on 112 died where 136 were
# expected, 0.82. The 1.00 is an average of two errors.
#
# "Black or other": 1.22 (0.95 to 1.56). That includes 1, and also half as many deaths again as predicted: too few people
# to tell, not proof of no error. Their slope, 0.72 (0.47 to 0.97), hints at risks that are too extreme, in one of six groups.
#
# Poorer people here are also older. Age is in the model; is it age all the same? **Guess at which age O/E is furthest from 1.**
# (Age at the first examination; at time zero they are about 11 years older.)

# %%
poor = people["income ($)"] == "under 5,000"
age = pd.cut(people["age"], [0, 39, 54, 99], labels=["under 40", "40-54", "55 and over"])
mean_age = people.groupby(poor)["age"].mean()
print(
    f"mean age at the first examination: {mean_age[True]:.1f} under $5,000, {mean_age[False]:.1f} the others"
)
people["age, under $5,000"] = age.where(poor)
by_age = table("risk", "age, under $5,000").iloc[:, :6]
with_pressure = people[poor & people["sbp"].notna()]
print(
    "under $5,000, blood pressure known:", observed_to_expected(with_pressure["death"], with_pressure["risk"])
)
by_age.assign(more=by_age["died"] - by_age["expected"])

# %% [markdown]
# Among the youngest 11 of 89 died where 2.8 were expected: 3.98 (2.29 to 6.92). In deaths it is the other way round, 8, 10 and
# 13 more than expected: a ratio is large where little was expected. Every band has more, so age alone does not explain
# it; nor do the gaps in blood pressure (1.35 without them). What does (work, housing, care, illness that lowers the income)
# this file cannot say.
#
# ## The curve
#
# *New to pandas?* `qcut` makes groups of equally many people; equal steps of risk would leave some almost empty.

# %%
fifth = people.groupby((pd.qcut(people["risk"], 5, labels=False) + 1).rename("fifth"))
dots = share(fifth["death"].sum(), fifth.size()).assign(told=100 * fifth["risk"].mean())
curves = {f"Everybody (n {len(people)})": smoothed_calibration(died, risk)}
for name, label in [("under 5,000", "Under $5,000"), ("10,000 or more", "$10,000 or more")]:
    part = people[people["income ($)"] == name]
    curves[f"{label} (n {len(part)})"] = smoothed_calibration(part["death"], part["risk"])
dots.round(1)

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")
fig, axes = plt.subplots(1, 2, figsize=(9.5, 4.6), sharex=True, sharey=True)
bars = [dots["%"] - dots["low"], dots["high"] - dots["%"]]
axes[0].errorbar(dots["told"], dots["%"], bars, fmt="o", color="black", capsize=3, label="Fifths")
looks = [(axes[0], "C0-"), (axes[1], "C1-"), (axes[1], "C0--")]
for (name, curve), (ax, look) in zip(curves.items(), looks, strict=True):
    x, y, low, high = 100 * curve[["predicted", "observed", "low", "high"]].to_numpy().T
    ax.plot(x, y, look, marker="", label=name)
    ax.fill_between(x, low, high, alpha=0.2, color=look[:2])
for ax in axes:
    ax.axline((0, 0), slope=1, color="grey", linestyle=":", marker="", label="Right")
    ax.set(xlabel="Risk predicted (%)", xlim=(0, 90), ylim=(0, 100))
    ax.legend(loc="upper left", fontsize=10)
axes[0].set_ylabel("Died by the end of 1992 (%)")
fig.suptitle("Near the line on average, on either side of it by income")
alt = (
    "Left: for everybody the smoothed curve stays near the line of right predictions, a little under it around 25 %. "
    "Right: the curve of families under $5,000 lies above the line all along, that of families with $10,000 and more "
    "below it from about 2 % on; from about 3 to 57 % the two bands are apart."
)
show(fig, alt)

# %% [markdown]
# Shaded: pointwise bands of 95 % confidence. The fourth fifth was told 25 %, and 20 % of it died.
#
# Van Calster and colleagues name 4 levels: mean (O/E 1), weak (intercept 0, slope 1), moderate (the curve on
# the line), strong (right for every kind of person), which they call utopic; and they advise against the
# [Hosmer-Lemeshow test](glossary.ipynb#cell-id=Hosmer-Lemeshow-test)
# ([register](../datasets/standards/README.md#calibration-hierarchy)). Here is why.

# %%
from scipy.stats import chi2

for k in [5, 8, 10, 20]:  # degrees of freedom: k, as for people whom the model has not seen
    cut = people.groupby(pd.qcut(people["risk"], k))[["death", "risk"]].agg(["sum", "size"])
    o, e, n = cut["death", "sum"], cut["risk", "sum"], cut["risk", "size"]
    statistic = ((o - e) ** 2 / (e * (1 - e / n))).sum()
    print(f"Hosmer-Lemeshow, {k:2} groups: p = {chi2.sf(statistic, k):.2f}")

# %% [markdown]
# Not one finds a fault, and 38 % more of the poor die than predicted. The [p-value](glossary.ipynb#cell-id=p-value) moves with
# the number of groups that we
# chose, and says neither how far nor in which direction nor for whom.
#
# ## Put income in, or race?
#
# "Then give the model what it lacks." **Guess what income as an input does to O/E by race, and race to O/E by income.**

# %%
by_income = people[inputs].join(pd.get_dummies(people["income ($)"], prefix="income"))
people["with income"] = risk_from(by_income)
people["with race"] = risk_from(people[[*inputs, "race"]])
side = {}
for column in ["risk", "with income", "with race"]:
    parts = pd.concat({by: table(column, by) for by in ["income ($)", "race as recorded"]})
    side[column] = parts[["n", "O/E", "low", "high"]]
pd.concat(side, axis=1)

# %% [markdown]
# With income, O/E is near 1 in every income band: the columns force it. By race, 1.22 becomes 1.10 (0.86 to 1.41). With
# race, O/E by race is 1.00 and the poor stay at 1.35. Each column repairs the average of the groups that it names, and
# 303 people with the right average need not have the right risks.
#
# One in five gets a visit: there are 326. **Whose deaths does the list miss less often with income, and whose more often?**

# %%
people["both"] = people["income ($)"].astype(str) + ", " + people["race as recorded"]
rows = []
for column in ["risk", "with income", "with race"]:
    listed = people[column].rank(ascending=False, method="first") <= 326
    for name in [*names, "not recorded", "everybody"]:
        group = people["income ($)"].eq(name) | (name == "everybody")
        dead = group & (died == 1)
        k, n = (dead & ~listed).sum(), dead.sum()
        low, high = proportion_confint(k, n, method="wilson")
        rows.append([column, name, (group & listed).sum(), k, n, k / n, low, high])
head = ["inputs", "income ($)", "on the list", "missed", "of who died", "share missed", "low", "high"]
print(table("with income", "both").filter(like="under", axis=0).iloc[:, :6])
assert rows[5][2] - rows[0][2] == 45
more = (people["with income"] - people["risk"])[poor]
print(
    f"under $5,000 the risk goes up for {(more > 0).sum()} of {len(more)}, by {100 * more.mean():.0f} points on average"
)
pd.DataFrame(rows, columns=head).set_index(["inputs", "income ($)"]).round(2)

# %% [markdown]
# With income, 24 of 113 deaths under $5,000 are missed instead of 41, and at the other end 66 of 112 instead of 50: there
# are no more than 326 visits. Of all 318 deaths the list misses 135 instead of 132: income moves visits to the poor, it does
# not find more deaths. The 84 people under $5,000 recorded as "black or other" still have O/E 1.26 (0.96 to 1.65); 1 is
# inside, too few to tell.
#
# > **Decision point.** Does income go in?
# >
# > If the list brings *visits*, 45 more poor people get help that a low risk had cost them. If it sets *premiums*, all
# > 303 pay: each one's risk goes up, by 10 points on average. *Race* would write two boxes of the 1970s into a prognosis. A US rule asks providers to find
# > out whether a tool uses race, sex, age and the like, and to lower the risk that it discriminates
# > ([Section 1557](../datasets/standards/README.md#section-1557), contested); age and sex are there already, and income it
# > does not name. (Reading, not legal advice.)
# >
# > **We choose:** income, for visits and nothing else, written into the intended use; race in every table, not among the
# > inputs. Patients of the clinic say whether they will be asked for their income.

# %% [markdown]
# ## Mend it, and judge it on others
#
# Suppose the model was built without anybody under $5,000, and a clinic for these 303 people buys it. **Recalibration**
# keeps the order and corrects the log-odds: the level alone, or level and spread (`a + b * log-odds`). One half of the
# clinic teaches a and b. **Which O/E and slope will that half show afterwards, and which the other?**

# %%
clinic = people[poor]
bought = model.fit(people.loc[~poor, inputs], died[~poor])
clinic = clinic.assign(bought=bought.predict_proba(clinic[inputs])[:, 1])
teach = clinic.sample(frac=0.5, random_state=23)
judge = clinic.drop(teach.index)

level = calibration_intercept(teach["death"], teach["bought"]).value
fit = sm.GLM(teach["death"], sm.add_constant(logit(teach["bought"])), family=binomial).fit()
a, b = fit.params
print(f"level {level:.2f}; level and spread: a {a:.2f}, b {b:.2f}")

# %%
mended = {
    "as bought": lambda p: p,
    "level": lambda p: expit(level + logit(p)),
    "level and spread": lambda p: expit(a + b * logit(p)),
}
rows = {}
for half, part in {"same people": teach, "other people": judge}.items():
    for name, mend in mended.items():
        y, p = part["death"], mend(part["bought"])
        rows[half, name] = [len(y), y.sum(), *observed_to_expected(y, p), *calibration_slope(y, p)]
times = judge["bought"] * teach["death"].sum() / teach["bought"].sum()
print(f"risks times O/E: {(times > 1).sum()} of {len(times)} are above 1, the highest is {times.max():.2f}")
halves = pd.DataFrame(rows, index=["n", "died", "O/E", "low", "high", "slope", "from", "to"]).T
halves.astype({"n": int, "died": int}).round(2)

# %% [markdown]
# With level and spread, the same people say O/E 1.00 and slope 1.00, exactly. That is no result; the fit makes it so for
# *any* table, noise too. The others say 0.99 (0.80 to 1.24) and 1.05 (0.69 to 1.40), after 1.57 as bought: better, and with
# 151 people still anything from a fifth fewer deaths to a quarter more. (To multiply risks by O/E is no way: 13 pass 1.)
#
# And 0.99 may be luck. **How far does the others' O/E move over 200 splits, with the level mended?**

# %%
found = []
for seed in range(200):
    one = clinic.sample(frac=0.5, random_state=seed)
    other = clinic.drop(one.index)
    shift = calibration_intercept(one["death"], one["bought"]).value
    found.append([part["death"].sum() / expit(shift + logit(part["bought"])).sum() for part in (one, other)])
print(len(found), "splits")
pd.DataFrame(found, columns=["O/E, same people", "O/E, other people"]).quantile([0.025, 0.5, 0.975]).round(2)

# %% [markdown]
# From 0.81 to 1.30, while the same people always say 1.00. (This is the luck of the split, no confidence interval.)
#
# All of this is **internal validation**: the same survey, the same years. A cross-validated slope near 1 says that the
# model is hardly [overfitted](glossary.ipynb#cell-id=overfitting), not that it fits another place. The survey's first round
# took more poor people than their
# share ([NHANES I](../datasets/standards/README.md#nhanes-1)), the weights are not in the file, and everybody in it smoked
# and was alive in 1982.
#
# ## Take-away
#
# - AUC is the order, calibration the numbers: O/E, intercept, slope, curve, each with n and an interval.
# - A slope below 1: too extreme. The level: log-odds as an offset. The spread: log-odds with a slope of their own.
# - Right on average can be wrong for the poor *and* for the rich: show every group, also the unrecorded.
# - Recalibrate on some people, judge on others.
#
# **Say it to the ward:** "For the poorest families the number is too low. Until it is mended, and judged on others, do
# not tell it to them."
#
# **Now you:** the exercise *The score that moved*, in `my-work/23_calibration/`.
#
# ## Further reading
#
# - Van Calster B et al. Calibration: the Achilles heel of predictive analytics. BMC Medicine 2019;17:230. [doi:10.1186/s12916-019-1466-7](https://doi.org/10.1186/s12916-019-1466-7)
# - Riley RD et al. Minimum sample size for external validation of a clinical prediction model with a binary outcome. Statistics in Medicine 2021. [doi:10.1002/sim.9025](https://doi.org/10.1002/sim.9025)
# - The [datasheet of nhefs](../datasets/nhefs/datasheet.md).
