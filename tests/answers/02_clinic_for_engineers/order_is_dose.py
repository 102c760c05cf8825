# %% [raw]
# title: Takes the order for the dose
# base: solution
# catches: order-is-dose
# loses: {q2_form: 1, q2_given: 1, q2_never: 1, q2_spoken: 1}
# says: {q2_given: "*first* dose of this drug", q2_never: "an order is not a dose"}


# %% answer="q2_first_dose"
def first_dose(events, drug):
    rows = events[(events["code"] == drug) & (events["event_type"] == "drug_order")]
    return {stay: 0 for stay in rows["stay_id"]}
