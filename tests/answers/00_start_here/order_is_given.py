# %% [raw]
# title: "The time of an order is taken for the time at which the dose was given"
# base: solution
# catches: order-is-given
# loses: {q9_order: 1}
# says: {q9_order: "what is asked for, and what is done"}

# %% answer="q9"
q9 = "a"
