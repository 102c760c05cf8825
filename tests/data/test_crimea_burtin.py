"""crimea and burtin: the figures of their datasheets."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

CAUSES = ["disease", "wounds", "other"]
DRUGS = ["Penicillin", "Streptomycin", "Neomycin"]
# The data set `antibiotic` of the R package lucid, which goes back to the same chart; in the order of burtin.csv, and
# with one slip of spelling (Bacillis) mended.
LUCID = """\
Aerobacter aerogenes,870,1,1.6,neg
Bacillus anthracis,0.001,0.01,0.007,pos
Brucella abortus,1,2,0.02,neg
Diplococcus pneumoniae,0.005,11,10,pos
Escherichia coli,100,0.4,0.1,neg
Klebsiella pneumoniae,850,1.2,1,neg
Mycobacterium tuberculosis,800,5,2,neg
Proteus vulgaris,3,0.1,0.1,neg
Pseudomonas aeruginosa,850,2,0.4,neg
Salmonella typhosa,1,0.4,0.008,neg
Salmonella schottmuelleri,10,0.8,0.09,neg
Staphylococcus albus,0.007,0.1,0.001,pos
Staphylococcus aureus,0.03,0.03,0.001,pos
Streptococcus fecalis,1,1,0.1,pos
Streptococcus hemolyticus,0.001,14,10,pos
Streptococcus viridans,0.005,10,40,pos
"""
# The yearly rates per 1,000 that HistData gives beside the deaths: disease, wounds, other; one line a month.
PRINTED_RATES = """\
1.4 0 7
6.2 0 4.6
4.7 0 2.5
150 0 9.6
328.5 0.4 11.9
312.2 32.1 27.7
197 51.7 50.1
340.6 115.8 42.8
631.5 41.7 48
1022.8 30.7 120
822.8 16.3 140.1
480.3 12.8 68.6
177.5 17.9 21.2
171.8 16.6 12.5
247.6 64.5 9.6
107.5 37.7 9.3
129.9 44.1 6.7
47.5 69.4 5
32.8 13.6 4.6
56.4 10.5 10.1
25.3 5 7.8
11.4 0.5 13
6.6 0 5.2
3.9 0 9.1
"""


@pytest.fixture(scope="module")
def wrong(table) -> pd.DataFrame:
    return table("crimea").set_index("date")


@pytest.fixture(scope="module")
def printed(table) -> pd.DataFrame:
    return table("crimea", "nightingale.csv").set_index("date")


@pytest.fixture(scope="module")
def burtin(table) -> pd.DataFrame:
    return table("burtin").set_index("Bacteria")


def rates(printed: pd.DataFrame) -> pd.DataFrame:
    """Deaths a year per 1,000 soldiers, as Nightingale reckoned them."""
    return printed[CAUSES].mul(12_000).div(printed.army, axis=0)


def test_the_printed_table(printed: pd.DataFrame, says) -> None:
    """Typed numbers: the rates that were printed beside them come out again."""
    assert printed.shape == (24, 4) and list(printed.index) == sorted(printed.index)
    expected = [line.split() for line in PRINTED_RATES.splitlines()]
    np.testing.assert_allclose(rates(printed), np.array(expected, dtype=float), atol=0.0501)
    sums = printed[CAUSES].sum()
    says(
        "crimea",
        f"{sums.disease:,} died of disease, {sums.wounds:,} of wounds and {sums.other:,} of other causes: {sums.sum():,}",
        f"between {printed.army.min():,} and {printed.army.max():,} of them",
    )


def test_the_file_is_not_deaths(wrong: pd.DataFrame, printed: pd.DataFrame, says) -> None:
    assert wrong.shape == (24, 3) and list(wrong.index) == list(printed.index)
    file, true = wrong.sum(), printed[CAUSES].sum()
    assert printed.disease["1854-04-01"] == 1
    says(
        "crimea",
        f"In January 1855 {printed.disease['1855-01-01']:,} soldiers died of disease; `crimea.csv` says "
        f"{wrong.disease['1855-01-01']:,}. In April 1854 one died of disease; it says {wrong.disease['1854-04-01']}.",
        f"Its total is {file.sum():,}, the printed one {true.sum():,}: {file.disease:,} against {true.disease:,} for "
        f"disease, {file.wounds:,} against {true.wounds:,} for wounds, {file.other:,} against {true.other:,} for other",
    )


def test_it_behaves_like_radii(wrong: pd.DataFrame, printed: pd.DataFrame, says) -> None:
    value, rate = wrong[CAUSES].to_numpy().ravel(), rates(printed).to_numpy().ravel()
    root = np.sqrt(rate)
    factor = (value * root).sum() / (root**2).sum()
    assert (value % 5 == 0).all()
    says(
        "crimea",
        f"The {len(value)} numbers correlate {np.corrcoef(value, root)[0, 1]:.3f} with".replace("0.", "."),
        f"and {np.corrcoef(value, rate)[0, 1]:.3f} with the rate itself".replace("0.", "."),
        f"{factor:.1f} times the square root comes within 25 of {(abs(value - factor * root) <= 25).sum()} of the 72",
    )


def test_hidden_wedges(wrong: pd.DataFrame, printed: pd.DataFrame, says) -> None:
    months = list(wrong.index[wrong.disease == wrong.other])
    assert months == ["1854-04-01", "1856-01-01", "1856-02-01"]
    pairs = [f"{printed.disease[m]} and {printed.other[m]}" for m in months]
    assert (wrong.wounds["1856-01-01"], printed.wounds["1856-01-01"]) == (0, 2)
    says(
        "crimea",
        f"({', '.join(str(wrong.disease[m]) for m in months)}), where in print it is {', '.join(pairs)}.",
    )


def test_shares_and_the_two_years(wrong: pd.DataFrame, printed: pd.DataFrame, says) -> None:
    file, true = (t[CAUSES].sum() / t[CAUSES].sum().sum() * 100 for t in (wrong, printed))
    first, second = printed[:12].sum(), printed[12:].sum()
    was, became = wrong[:12].disease.sum(), wrong[12:].disease.sum()
    rate = [12_000 * half.disease / half.army for half in (first, second)]
    hurt = [12_000 * half.wounds / half.army for half in (first, second)]
    winters = [printed.disease[f"{y}-12-01" : f"{y + 1}-02-01"].sum() for y in (1854, 1855)]
    says(
        "crimea",
        f"Disease is {true.disease:.1f} % of the deaths in print and {file.disease:.1f} % in the file; wounds are "
        f"{true.wounds:.1f} % and {file.wounds:.1f} %",
        f"fell by {(1 - second.disease / first.disease) * 100:.1f} % in print ({first.disease:,} to {second.disease:,})",
        f"by {(1 - became / was) * 100:.1f} % in the file ({was:,} to {became:,})",
        f"the yearly rate by {(1 - rate[1] / rate[0]) * 100:.1f} %: from {rate[0]:.0f} to {rate[1]:.0f} per 1,000",
        f"Deaths from wounds rose from {first.wounds} to {second.wounds}, and their rate fell from {hurt[0]:.1f} to {hurt[1]:.1f}",
        f"{winters[0]:,} soldiers died of disease in the first winter and {winters[1]} in the second",
    )


def test_a_month_to_ask_about(printed: pd.DataFrame, says) -> None:
    army = [f"{printed.army[m]:,}" for m in ("1855-10-01", "1855-11-01", "1855-12-01")]
    says("crimea", f"{army[0]} soldiers in October 1855, {army[1]} in November and {army[2]} in December")


# ---------------------------------------------------------------- burtin


def test_burtin_range(burtin: pd.DataFrame, says) -> None:
    assert burtin.shape == (16, 5) and not burtin.isna().any(axis=None)
    low, high = burtin[DRUGS].min(), burtin[DRUGS].max()
    factor = high / low
    says(
        "burtin",
        f"from {low.Penicillin} to {high.Penicillin:.0f}, a factor of {factor.Penicillin:,.0f}; streptomycin of "
        f"{factor.Streptomycin:,.0f}, neomycin of {factor.Neomycin:,.0f}",
        f"{(burtin.Penicillin < high.Penicillin / 100).sum()} of the 16 values of penicillin lie in the first hundredth",
    )


def test_burtin_order(burtin: pd.DataFrame, says) -> None:
    groups = burtin.groupby("Gram_Staining")
    positive, negative = groups.get_group("positive"), groups.get_group("negative")
    assert positive.Penicillin.max() <= 1 <= negative.Penicillin.min()
    middle = groups[DRUGS].median()
    says(
        "burtin",
        f"all {len(positive)} positive bacteria need 1 or less of penicillin and all {len(negative)} negative 1 or more; "
        f"{(burtin.Penicillin == 1).sum()} share the value 1",
        f"medians are the same, {middle.Streptomycin['positive']:.0f} and {middle.Streptomycin['negative']:.0f}, and for "
        f"neomycin {middle.Neomycin['positive']} and {middle.Neomycin['negative']}",
    )


def test_burtin_names(burtin: pd.DataFrame, says) -> None:
    powers = np.log10(burtin[DRUGS])

    def apart(one: str, other: str) -> str:
        return f"{np.linalg.norm(powers.loc[one] - powers.loc[other]):.2f}"

    old, moved = "Diplococcus pneumoniae", "Streptococcus fecalis"
    kin = "Streptococcus viridans", "Streptococcus hemolyticus"
    assert burtin.Genus[old] == "other" and burtin.Genus[moved] == "Streptococcus"
    says(
        "burtin",
        f"is {apart(old, kin[0])} from {kin[0]} and {apart(old, kin[1])} from {kin[1]}, while {moved} is "
        f"{apart(moved, kin[0])} and {apart(moved, kin[1])} from them",
        f'"other" in {(burtin.Genus == "other").sum()} of 16 rows',
    )


def test_burtin_who_wins(burtin: pd.DataFrame, says) -> None:
    best = burtin[DRUGS].eq(burtin[DRUGS].min(axis=1), axis=0)
    assert (best.sum(axis=1) > 1).sum() == 1
    wins = best.sum()
    says(
        "burtin",
        f"in {wins.Neomycin} of 16 rows, penicillin in {wins.Penicillin} and streptomycin in {wins.Streptomycin} (one tie)",
    )


def test_burtin_agrees_with_another_copy(burtin: pd.DataFrame, says) -> None:
    copy = pd.read_csv(io.StringIO(LUCID), header=None, index_col=0)
    ours = burtin.rename(index={"Salmonella (Eberthella) typhosa": "Salmonella typhosa"})
    assert list(ours.index) == list(copy.index)
    np.testing.assert_array_equal(ours[DRUGS], copy[[1, 2, 3]])
    assert (ours.Gram_Staining.str[:3] == copy[4]).all()
    says("burtin", f"All {ours[DRUGS].size} numbers and the Gram stains agree")
