# %% [raw]
# title: "A higher triage level is taken to be more urgent"
# base: solution
# catches: higher-is-more-urgent
# loses: {q7_triage: 1}
# says: {q7_triage: "which end of the scale"}

# %% answer="q7"
q7 = "a"
