# %% [raw]
# title: Puts every rule under plausibility
# base: solution
# catches: one-kind-of-rule
# loses: {q5_separate_rules: 1, q5_reasons: 1}
# says: {q5_separate_rules: "three kinds of question", q5_reasons: "another kind"}


# %% answer="q5_rules"
import pandera.pandas as pa


def quality_rules():
    everything = pa.DataFrameSchema(
        {
            "sex": pa.Column(checks=pa.Check.isin(["female", "male"]), nullable=True),
            "weight_unit": pa.Column(checks=pa.Check.isin(["kg", "lb"]), nullable=True),
            "visit_id": pa.Column(),
            "person_id": pa.Column(),
            "age": pa.Column(checks=pa.Check.in_range(0, 120)),
            "height_cm": pa.Column(checks=pa.Check.in_range(50, 250), nullable=True),
            "weight_kg": pa.Column(checks=pa.Check.in_range(0, 500, include_min=False), nullable=True),
        },
        checks=pa.Check(lambda rows: ~(rows["dbp"] >= rows["sbp"]), name="dbp"),
    )
    return {
        "conformance": pa.DataFrameSchema(),
        "completeness": pa.DataFrameSchema(),
        "plausibility": everything,
    }
