# %% [raw]
# title: Answers as long as something is left
# base: solution
# catches: budget-overspent
# loses: {q5_budget: 1}
# says: {q5_budget: "cannot pay"}


# %% answer="q5_spend"
def spend(ledger, epsilon):
    if epsilon <= 0 or ledger["spent"] > ledger["budget"] - 1e-9:
        return False
    ledger["spent"] += epsilon
    return True
