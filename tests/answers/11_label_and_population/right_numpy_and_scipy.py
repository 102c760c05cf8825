# %% [raw]
# title: numpy arrays, scipy's interval, cut and merges; typed fields in the record
# base: blank
# loses: {}


# %% answer="q1_recorded"
def recorded(values, answers):
    labels = np.full(len(values), "not recorded", dtype=object)
    for answer, label in answers.items():
        labels[(values == answer).to_numpy()] = label
    return pd.Series(labels, index=values.index)


# %% answer="q2_composition"
from scipy.stats import binomtest


def composition(table, person, group, served):
    first = table.groupby(person)[group].agg(lambda labels: labels.iloc[0])
    result = pd.DataFrame(index=[*served, "not recorded"], columns=["n", "share", "low", "high", "served"])
    known = int((first.notna() & (first != "not recorded")).sum())
    for name in served:
        n = int((first == name).sum())
        ci = binomtest(n, known).proportion_ci(method="wilson")
        result.loc[name] = [n, n / known, ci.low, ci.high, served[name]]
    result.loc["not recorded", "n"] = len(first) - known
    return result


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    k = round(share * len(table))
    values = table[score].fillna(-np.inf).to_numpy(dtype=float)
    last = np.sort(values)[-k]
    above, tied = values > last, values == last
    weight = above + tied * (k - above.sum()) / tied.sum()
    names = table[group].fillna("not recorded").to_numpy()
    return pd.Series({name: np.float32(weight[names == name].sum() / k) for name in np.unique(names)})


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    part = table.loc[table[group].isin(pair).to_numpy() & table[[score, need]].notna().all(axis=1).to_numpy()]
    bins = pd.cut(part[score], [-np.inf, *edges, np.inf], right=False, labels=False)
    tables = []
    for name in pair:
        mine = (part[group] == name).to_numpy()
        tables.append(part[need][mine].groupby(bins[mine].to_numpy()).agg(["mean", "size"]))
    both = pd.merge(tables[0], tables[1], left_index=True, right_index=True)
    return np.average(both["mean_x"] - both["mean_y"], weights=both["size_x"] + both["size_y"])


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, seed):
    dice = np.random.RandomState(seed)
    codes, names = pd.factorize(table[person])
    found = np.empty(draws)
    for draw in range(draws):
        times = np.bincount(dice.choice(len(names), len(names)), minlength=len(names))
        found[draw] = figure(table.iloc[np.repeat(np.arange(len(table)), times[codes])])
    return np.percentile(found, [2.5, 97.5])


# %% answer="q6_review"
def review(table, inputs, gap):
    known = table[table["group"].ne("not recorded").to_numpy() & table["group"].notna().to_numpy()]
    masks = {
        "all": np.ones(len(known), bool),
        "free plan": known["plan"].to_numpy() == 11,
        "sites 5 and 6": (known["zper"] // 100_000 >= 5).to_numpy(),
    }
    gaps = {name: np.float64(gap(known[mask])) for name, mask in masks.items()}
    ratio = known.groupby("group").apply(lambda rows: rows["mdvis_next"].sum() / rows["score"].sum())
    return dict(
        sees_race=np.any(np.isin(["black", "group"], inputs)),
        ratio=ratio,
        gap=pd.Series(gaps),
        people=pd.Series({name: len(np.unique(known.loc[mask, "zper"])) for name, mask in masks.items()}),
        sign=np.abs(list(gaps.values())).max() <= 0.05,
    )


# %% answer="q7_limits"
def limits(table):
    n = composition(table, "zper", "group", {"Black": 0.5, "not Black": 0.5})["n"]
    return (
        "We know nothing of people who are not insured, of children or of the old: the highest age is "
        f"{np.floor(table['xage'].max()):.0f} years. Of {n.sum()} people, "
        f"{n['not recorded']} have no recorded group and must be asked again before anybody compares."
    )


# %% answer="q7_record"
import hashlib
from pathlib import Path

import mlcroissant as mlc


def croissant_record(path, person, who_not):
    table, name = pd.read_csv(path), Path(path).name
    kinds = {"i": mlc.DataType.INTEGER, "f": mlc.DataType.FLOAT}
    fields = [
        mlc.Field(
            id=column,
            name=column,
            description=f"column {column}",
            data_types=kinds.get(table[column].dtype.kind, mlc.DataType.TEXT),
            source=mlc.Source(file_object="file", extract=mlc.Extract(column=column)),
        )
        for column in table
    ]
    digest = hashlib.new("sha256", Path(path).read_bytes()).hexdigest()
    metadata = mlc.Metadata(
        name="insurance",
        description=f"rows: {len(table)}, people: {table[person].nunique()}",
        license=["public domain"],
        url="https://example.org/insurance",
        creators=[mlc.Organization(name="RAND Corporation")],
        date_published="2026-11-23",
        version="2.0.0",
        cite_as="RAND Health Insurance Experiment",
        data_limitations=[who_not],
        distribution=[
            mlc.FileObject(
                id="file", name=name, content_url=name, encoding_formats=["text/csv"], sha256=digest
            )
        ],
        record_sets=[mlc.RecordSet(id="main", name="main", fields=fields)],
    )
    return metadata.to_json()
