"""Uses each library once in the warm parent: much of what they load, they load at the first call.

Every child then finds it loaded, instead of doing it again: about a tenth of what a submission costs. Only what the
exercise imports is used, nothing is kept, and a library that fails here will say so where it is asked.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings


def up() -> None:
    """Call the usual functions of the usual libraries, where they are loaded."""
    for name, use in (
        ("numpy", _numpy),
        ("pandas", _pandas),
        ("matplotlib.figure", _matplotlib),
        ("sklearn.linear_model", _scikit_learn),
        ("sklearn.metrics", _metrics),
        ("statsmodels.api", _statsmodels),
        ("pandera.pandas", _pandera),
    ):
        if name in sys.modules:
            # A warning that is ignored is not marked as said: the notebook's own first one still appears.
            with warnings.catch_warnings(), contextlib.suppress(Exception):
                warnings.simplefilter("ignore")
                use(sys.modules[name])


def _numpy(np) -> None:
    np.random.default_rng(0).normal(size=3)
    np.quantile([1.0, 2.0], 0.5)
    np.testing.assert_allclose([1.0], [1.0])


def _pandas(pd) -> None:
    table = pd.read_csv(io.StringIO("a,b,c\n1,x,2020-01-01\n2,y,2020-01-02\n"))
    table["c"] = pd.to_datetime(table["c"])
    table.groupby("b")["a"].agg(["mean", "size"])
    table.merge(table, on="b").sort_values("a_x")
    table["b"].str.contains("x")
    table["b"].value_counts()
    table["a"].map({1: 2}).isna()
    pd.cut(table["a"], 2)
    repr(table)
    table._repr_html_()
    pd.testing.assert_frame_equal(table, table)


def _matplotlib(matplotlib_figure) -> None:
    figure = matplotlib_figure.Figure()  # not by pyplot, which would remember it
    ax = figure.subplots()
    ax.plot([0, 1], label="a")
    ax.set_title("a")
    ax.legend()
    figure.savefig(io.BytesIO())


def _scikit_learn(linear_model) -> None:
    table = sys.modules["pandas"].DataFrame({"x": [0.0, 1.0, 2.0, 3.0]})
    linear_model.LogisticRegression().fit(table, [0, 1, 0, 1]).predict_proba(table)


def _metrics(metrics) -> None:
    table = sys.modules["pandas"].DataFrame({"y": [0, 1], "p": [0.1, 0.9]})
    metrics.roc_auc_score(
        table["y"], table["p"]
    )  # the first call looks for plugins in every installed package


def _statsmodels(sm) -> None:
    sm.GLM(
        [0.0, 1.0, 0.0, 1.0, 1.0], sm.add_constant([0.0, 1.0, 2.0, 3.0, 4.0]), sm.families.Binomial()
    ).fit()


def _pandera(pa) -> None:
    schema = pa.DataFrameSchema({"a": pa.Column(int, pa.Check.ge(0))})
    schema.validate(sys.modules["pandas"].DataFrame({"a": [1, -1]}), lazy=True)
