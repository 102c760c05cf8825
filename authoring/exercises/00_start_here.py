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
a, b, c, d = A, B, C, D = "a", "b", "c", "d"

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
given = str(q1).strip(" '\"()[].,").lower()
assert q1 is None or given in ("a", "b", "c", "d", "?"), (
    'q1 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
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
assert q1 is not None and given != "?", "Not known yet. Lesson 01 explains it."
assert offered[given] == len(pulses), (
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
given = str(q2).strip(" '\"()[].,").replace(" ", "").replace(",", ".")
assert q2 is None or given == "?" or given.replace(".", "", 1).isdecimal(), (
    'q2 cannot be read: write one number, such as 7 or 7.5, or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

pulses = pd.DataFrame({"pulse": [80, 100, 120, 104, None, 116]})
assert q2 is not None and given != "?", "Not known yet. Lesson 01 explains it."
assert float(given) == len(pulses[pulses["pulse"] > 100]), (
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
given = str(q3).strip(" '\"()[].,").lower()
assert q3 is None or given in ("a", "b", "c", "d", "?"), (
    'q3 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

offered = {"a": "103", "b": "9", "c": "70", "d": "an error"}
assert q3 is not None and given != "?", "Not known yet. Lesson 01 explains it."
assert offered[given] == pd.Series(["9", "70", "103"]).max(), (
    "This is about the kind of a value: what the quotes make of a number, and what is compared then. Lesson 01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4. A temperature that nobody took (1 point)
#
# ```python
# temperature = pd.Series([37.0, None, 39.0])
# print((temperature > 38).mean())
# ```
#
# What does this print? Write the letter into `q4`.
#
# - **a** `0.5`
# - **b** `nan`, which means "not a number"
# - **c** an error message: a value is missing
# - **d** `0.333…`

# %% answer="q4"
# Write q4 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q4 = "d"
### END SOLUTION

# %% test="q4_share" points=1 objective="00.2"
given = str(q4).strip(" '\"()[].,").lower()
assert q4 is None or given in ("a", "b", "c", "d", "?"), (
    'q4 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

temperature = pd.Series([37.0, None, 39.0])
offered = {"a": 1 / 2, "b": float("nan"), "c": float("nan"), "d": 1 / 3}
assert q4 is not None and given != "?", "Not known yet. Lesson 01 explains it."
assert abs(offered[given] - (temperature > 38).mean()) < 0.01, (
    "This is about an empty value: what it answers when it is compared, and whether it is then counted in a share. Lesson "
    "01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. A mean of means (1 point)
#
# The table `pulses` again, at the top of this part.
#
# ```python
# print(pulses.groupby("patient")["pulse"].mean().mean())
# ```
#
# Which number does this print? Write it into `q5`. (Paper or a pocket calculator is allowed.)

# %% answer="q5"
# Write q5 = ... here, with your number (or "?", with the quotes), and delete the next line.
### BEGIN SOLUTION
q5 = 107.5
### END SOLUTION

# %% test="q5_means" points=1 objective="00.2"
given = str(q5).strip(" '\"()[].,").replace(" ", "").replace(",", ".")
assert q5 is None or given == "?" or given.replace(".", "", 1).isdecimal(), (
    'q5 cannot be read: write one number, such as 7 or 7.5, or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
import pandas as pd

pulses = pd.DataFrame(
    {"patient": ["P1", "P1", "P2", "P3", "P3", "P4"], "pulse": [80, 100, 120, 104, None, 116]}
)
assert q5 is not None and given != "?", "Not known yet. Lesson 01 explains it."
assert abs(float(given) - pulses.groupby("patient")["pulse"].mean().mean()) < 0.01, (
    "This is about means by group: what the first mean leaves of a patient, and over what the second one is taken. Lesson "
    "01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 6. A function (1 point)
#
# ```python
# def double(x):
#     x * 2
#
# print(double(4))
# ```
#
# What does this print? Write the letter into `q6`.
#
# - **a** `8`
# - **b** `4`
# - **c** `None`
# - **d** an error message

# %% answer="q6"
# Write q6 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q6 = "c"
### END SOLUTION

# %% test="q6_return" points=1 objective="00.1"
given = str(q6).strip(" '\"()[].,").lower()
assert q6 is None or given in ("a", "b", "c", "d", "?"), (
    'q6 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS


def _double(x):
    x * 2


offered = {"a": 8, "b": 4, "c": None, "d": "an error"}
assert q6 is not None and given != "?", "Not known yet. Lesson 01 explains it."
assert offered[given] == _double(4), (
    "This is about what a function hands back to whoever calls it. Lesson 01 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## Part two: a hospital
#
# ## 7. At the door (1 point)
#
# In an emergency department a nurse gives each person a level of the Emergency Severity Index, from 1 to 5. It is `9:45`, and
# four people wait for a doctor. Who comes first? Write the letter into `q7`.
#
# - **a** Mr Berg: level 5, here since `9:05`
# - **b** Ms Ali: level 2, here since `9:40`
# - **c** Mr Costa: level 3, here since `8:30`
# - **d** Ms Dahl: level 4, here since `9:15`

# %% answer="q7"
# Write q7 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q7 = "b"
### END SOLUTION

# %% test="q7_triage" points=1 objective="00.3"
given = str(q7).strip(" '\"()[].,").lower()
assert q7 is None or given in ("a", "b", "c", "d", "?"), (
    'q7 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# Emergency Severity Index: level 1 is the most urgent of five (AHRQ, Implementation Handbook, 2012)
assert q7 is not None and given != "?", "Not known yet. Lesson 02 explains it."
assert given == "b", (
    "This is about triage: what its levels decide, and which end of the scale is the urgent one. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 8. A word beside a result (1 point)
#
# A result comes from the laboratory:
#
# | test | result | remark |
# |:---|---:|:---|
# | potassium | `6.9 mmol/L` | `haemolysed` |
#
# What does the remark say? Write the letter into `q8`.
#
# - **a** The blood was thinned by a drip: the value may be too low
# - **b** The patient is bleeding inside
# - **c** Red cells burst in the sample: the value may be too high
# - **d** The patient has too few red cells

# %% answer="q8"
# Write q8 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q8 = "c"
### END SOLUTION

# %% test="q8_remark" points=1 objective="00.3"
given = str(q8).strip(" '\"()[].,").lower()
assert q8 is None or given in ("a", "b", "c", "d", "?"), (
    'q8 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# Haemolysis comes about "in vitro in most cases - that is, during or after taking the sample", and potassium is then
# reported too high (Ismail et al., BMJ 2005;330:949)
assert q8 is not None and given != "?", "Not known yet. Lesson 02 explains it."
assert given == "c", (
    "This is about a remark of the laboratory: whether it speaks of the patient or of the sample. Lesson 02 explains it."
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
# - **c** Some time after `08:05`; another line has to say when
# - **d** The line says neither when nor whether

# %% answer="q9"
# Write q9 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q9 = "d"
### END SOLUTION

# %% test="q9_order" points=1 objective="00.4"
given = str(q9).strip(" '\"()[].,").lower()
assert q9 is None or given in ("a", "b", "c", "d", "?"), (
    'q9 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# HL7 FHIR R4, medications module: MedicationRequest is the order, MedicationAdministration the record of the dose
assert q9 is not None and given != "?", "Not known yet. Lesson 02 explains it."
assert given == "d", (
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
given = str(q10).strip(" '\"()[].,").lower()
assert q10 is None or given in ("a", "b", "c", "d", "?"), (
    'q10 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
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
assert q10 is not None and given != "?", "Not known yet. Lesson 02 explains it."
assert offered[given] == max(offered.values()), (
    "This is about vital signs: how far each of them is from what is usual for an adult. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 11. Two letters (1 point)
#
# Two notes about the same woman:
#
# 1. `SpO2 96 % on RA`
# 2. `RA, on methotrexate`
#
# What does RA say? Write the letter into `q11`.
#
# - **a** Room air in note 1, rheumatoid arthritis in note 2
# - **b** Right arm in note 1, rheumatoid arthritis in note 2
# - **c** Right arm in note 1, right atrium in note 2
# - **d** Rheumatoid arthritis in both

# %% answer="q11"
# Write q11 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q11 = "a"
### END SOLUTION

# %% test="q11_abbreviation" points=1 objective="00.3"
given = str(q11).strip(" '\"()[].,").lower()
assert q11 is None or given in ("a", "b", "c", "d", "?"), (
    'q11 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# A saturation is written down with what is breathed, room air or oxygen (University of Aberdeen, Oxygen therapy);
# methotrexate treats rheumatoid arthritis (American College of Rheumatology, guideline of 2021); the three meanings
# of RA stand in datasets/ward/abbreviations.csv
assert q11 is not None and given != "?", "Not known yet. Lesson 02 explains it."
assert given == "a", (
    "This is about reading an abbreviation from the words and units around it. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 12. A code in the table (1 point)
#
# A table has one row for each hospital stay. Its column `main_diagnosis` comes from the final bill and holds codes such as
# `I21.4`, a heart attack. From when on is such a code there? Write the letter into `q12`.
#
# - **a** From admission: it is the reason for it
# - **b** Only after discharge: the whole stay is read for it
# - **c** From the first laboratory result that shows it
# - **d** From the moment at which a physician suspects it

# %% answer="q12"
# Write q12 = "..." here, with your letter between the quotes, and delete the next line.
### BEGIN SOLUTION
q12 = "b"
### END SOLUTION

# %% test="q12_code" points=1 objective="00.4"
given = str(q12).strip(" '\"()[].,").lower()
assert q12 is None or given in ("a", "b", "c", "d", "?"), (
    'q12 cannot be read: write one letter, "a" to "d", or "?" when you do not know yet.'
)
### BEGIN HIDDEN TESTS
# Principal diagnosis: "established after study to be chiefly responsible for occasioning the admission" (UHDDS,
# ICD-10-CM Official Guidelines, section II)
assert q12 is not None and given != "?", "Not known yet. Lesson 02 explains it."
assert given == "b", (
    "This is about the time at which something is known: who writes this code, and from what. Lesson 02 explains it."
)
### END HIDDEN TESTS

# %% [markdown]
# **Done.** Save. Then run the cell that grades you under *Where you stand* on the page of lesson 00, or open a terminal
# (*File > New > Terminal*) and type `python3 start.py grade 00_start_here` (on Windows `py start.py grade 00_start_here`).
# *What to do next* then says which lesson comes first, and why.
