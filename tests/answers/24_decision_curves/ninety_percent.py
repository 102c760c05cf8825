# %% [raw]
# title: Cuts five percent at each end
# base: solution
# catches: ninety-percent-interval
# loses: {q6_people: 1}
# says: {q6_people: "2.5th and 97.5th percentile"}


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    judged = stays[stays["part"] == "judge"]
    fell, risk = judged["fell"].to_numpy(), judged["risk"].to_numpy()
    rows = list(judged.groupby("person").indices.values())

    def gain(chosen):
        y, p = fell[chosen], risk[chosen]
        return net_benefit(y, p, t) - net_benefit(y, np.ones(len(y)), t)

    dice = np.random.default_rng(seed)
    samples = []
    for _ in range(draws):
        drawn = dice.integers(len(rows), size=len(rows))
        samples.append(gain(np.concatenate([rows[i] for i in drawn])))
    low, high = np.quantile(samples, [0.05, 0.95])
    return {"value": gain(np.arange(len(judged))), "low": float(low), "high": float(high)}
