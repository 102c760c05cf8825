# %% [raw]
# title: Draws stays
# base: solution
# catches: rows-are-drawn
# loses: {q6_people: 1}
# says: {q6_people: "draw people"}


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    judged = stays[stays["part"] == "judge"]
    fell, risk = judged["fell"].to_numpy(), judged["risk"].to_numpy()
    rows = [np.array([i]) for i in range(len(judged))]

    def gain(chosen):
        y, p = fell[chosen], risk[chosen]
        return net_benefit(y, p, t) - net_benefit(y, np.ones(len(y)), t)

    dice = np.random.default_rng(seed)
    samples = []
    for _ in range(draws):
        drawn = dice.integers(len(rows), size=len(rows))
        samples.append(gain(np.concatenate([rows[i] for i in drawn])))
    low, high = np.quantile(samples, [0.025, 0.975])
    return {"value": gain(np.arange(len(judged))), "low": float(low), "high": float(high)}
