# %% [raw]
# title: statsmodels by formula and Logit, qcut, scikit-learn without penalty, Series with labels
# base: blank
# loses: {}


# %% answer="q1_o_to_e"
from scipy.stats import norm


def o_to_e(outcome, risk):
    if not risk.between(0, 1).all():
        raise ValueError("Risks are shares.")
    n, k, e = len(outcome), outcome.sum(), risk.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.exp(norm.ppf(0.975) * np.sqrt(np.divide(1 - k / n, float(k))))
    low, high = (k / e / reach, k / e * reach) if k else (np.float64(0), np.nan)
    return {"low": low, "high": high, "ratio": k / e, "n": np.int64(n), "events": k, "expected": e}


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    known = table.assign(**{group: table[group].fillna("not recorded")})
    return known.groupby(group).apply(
        lambda part: pd.Series(o_to_e(part[outcome], part[risk])), include_groups=False
    )


# %% answer="q3_level"
def level(outcome, risk):
    fit = sm.Logit(outcome.to_numpy(), np.ones(len(risk)), offset=logit(risk.to_numpy())).fit(disp=0)
    return np.array([fit.params[0], *fit.conf_int()[0]])


# %% answer="q4_spread"
import statsmodels.formula.api as smf


def spread(outcome, risk):
    fit = smf.logit("y ~ x", data=pd.DataFrame({"y": outcome, "x": np.log(risk / (1 - risk))})).fit(disp=0)
    return pd.Series([fit.params["x"], *fit.conf_int().loc["x"]]).to_numpy()


# %% answer="q4_read_spread"
def read_spread(slope):
    _, low, high = slope
    return {(True, False): "too extreme", (False, True): "not extreme enough"}.get(
        (high < 1, low > 1), "not shown"
    )


# %% answer="q5_points"
from statsmodels.stats.proportion import proportion_confint


def points(outcome, risk, k):
    table = pd.DataFrame({"y": outcome.to_numpy(), "p": risk.to_numpy()})
    groups = table.groupby(pd.qcut(table["p"].rank(method="first"), k))
    result = groups.agg(n=("y", "size"), predicted=("p", "mean"), observed=("y", "mean"))
    result["low"], result["high"] = proportion_confint(groups["y"].sum(), result["n"], method="wilson")
    return result


# %% answer="q6_recalibrate"
from sklearn.linear_model import LogisticRegression


def recalibrate(old_outcome, old_risk, new_risk):
    model = LogisticRegression(C=1e8, tol=1e-10, max_iter=1000)
    model.fit(logit(old_risk.to_numpy()).reshape(-1, 1), old_outcome.to_numpy())
    return pd.Series(
        model.predict_proba(logit(new_risk.to_numpy()).reshape(-1, 1))[:, 1], index=new_risk.index
    )


# %% answer="q6_trial"
def trial(table, outcome, risk, teach):
    old, new = table.loc[table[teach].to_numpy()], table.loc[~table[teach].to_numpy()].copy()
    new["mended"] = recalibrate(old[outcome], old[risk], new[risk]).to_numpy()
    first, second = o_to_e(new[outcome], new[risk]), o_to_e(new[outcome], new["mended"])
    return {"n": first["n"], "before": first["ratio"], "after": second["ratio"]} | {
        end: second[end] for end in ("low", "high")
    }


# %% answer="q7_claims"
def claims():
    right = pd.Series("holds", index=list("ABCDEFGH"))
    right[list("ACDEFG")] = ["order", "backwards", "same people", "other place", "average", "too few"]
    return right.to_dict()


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    rows = by_group(table, outcome, risk, group)
    near = rows["low"].ge(0.8) & rows["high"].le(1.25)
    rows["verdict"] = np.select(
        [near, rows["low"] > 1, rows["high"] < 1], ["near", "too low", "too high"], "cannot tell"
    )
    return rows[["n", "ratio", "verdict"]].to_dict(orient="index")
