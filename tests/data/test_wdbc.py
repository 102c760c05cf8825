"""wdbc: the figures of its datasheet."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NAME = "wdbc"
HOLLOWS = [f.format(k) for k in ("concavity", "concave_points") for f in ("mean_{}", "{}_error", "worst_{}")]


@pytest.fixture(scope="module")
def samples(table) -> pd.DataFrame:
    return table(NAME)


@pytest.fixture(scope="module")
def features(samples: pd.DataFrame) -> pd.DataFrame:
    return samples.drop(columns="target")


@pytest.fixture(scope="module")
def malignant(samples: pd.DataFrame) -> pd.Series:
    return 1 - samples.target


def standard(table: pd.DataFrame) -> pd.DataFrame:
    return (table - table.mean()) / table.std()


def slopes(table: pd.DataFrame, outcome: pd.Series) -> pd.Series:
    """Least squares on standardised columns."""
    x = np.column_stack([np.ones(len(table)), standard(table)])
    return pd.Series(np.linalg.lstsq(x, outcome, rcond=None)[0][1:], index=table.columns)


def test_it_is_scikit_learns_table(samples: pd.DataFrame) -> None:
    """Names, order and values, against the loader of the installed scikit-learn."""
    from sklearn.datasets import load_breast_cancer

    theirs = load_breast_cancer()
    assert list(samples.columns) == [*(n.replace(" ", "_") for n in theirs.feature_names), "target"]
    np.testing.assert_array_equal(samples.drop(columns="target"), theirs.data)
    np.testing.assert_array_equal(samples.target, theirs.target)
    assert list(theirs.target_names) == ["malignant", "benign"]


def test_one_is_benign(samples: pd.DataFrame, says) -> None:
    count = samples.target.value_counts()
    assert samples.shape == (569, 31) and not samples.isna().any(axis=None) and not samples.duplicated().any()
    assert samples.groupby("target").mean_radius.mean().idxmax() == 0  # larger nuclei: malignant
    says(
        NAME,
        f"0 for the {count[0]} malignant and 1 for the {count[1]} benign samples",
        f"{count[0]} malignant ({count[0] / len(samples) * 100:.1f} %) and {count[1]} benign",
    )


def test_the_same_thing_many_times(features: pd.DataFrame, says) -> None:
    r = features.corr()
    upper = r.abs().where(np.triu(np.ones(r.shape, bool), 1)).stack().dropna()
    factors = pd.Series(np.diag(np.linalg.inv(r)), index=r.columns)
    assert upper.idxmax() == ("mean_radius", "mean_perimeter")
    says(
        NAME,
        f"correlate {upper.max():.3f}; ".replace("0.", "."),
        f"{(upper > 0.9).sum()} of the {len(upper)} pairs correlate above .9 and {(upper > 0.95).sum()} above .95",
        f"above 10 for {(factors > 10).sum()} of the 30 features and {factors['mean_radius']:,.0f} for `mean_radius`",
    )


def test_signs_turn_round(features: pd.DataFrame, malignant: pd.Series, says) -> None:
    alone, together = features.corrwith(malignant), slopes(features, malignant)
    turned = (np.sign(alone) != np.sign(together)).sum()
    size = [name for name in features if "perimeter" in name or "area" in name]
    without = slopes(features.drop(columns=size), malignant)
    assert alone["mean_radius"] > 0.7 and abs(without["mean_radius"]) < 0.01
    fit = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000)).fit(features, malignant)
    logistic = pd.Series(fit[-1].coef_[0], index=features.columns)
    stated = {"mean_radius": 0.38, "mean_perimeter": 0.36, "mean_area": 0.44, "mean_compactness": -0.56}
    assert all(logistic[name] == pytest.approx(value, abs=0.03) for name, value in stated.items())
    assert alone["mean_compactness"] > 0
    says(
        NAME,
        f"{turned} have the opposite sign of their own correlation",
        f"gets {together['mean_radius']:.2f}; without the perimeter and area columns it gets {without['mean_radius']:.2f}",
        "+0.38, +0.36 and +0.44",
        "`mean_compactness` -0.56",
    )


def test_one_column_is_nearly_enough(features: pd.DataFrame, malignant: pd.Series, says) -> None:
    single = {name: roc_auc_score(malignant, features[name]) for name in features}
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    risk = cross_val_predict(model, features, malignant, cv=folds, method="predict_proba")[:, 1]
    assert roc_auc_score(malignant, risk) == pytest.approx(0.995, abs=0.002)
    assert max(single, key=single.get) == "worst_perimeter"
    says(
        NAME,
        f"`worst_perimeter` alone has an AUC of {single['worst_perimeter']:.3f}".replace("0.", "."),
        f"`worst_concave_points` {single['worst_concave_points']:.3f}".replace("0.", "."),
        f"a logistic model on all {features.shape[1]} has .995 in ten-fold",
    )


def test_the_order_is_not_random(features: pd.DataFrame, malignant: pd.Series, says) -> None:
    folds = [f"{100 * malignant.iloc[rows].mean():.0f}" for _, rows in KFold(5).split(features)]
    says(
        NAME,
        f"first 100 rows {100 * malignant[:100].mean():.0f} % are malignant",
        f"from 300 on {100 * malignant[300:].mean():.0f} %",
        f"hold {', '.join(folds[:-1])} and {folds[-1]} % malignant",
    )


def test_zeros(samples: pd.DataFrame, says) -> None:
    zero = samples[HOLLOWS].eq(0)
    assert (zero.any(axis=1) == zero.all(axis=1)).all() and samples.target[zero.all(axis=1)].eq(1).all()
    says(NAME, f"{zero.all(axis=1).sum()} samples have 0 in all six columns")


def test_the_formula_does_not_give_the_column(features: pd.DataFrame, says) -> None:
    ratio = features.mean_perimeter**2 / features.mean_area
    scaled = ratio / (4 * np.pi) - 1
    says(
        NAME,
        f"that is {(ratio - 1).mean():.1f} on average; `mean_compactness` is {features.mean_compactness.mean():.3f}",
        f"it is {scaled.mean():.3f} and correlates {scaled.corr(features.mean_compactness):.3f}".replace(
            "correlates 0", "correlates "
        ),
    )


def test_worst_means_largest(features: pd.DataFrame) -> None:
    for name in features:
        if name.startswith("mean_"):
            assert (features[name.replace("mean_", "worst_")] >= features[name]).all(), name
