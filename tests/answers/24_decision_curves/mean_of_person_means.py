# %% [raw]
# title: Gives each person one vote, however many stays
# base: solution
# catches: person-means
# loses: {q6_rival: 1}
# says: {q6_rival: "for each stay"}


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    judged = stays[stays["part"] == "judge"]
    weight = t / (1 - t)
    without = np.where(judged["risk"] >= t, 0, np.where(judged["fell"] == 1, -1, weight))
    means = pd.Series(without, judged["person"].to_numpy()).groupby(level=0).mean().to_numpy()
    dice = np.random.default_rng(seed)
    samples = dice.choice(means, (draws, len(means))).mean(axis=1)
    low, high = np.quantile(samples, [0.025, 0.975])
    return {"value": float(means.mean()), "low": float(low), "high": float(high)}
