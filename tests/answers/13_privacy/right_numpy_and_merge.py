# %% [raw]
# title: NumPy and merge, NumPy numbers as results, noise by the inverse of the distribution
# base: blank
# loses: {}


# %% answer="q1_safe_harbor"
import numpy as np


def safe_harbor(table, areas, plan):
    big = areas.query("population >= 20001")["zip3"].to_numpy()
    out = table[list(plan)].copy()
    age = [name for name in plan if plan[name] == "age"]
    for name in plan:
        if plan[name] == "age":
            out[name] = np.minimum(table[name].to_numpy(), 90)
        if plan[name] == "zip":
            short = table[name].str.slice(0, 3).to_numpy(dtype=object)
            out[name] = np.where(np.isin(short.astype(str), big.astype(str)), short, "000")
        if plan[name] in ("date", "birth"):
            out[name] = pd.to_datetime(table[name]).dt.year
        if plan[name] == "birth":
            out[name] = np.where(table[age[0]] >= 90, np.nan, out[name])
    return out


# %% answer="q2_crowding"
def crowding(table, columns, person):
    first = table[~table[person].duplicated()]
    codes = first[columns].astype(object).where(first[columns].notna(), "-").astype(str).agg("|".join, axis=1)
    _, sizes = np.unique(codes.to_numpy(dtype=str), return_counts=True)
    alone = np.count_nonzero(sizes == 1)
    return {
        "people": first[person].nunique(),
        "smallest": sizes.min(),
        "alone": np.int64(alone),
        "share_alone": np.float64(alone) / sizes.sum(),
    }


# %% answer="q3_open"
def open_secrets(table, columns, sensitive, person, k):
    first = table.groupby(person, sort=False).head(1)
    found = set()
    for values, rows in first.groupby(columns):
        if len(rows) >= k and (rows[sensitive] == rows[sensitive].iloc[0]).all():
            found.add(tuple(values) if isinstance(values, tuple | list) else (values,))
    return found


# %% answer="q4_link"
def link(patients, register, on):
    left = patients[on].reset_index(drop=True)
    left["row"] = np.arange(len(left))
    right = register[on].dropna()
    both = left.dropna().merge(right, on=on)
    hits = np.bincount(both["row"], minlength=len(left))
    return {"none": np.sum(hits == 0), "one": np.sum(hits == 1), "several": np.sum(hits >= 2)}


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    rows = table.loc[(table["icd10"] == code).to_numpy()]
    true = len(rows["mrn"].unique()) if unit == "people" else rows.shape[0]
    change = {"people": 1, "stays": most_stays}[unit]
    u = dice.uniform(-0.5, 0.5)
    return np.float64(true - change / epsilon * np.sign(u) * np.log1p(-2 * abs(u)))


# %% answer="q5_spend"
def spend(ledger, epsilon):
    after = ledger["spent"] + epsilon
    if epsilon > 0 and (after <= ledger["budget"] or np.isclose(after, ledger["budget"], rtol=0, atol=1e-9)):
        ledger.update(spent=after)
        return True
    return False


# %% answer="q6_readings"
def readings():
    verdicts = dict(zip("ABCDEFGH", ["no", "no", "yes", "no", "yes", "yes", "no", "no"], strict=True))
    entries = ["gdpr-recital-26", "hipaa-safe-harbor", "hipaa-expert-determination", "gdpr-art-9"]
    entries += ["gdpr-art-35", "gdpr-art-22", "gdpr-art-5", "ehds"]
    return {letter: (verdicts[letter], entry) for letter, entry in zip("ABCDEFGH", entries, strict=True)}


# %% answer="q7_note"
def release_note(table, areas):
    first = table[~table["mrn"].duplicated()]
    sent = safe_harbor(first, areas, PLAN)
    sent["mrn"] = first["mrn"].to_numpy()
    after = crowding(sent, ["sex", "age", "zip"], "mrn")
    before = crowding(first, ["sex", "birth_date", "zip"], "mrn")
    return {
        "people": np.int64(before["people"]),
        "alone_before": before["alone"],
        "alone_after": after["alone"],
        "smallest_after": after["smallest"],
        "open_after": len(open_secrets(sent, ["sex", "age", "zip"], "icd10", "mrn", k=2)),
    }


# %% answer="q7_assessment"
# The group wants rows to study returns (hipaa-safe-harbor).
