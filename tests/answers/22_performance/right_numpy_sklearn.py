# %% [raw]
# title: NumPy, scikit-learn and statsmodels; NumPy numbers as results
# base: blank
# loses: {}


# %% answer="q1_counts"
import numpy as np
from sklearn.metrics import confusion_matrix


def counts(outcome, risk, threshold):
    called = (risk.to_numpy() >= threshold).astype(int)
    tn, fp, fn, tp = confusion_matrix(outcome.to_numpy(), called, labels=[0, 1]).ravel()
    out = {"tn": tn, "fp": fp, "fn": fn, "tp": tp}
    with np.errstate(divide="ignore", invalid="ignore"):
        out["npv"] = np.float64(tn) / (tn + fn)
        out["ppv"] = np.float64(tp) / (tp + fp)
        out["specificity"] = np.float64(tn) / (tn + fp)
        out["sensitivity"] = np.float64(tp) / (tp + fn)
    return out


# %% answer="q2_carry"
def carry(sensitivity, specificity, prevalence):
    given = np.array([sensitivity, specificity, prevalence], dtype=float)
    if (given < 0).any() or (given > 1).any():
        raise ValueError("shares, please")
    joint = np.array([[sensitivity, 1 - sensitivity], [1 - specificity, specificity]])
    joint = joint * np.array([[prevalence], [1 - prevalence]])
    total = joint.sum(axis=0)
    return {
        "npv": joint[1, 1] / total[1] if total[1] > 0 else np.nan,
        "ppv": joint[0, 0] / total[0] if total[0] > 0 else np.nan,
    }


# %% answer="q3_in_people"
def in_people(sensitivity, specificity, prevalence, of):
    well = np.rint((1 - prevalence) * of).astype(int)
    ill = of - well
    missed = np.floor((1 - sensitivity) * prevalence * of + 0.5).astype(int)
    quiet = np.floor(specificity * (1 - prevalence) * of + 0.5).astype(int)
    quiet = min(quiet, well)
    missed = min(missed, ill)
    out = {
        "ill": ill,
        "well": well,
        "found": ill - missed,
        "missed": missed,
        "false": well - quiet,
        "quiet": quiet,
    }
    out["alarms"] = out["found"] + out["false"]
    return out


# %% answer="q4_auc"
from sklearn.metrics import roc_auc_score


def auc(outcome, score):
    if outcome.nunique() < 2:
        return np.nan
    return roc_auc_score(outcome, score)


# %% answer="q5_share"
from statsmodels.stats.proportion import proportion_confint


def share_interval(k, n):
    return proportion_confint(k, n, method="wilson") if n else (np.nan, np.nan)


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    people = table[person].unique()
    parts = {who: rows for who, rows in table.groupby(person)}
    samples = [
        figure(pd.concat([parts[who] for who in dice.choice(people, len(people), replace=True)]))
        for _ in range(draws)
    ]
    return np.percentile(pd.Series(samples).dropna(), [2.5, 97.5])


# %% answer="q6_people_needed"
from scipy.optimize import brentq
from scipy.stats import norm


def people_needed(phi, width):
    if width <= 0 or phi <= 0 or phi >= 1:
        raise ValueError("this cannot be planned")
    z = norm.ppf(0.975)
    se = brentq(lambda s: np.exp(z * s) - np.exp(-z * s) - width, 1e-6, 5)
    people = np.ceil((1 - phi) / phi / se**2).astype(int)
    return {"events": np.ceil(phi * people).astype(int), "people": people}


# %% answer="q7_headlines"
def headlines(figures):
    frame = pd.DataFrame(
        list(figures), columns=["name", "n", "low", "high", "threshold", "why", "prevalence"]
    )
    given = frame.notna() & (frame != "")
    basic = given[["n", "low", "high"]].all(axis=1)
    line = frame["name"].eq("auc") | given[["threshold", "why"]].all(axis=1)
    share = ~frame["name"].isin(["ppv", "npv"]) | given["prevalence"]
    return frame.loc[basic & line & share & ~frame["name"].isin(["f1", "accuracy"]), "name"].tolist()


# %% answer="q7_note"
def note_numbers(table, person, threshold, elsewhere):
    alarm = table["risk"].ge(threshold)
    back = table["back"].eq(1)
    sens, spec = alarm[back.to_numpy()].mean(), 1 - alarm[~back.to_numpy()].mean()
    return {
        "years": table.shape[0],
        "people": len(set(table[person])),
        "alarms": alarm.sum(),
        "found": (alarm & back).sum(),
        "missed": (back & ~alarm).sum(),
        "ppv": back[alarm.to_numpy()].mean(),
        "ppv_elsewhere": sens * elsewhere / (sens * elsewhere + (1 - spec) * (1 - elsewhere)),
    }


# %% answer="q7_note_text"
# Of 1,000 years, 121 are followed by an admission.
