# %% [markdown]
# # Where do I begin?
#
# Some people come to this course from a ward and have never read code. Others write code and have never been on a ward.
# Twelve short questions find out which of the first two lessons you need: lesson 01 teaches the code, lesson 02 the
# hospital. You may need one, both or neither.
#
# **This is no examination.** A low count is no failure, and nobody gets a mark for it. "I do not know yet" is an allowed
# answer; it makes the advice right. Please answer by reading, without running the code or looking anything up.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# **How to answer.** In the first grey cell under each question, put your answer in place of the line that begins with
# `raise`: one letter, in quotes, or the number that is asked for. When you do not know yet, write `"?"`. So a cell may hold
# one of these lines:
#
# ```
# q1 = "a"
# q2 = 7
# q3 = "?"
# ```
#
# The second grey cell is the test; leave it as it is. Run the next cell first (Shift + Enter): it lets you leave out the
# quotes around a letter, and nothing else.

# %%
a, b, c, d = "a", "b", "c", "d"

# %% [markdown]
# ## Part one: code and small tables
#
# All people here are invented. Questions 1, 2 and 5 are about this table, which is called `pulses`. The pulse is in beats
# a minute; in row 4 nobody wrote one down.
#
# | | patient | ward | pulse |
# |:---|:---|:---|---:|
# | `0` | P1 | A | `80` |
# | `1` | P1 | A | `100` |
# | `2` | P2 | A | `120` |
# | `3` | P3 | B | `104` |
# | `4` | P3 | B | |
# | `5` | P4 | B | `116` |
#
# ## 1. A length (1 point)
#
# ```python
# print(len(pulses))
# ```
#
# What does this print, and what is counted? Write the letter into `q1`.
#
# - **a** `4`: the patients
# - **b** `3`: the columns
# - **c** `6`: the rows, one for each time that somebody looked
# - **d** `5`: the pulses that were written down

# %% answer="q1"
# Write q1 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q1 = "c"
### END SOLUTION

# %% test="q1_rows" points=1 objective="00.1"
assert q1 is None or str(q1).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q1 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

pulses = pd.DataFrame(
    {
        "patient": ["P1", "P1", "P2", "P3", "P3", "P4"],
        "ward": ["A", "A", "A", "B", "B", "B"],
        "pulse": [80, 100, 120, 104, None, 116],
    }
)
offered = {
    "a": pulses["patient"].nunique(),
    "b": pulses.shape[1],
    "c": pulses.shape[0],
    "d": pulses["pulse"].count(),
}
assert q1 is not None and str(q1).strip() != "?", "Not known yet. Lesson 01 explains it."
assert offered[str(q1).strip().lower()] == len(pulses), (
    "This is about what a row of a table stands for, and which of the things in a table `len` counts. Lesson 01 explains "
    "it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. A filter (1 point)
#
# ```python
# fast = pulses[pulses["pulse"] > 100]
# print(len(fast))
# ```
#
# Which number does this print? Write it into `q2`.

# %% answer="q2"
# Write q2 = ... here, with your number (or "?", with the quotes), and delete the next line.
### BEGIN SOLUTION
q2 = 3
### END SOLUTION

# %% test="q2_filter" points=1 objective="00.1"
assert q2 is None or str(q2).strip() == "?" or str(q2).strip().replace(".", "", 1).isdigit(), (
    'q2 holds one number, such as 7, or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

pulses = pd.DataFrame({"pulse": [80, 100, 120, 104, None, 116]})
assert q2 is not None and str(q2).strip() != "?", "Not known yet. Lesson 01 explains it."
assert float(q2) == len(pulses[pulses["pulse"] > 100]), (
    "This is about what a filter keeps: what it does with a value that is exactly the limit, and with a row that has no "
    "value. Lesson 01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Three ages (1 point)
#
# Somebody typed three ages into a list, each in quotes.
#
# ```python
# ages = pd.Series(["9", "70", "103"])
# print(ages.max())
# ```
#
# What does this print? Write the letter into `q3`.
#
# - **a** `103`
# - **b** `9`
# - **c** `70`
# - **d** an error message: there is no maximum

# %% answer="q3"
# Write q3 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q3 = "b"
### END SOLUTION

# %% test="q3_type" points=1 objective="00.1"
assert q3 is None or str(q3).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q3 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

offered = {"a": "103", "b": "9", "c": "70", "d": "an error"}
assert q3 is not None and str(q3).strip() != "?", "Not known yet. Lesson 01 explains it."
assert offered[str(q3).strip().lower()] == pd.Series(["9", "70", "103"]).max(), (
    "This is about the kind of a value: what the quotes make of a number, and what is compared then. Lesson 01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4. A temperature that nobody took (1 point)
#
# ```python
# temperature = pd.Series([37.0, None, 39.0])
# print(temperature.mean())
# ```
#
# What does this print? Write the letter into `q4`.
#
# - **a** `25.33`
# - **b** `nan`, which means "not a number"
# - **c** an error message: a value is missing
# - **d** `38.0`

# %% answer="q4"
# Write q4 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q4 = "d"
### END SOLUTION

# %% test="q4_missing" points=1 objective="00.2"
assert q4 is None or str(q4).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q4 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

offered = {"a": 76 / 3, "b": float("nan"), "c": None, "d": 38.0}
assert q4 is not None and str(q4).strip() != "?", "Not known yet. Lesson 01 explains it."
assert offered[str(q4).strip().lower()] == pd.Series([37.0, None, 39.0]).mean(), (
    "This is about what pandas does with an empty value when it takes a mean: who is counted then? Lesson 01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Two wards (1 point)
#
# The table `pulses` again, at the top of this part.
#
# ```python
# print(pulses.groupby("ward")["pulse"].mean())
# ```
#
# This prints one number beside each ward. Which one stands beside ward A? Write it into `q5`.

# %% answer="q5"
# Write q5 = ... here, with your number (or "?", with the quotes), and delete the next line.
### BEGIN SOLUTION
q5 = 100
### END SOLUTION

# %% test="q5_groups" points=1 objective="00.2"
assert q5 is None or str(q5).strip() == "?" or str(q5).strip().replace(".", "", 1).isdigit(), (
    'q5 holds one number, such as 7, or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

pulses = pd.DataFrame({"ward": list("AAABBB"), "pulse": [80, 100, 120, 104, None, 116]})
assert q5 is not None and str(q5).strip() != "?", "Not known yet. Lesson 01 explains it."
assert abs(float(q5) - pulses.groupby("ward")["pulse"].mean()["A"]) < 0.01, (
    "This is about a mean by group: it is taken over the rows of one group, and over nobody else's. Lesson 01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 6. A flag and an illness (1 point)
#
# A model flags patients who may get sepsis, a dangerous reaction to an infection. This is what happened to `200` patients:
#
# | | had sepsis | had no sepsis | together |
# |:---|---:|---:|---:|
# | flagged | `20` | `20` | `40` |
# | not flagged | `10` | `150` | `160` |
# | together | `30` | `170` | `200` |
#
# Of the patients who were flagged, what percentage had sepsis? Write the letter into `q6`.
#
# - **a** `50 %`
# - **b** `67 %`
# - **c** `10 %`
# - **d** `15 %`

# %% answer="q6"
# Write q6 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q6 = "a"
### END SOLUTION

# %% test="q6_share" points=1 objective="00.2"
assert q6 is None or str(q6).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q6 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
offered = {"a": 50, "b": 67, "c": 10, "d": 15}
assert q6 is not None and str(q6).strip() != "?", "Not known yet. Lesson 01 explains it."
assert offered[str(q6).strip().lower()] == round(100 * 20 / (20 + 20)), (
    "This is about what a percentage is a part of: ask first who stands below the line. Lesson 01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## Part two: a hospital
#
# ## 7. At the door (1 point)
#
# In an emergency department a nurse gives each person a level of the Emergency Severity Index, which has five. Mr Berg
# came at `9:05` and has level 4. Ms Ali came at `9:40` and has level 2. It is `9:45`. Who is seen first? Write the letter into
# `q7`.
#
# - **a** Mr Berg: level 4 is more severe than level 2
# - **b** Ms Ali: level 2 is more urgent than level 4
# - **c** Mr Berg: he has waited longer
# - **d** Nobody can say before there is a diagnosis

# %% answer="q7"
# Write q7 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q7 = "b"
### END SOLUTION

# %% test="q7_triage" points=1 objective="00.3"
assert q7 is None or str(q7).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q7 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# Emergency Severity Index: level 1 is the most urgent of five (AHRQ, Implementation Handbook, 2012)
assert q7 is not None and str(q7).strip() != "?", "Not known yet. Lesson 02 explains it."
assert str(q7).strip().lower() == "b", (
    "This is about triage: what its levels decide, and which end of the scale is the urgent one. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 8. Ten past seven (1 point)
#
# At `6:50` the night nurse writes down the vital signs of the patient in bed 4. At `7:00` she hands bed 4 over to the day
# nurse. At `7:10` a score that was made from these values raises an alert. The hospital's rule: the nurse who is responsible
# for the patient answers it. Who is that? Write the letter into `q8`.
#
# - **a** The night nurse: the alert is about her values
# - **b** Neither: an alert is for the physician on call
# - **c** The day nurse: bed 4 is hers since `7:00`
# - **d** Neither: whoever runs the score has to look first

# %% answer="q8"
# Write q8 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q8 = "c"
### END SOLUTION

# %% test="q8_handover" points=1 objective="00.4"
assert q8 is None or str(q8).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q8 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# Handover: "transfer of professional responsibility and accountability for some or all aspects of care for a patient"
# (Australian Medical Association, Safe Handover: Safe Patients, 2006)
assert q8 is not None and str(q8).strip() != "?", "Not known yet. Lesson 02 explains it."
assert str(q8).strip().lower() == "c", (
    "This is about who acts on an alert, and about what passes from one person to another in a handover. Lesson 02 "
    "explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 9. One line in the record (1 point)
#
# All that the record says about an antibiotic is this line:
#
# | time | what | details |
# |:---|:---|:---|
# | `08:05` | medication order | ceftriaxone 1 g into a vein, now |
#
# When did the patient get it? Write the letter into `q9`.
#
# - **a** At `08:05`, the time in the line
# - **b** Before `09:05`: "now" is within the hour
# - **c** With the next round of medicines
# - **d** This line does not say whether or when

# %% answer="q9"
# Write q9 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q9 = "d"
### END SOLUTION

# %% test="q9_order" points=1 objective="00.4"
assert q9 is None or str(q9).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q9 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# HL7 FHIR R4, medications module: MedicationRequest is the order, MedicationAdministration the record of the dose
assert q9 is not None and str(q9).strip() != "?", "Not known yet. Lesson 02 explains it."
assert str(q9).strip().lower() == "d", (
    "This is about the two ends of a prescription: what is asked for, and what is done. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 10. Four people (1 point)
#
# Four adults are awake, have no lung disease and get no oxygen. Somebody has just taken these values:
#
# | | breaths a minute | oxygen saturation | blood pressure (mmHg) | pulse a minute | temperature |
# |:---|---:|---:|---:|---:|---:|
# | **a** | `26` | `90 %` | `118/70` | `92` | `36.9 °C` |
# | **b** | `16` | `97 %` | `168/94` | `76` | `36.8 °C` |
# | **c** | `18` | `96 %` | `124/76` | `104` | `38.4 °C` |
# | **d** | `14` | `98 %` | `112/68` | `50` | `36.4 °C` |
#
# Whom does a clinician have to see first? Write the letter into `q10`.

# %% answer="q10"
# Write q10 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q10 = "a"
### END SOLUTION

# %% test="q10_signs" points=1 objective="00.3"
assert q10 is None or str(q10).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q10 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017: chart 1, scale 1, on air, alert


def _news2(breaths, saturation, systolic, pulse, temperature):
    """Points of the five values: breaths, oxygen saturation, blood pressure, pulse, temperature."""
    slow = 3 * (breaths <= 8) + 1 * (9 <= breaths <= 11)
    fast = 2 * (21 <= breaths <= 24) + 3 * (breaths >= 25)
    low_oxygen = 3 * (saturation <= 91) + 2 * (92 <= saturation <= 93) + 1 * (94 <= saturation <= 95)
    pressure = (
        3 * (systolic <= 90 or systolic >= 220) + 2 * (91 <= systolic <= 100) + (101 <= systolic <= 110)
    )
    slow_pulse = 3 * (pulse <= 40) + (41 <= pulse <= 50)
    fast_pulse = (91 <= pulse <= 110) + 2 * (111 <= pulse <= 130) + 3 * (pulse >= 131)
    cold = 3 * (temperature <= 35.0) + (35.1 <= temperature <= 36.0)
    hot = (38.1 <= temperature <= 39.0) + 2 * (temperature >= 39.1)
    return slow + fast + low_oxygen + pressure + slow_pulse + fast_pulse + cold + hot


offered = {
    "a": _news2(26, 90, 118, 92, 36.9),
    "b": _news2(16, 97, 168, 76, 36.8),
    "c": _news2(18, 96, 124, 104, 38.4),
    "d": _news2(14, 98, 112, 50, 36.4),
}
assert q10 is not None and str(q10).strip() != "?", "Not known yet. Lesson 02 explains it."
assert offered[str(q10).strip().lower()] == max(offered.values()), (
    "This is about vital signs: how far each of them is from what is usual for an adult. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 11. Two letters (1 point)
#
# Two notes about the same patient:
#
# 1. `PT 29 s, INR 2.6, on warfarin`
# 2. `PT at 10:00: walked 20 m with a frame`
#
# What does PT say? Write the letter into `q11`.
#
# - **a** Physical therapy in both: in note 1 it took `29` seconds
# - **b** Prothrombin time in both: in note 2 the blood was drawn at `10:00`
# - **c** Physical therapy in note 1, prothrombin time in note 2
# - **d** Prothrombin time in note 1, physical therapy in note 2

# %% answer="q11"
# Write q11 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q11 = "d"
### END SOLUTION

# %% test="q11_abbreviation" points=1 objective="00.3"
assert q11 is None or str(q11).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q11 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# The prothrombin time is measured in seconds and told as INR, also to steer warfarin.
assert q11 is not None and str(q11).strip() != "?", "Not known yet. Lesson 02 explains it."
assert str(q11).strip().lower() == "d", (
    "This is about reading an abbreviation from the words and units around it. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 12. A code in the table (1 point)
#
# A table has one row for each hospital stay. Its column `main_diagnosis` comes from the bill and holds codes such as
# `I21.4`, a heart attack. A model is to say at admission who will die in hospital, and somebody wants to feed it this
# column. From when on is the code there? Write the letter into `q12`.
#
# - **a** From admission: it is the reason for it
# - **b** From after discharge: the whole stay is read for it
# - **c** From the first laboratory result that shows it
# - **d** From the moment at which a physician suspects it

# %% answer="q12"
# Write q12 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q12 = "b"
### END SOLUTION

# %% test="q12_code" points=1 objective="00.4"
assert q12 is None or str(q12).strip().lower() in ("a", "b", "c", "d", "?"), (
    'q12 holds one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# Principal diagnosis: "established after study to be chiefly responsible for occasioning the admission" (UHDDS,
# ICD-10-CM Official Guidelines, section II)
assert q12 is not None and str(q12).strip() != "?", "Not known yet. Lesson 02 explains it."
assert str(q12).strip().lower() == "b", (
    "This is about the time at which something is known: a bill is written at another moment than the one at which the "
    "model is asked. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# **Done.** Save, open a terminal (*File > New > Terminal*), and type `python3 start.py grade 00_start_here` (on Windows
# `py start.py grade 00_start_here`). Under the counts it says what to do next, and why.
