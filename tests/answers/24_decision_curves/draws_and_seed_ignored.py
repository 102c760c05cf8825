# %% [raw]
# title: Draws as it likes
# base: solution
# catches: draws-and-seed-ignored
# loses: {q6_rival: 1}
# says: {q6_rival: "another seed another"}


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    draws, seed = 400, 1
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
    low, high = np.quantile(samples, [0.025, 0.975])
    return {"value": gain(np.arange(len(judged))), "low": float(low), "high": float(high)}
