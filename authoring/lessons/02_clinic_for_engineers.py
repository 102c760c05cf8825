# %% [markdown]
# # How does a patient move, and what do the words mean?
#
# Your alert for patients who get worse has run in a hospital for five weeks. The dashboard looks fine. The nurse in
# charge of ward 4 reads it over your shoulder. "Ask your log about that Tuesday," she says. "A woman with sepsis, half
# past six in the evening. Then ask who was in the room."
#
# You know logs. You have never been on a ward.

# %% [markdown]
# {{ lesson_card }}

# %%
import pandas as pd

events = pd.read_csv("../datasets/ward/events.csv", dtype=str, keep_default_na=False)
stays = pd.read_csv("../datasets/ward/stays.csv", dtype=str, keep_default_na=False)
names = pd.read_csv("../datasets/ward/codes.csv", dtype=str).set_index("code")["display"]
events["time"] = pd.to_datetime(events["time"])
print(len(events), "events,", len(stays), "stays,", stays["person_id"].nunique(), "people")

alerts = events[events["event_type"] == "alert"].set_index("order_id")
answered = events[events["event_type"] == "alert_acknowledged"].set_index("order_id")["time"]
alerts["waited"] = (answered - alerts["time"]).dt.total_seconds() / 60
print("The dashboard:", alerts["waited"].count(), "of", len(alerts), "alerts acknowledged,")
print("median", alerts["waited"].median(), "minutes")

# %% [markdown]
# A median of 29 minutes, for 22 of 24 alerts. (*To acknowledge:* to press "I have seen it".)
#
# *New to pandas?* A difference of two columns matches their labels, here `order_id`; what finds no partner becomes `NaN`, and
# `median` passes over it.
#
# **Nobody in this log exists** ([datasheet](../datasets/ward/datasheet.md)). A **stay** is one visit, from the door to
# discharge; 48 people have 54, because six come back.
#
# ## From the door to discharge
#
# Follow one person, stay S009: a woman of 72 with a cough. **Guess: how many minutes until a doctor has seen her, and until
# she lies on a ward?**

# %%
print(stays.loc[stays["stay_id"] == "S009", ["age", "sex", "ward"]].to_string(index=False))
her = events[events["stay_id"] == "S009"]
steps = ["arrival", "triage", "seen_by_doctor", "working_diagnosis", "bed_requested", "ward_arrival"]
steps += ["discharge_decision", "discharge", "code_assigned"]
path = her[her["event_type"].isin(steps)]
path = path.assign(minutes=(path["time"] - her["time"].min()).dt.total_seconds() / 60)
path[["time", "event_type", "minutes", "place", "actor", "note"]]

# %% [markdown]
# 68 minutes, and 311. *New to the ward?* Who did what:
#
# - The **clerk** writes down the arrival. The **triage** nurse decides who cannot wait: category 1 (at once) to 5.
# - The **doctor** examines, writes a **working diagnosis** (a guess to act on; here pneumonia, low in the right lung) and
#   **orders**: blood tests, drugs, a bed.
# - The **nurse** takes observations and gives drugs. The **phlebotomist** takes the morning bloods. A **pharmacist** checks
#   the drugs (not in this log).
# - On the **ward** one nurse looks after several people, in shifts. Days after discharge a **coder**, who never met her,
#   reads the record and assigns codes.
#
# Her first morning as a picture:

# %%
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")


def at(clock):
    return pd.Timestamp(f"2025-02-08 {clock}")


marks = [  # lane, clock, marker, words, on which side the mark stands
    (3, "08:37", "D", "seen 08:37  ", "right"), (3, "11:25", "D", "  bed asked for 11:25", "left"),
    (2, "07:39", "o", "  first 07:39", "left"), (2, "12:52", "o", "12:52  ", "right"),
    (1, "08:45", "s", "ordered 08:45, taken 08:52  ", "right"), (1, "08:52", "s", "", "left"),
    (1, "09:53", "^", "", "left"), (1, "10:22", "^", "  results 09:53 to 10:22", "left"),
    (0, "09:10", "s", "ordered 09:10  ", "right"), (0, "11:40", "P", "  first dose 11:40", "left"),
    (4, "07:29", ">", "  07:29 emergency department", "left"), (4, "12:40", ">", "ward 12:40  ", "right"),
]  # fmt: skip
fig, ax = plt.subplots(figsize=(9, 4.6))
for y, clock, marker, words, side in marks:
    ax.plot(at(clock), y, marker, color="black", markersize=9)
    ax.text(at(clock), y, words, ha=side, va="center")
ax.annotate("", (at("11:35"), 0.3), (at("09:12"), 0.3), arrowprops={"arrowstyle": "->"})
ax.text(at("09:45"), 0.4, "150 minutes")
ax.set_yticks(range(5), ["Antibiotic", "Blood test", "Observations", "Doctor", "Place"])
ax.set(xlim=(at("06:40"), at("13:30")), ylim=(-0.5, 4.5), xlabel="Clock time, 8 February 2025")
ax.xaxis.set_major_formatter(mdates.DateFormatter("%H:%M"))
ax.set_title("Ordered at 09:10, given at 11:40: an order treats nobody")
alt = (
    "Stay S009 on a time line. Arrival 07:29, first observations 07:39, doctor 08:37, blood ordered 08:45 and taken "
    "08:52, results from 09:53 to 10:22, antibiotic ordered 09:10 and first given 11:40, 150 minutes later; "
    "bed asked for 11:25, ward 12:40."
)
show(fig, alt)

# %% [markdown]
# ## Ordered is not given
#
# She waits 150 minutes between the antibiotic's order and its first dose. **Over all 24 stays with an antibiotic: by how
# much is a report too kind that takes the time of the order?**

# %%
from scipy.stats import binom


def median(values):
    """Median and a 95 % interval: two of the sorted values, found by counting (no shape assumed)."""
    x = sorted(values)
    k = int(binom.ppf(0.025, len(x), 0.5))
    return pd.Series({"n": len(x), "median": pd.Series(x).median(), "low": x[k - 1], "high": x[-k]})


drug = events[events["code"].isin(["723", "2193"])]  # amoxicillin, ceftriaxone
first = drug.groupby(["stay_id", "event_type"])["time"].min().unstack()[["drug_order", "drug_given"]]
door = pd.to_datetime(stays.set_index("stay_id")["arrival_time"])
from_door = first.sub(door.loc[first.index], axis=0) / pd.Timedelta(minutes=1)
delay = from_door["drug_given"] - from_door["drug_order"]
rows = {"door to order": from_door["drug_order"], "door to dose": from_door["drug_given"]}
rows |= {"order to dose": delay, "the same, negative ones dropped": delay[delay >= 0]}
print(
    "people:",
    stays.set_index("stay_id").loc[first.index, "person_id"].nunique(),
    " negative:",
    (delay < 0).sum(),
)
pd.DataFrame({name: median(values) for name, values in rows.items()}).T

# %% [markdown]
# 82 minutes on paper, 211 in the vein. (A stay counts once; two people have two, which the interval ignores.)
#
# In five stays the dose comes *before* the order. They are no errors: a doctor said it aloud, the nurse gave it, the order
# was typed in later. That later time is the **documentation time**. Drop these five as "impossible" and you drop the people
# who were treated fastest: 123 minutes become 150. In five other stays the first order was lost or not carried out, and
# a second one was given.
#
# ## Vital signs: when to worry
#
# **Vital signs** (observations) are what a nurse measures at the bedside. A published score says what is usual and what is
# not: NEWS2 gives 0 to 3 points for each of 7 parts; 5 in all ask for an urgent response, 7 for an emergency
# ([Royal College of Physicians](../datasets/standards/README.md#news2)).

# %%
import numpy as np

bands = {  # upper ends of the bands, and the points of each band (NEWS2, scale 1)
    "9279-1": ([8, 11, 20, 24], [3, 1, 0, 2, 3]),
    "59408-5": ([91, 93, 95], [3, 2, 1, 0]),
    "8480-6": ([90, 100, 110, 219], [3, 2, 1, 0, 3]),
    "8867-4": ([40, 50, 90, 110, 130], [3, 1, 0, 1, 2, 3]),
    "8310-5": ([35.0, 36.0, 38.0, 39.0], [3, 1, 0, 1, 2]),
}
usual = ["12 to 20", "96 or more", "111 to 219", "51 to 90", "36.1 to 38.0"]
signs = pd.DataFrame({"sign": names[list(bands)], "usual": usual}, index=list(bands))
for column, stay, clock in [
    ("her, 07:39", "S009", "02-08 07:39"),
    ("the Tuesday, 18:24", "S017", "02-11 18:24"),
]:
    when = (events["stay_id"] == stay) & (events["time"] == f"2025-{clock}")
    signs[column] = events[when].set_index("code")["value"].astype(float)
    signs[f"points {clock[-5:]}"] = [
        bands[c][1][np.searchsorted(bands[c][0], signs.loc[c, column])] for c in bands
    ]
print(signs.filter(like="points").sum().to_dict())
signs

# %% [markdown]
# *New to the ward?* **Sepsis** is an infection that harms the organs; a falling systolic pressure is one sign of it.
# Saturation is the share of the blood's pigment that carries oxygen.
#
# 7 points and 11: both *at least*. Two of the seven parts, oxygen given and consciousness, have no column here. What
# nobody recorded is not fine: the note on the second woman says "confused".
#
# ## The four times of a blood test
#
# Ordered, taken (**collected**), received by the laboratory, released (the **result**). **A model wants her blood values at
# 09:10, when the antibiotic is ordered. What does it know?**

# %%
tube = her[her["order_id"] == "R053"]
results = tube[tube["event_type"] == "result"].assign(test=lambda t: t["code"].map(names))
taken = tube.loc[tube["event_type"] == "collected", "time"].iloc[0]
print(tube[tube["event_type"] != "result"][["event_type", "time"]].to_string(index=False, header=False))
print("known at 09:10:", (results["time"] <= "2025-02-08 09:10").sum(), "of", len(results), "results")
results.assign(age=(results["time"] - taken).dt.total_seconds() / 60)[
    ["time", "test", "value", "unit", "age"]
]

# %% [markdown]
# That blood was taken, and none of 8 values. At **time zero**, the moment of the prediction, a model may use what was
# *released* by then. How *old* a value is counts from the needle: her CRP (a sign of inflammation) of 126 appears at 10:22
# and describes her at 08:52.
#
# ## Corrected, and in another unit
#
# Potassium of 6.5 mmol/L or more is severe: the heart can stop
# ([UK Kidney Association](../datasets/standards/README.md#ukka-potassium)). **How many people here have it?**

# %%
lab = events[events["event_type"].isin(["result", "result_corrected"])]
potassium = lab[lab["code"] == "2823-3"].assign(value=lambda t: t["value"].astype(float))
final = potassium.sort_values("time").drop_duplicates(["order_id", "code"], keep="last")
print("6.5 or more:", (potassium["value"] >= 6.5).sum(), " after corrections:", (final["value"] >= 6.5).sum())
potassium[potassium["order_id"].isin(["R086"])][["stay_id", "time", "event_type", "value", "note"]]

# %% [markdown]
# Three, and in truth nobody: the specimens were **haemolysed** (red cells burst in the tube and spill potassium). A
# corrected result *replaces* the first; it is not a second measurement. Keep both times: from 23:53 to 02:11 the ward
# knew only the 6.8.
#
# Back to the woman with the cough. **Creatinine** is waste that kidneys remove, so it rises when they fail.

# %%
creatinine = her[her["code"].isin(["2160-0", "14682-9"])][["time", "code", "value", "unit", "place"]]
per_mg = {"mg/dL": 88.4, "umol/L": 1.0}
assert round(10_000 / 113.12, 1) == 88.4  # 10 mg in a litre; a millimole weighs 113.12 mg
creatinine.assign(umol=(creatinine["value"].astype(float) * creatinine["unit"].map(per_mg)).round())

# %% [markdown]
# 0.88, then 75: nothing has happened to her, the laboratory has changed. 1 mg/dL of creatinine is 88.4 umol/L. LOINC gives
# the two units two codes; haemoglobin has one code for both. Always read the unit, and for what is usual ask the laboratory
# for its own **reference range**.
#
# ## The code comes last
#
# Stay S038: a woman of 86 with a broken hip. Kidney injury is a rise by 26.5 umol/L or more within 48 hours
# ([KDIGO](../datasets/standards/README.md#kdigo-aki), one of three signs). **When did it begin, and when does the code say
# so?**

# %%
print(stays.loc[stays["stay_id"] == "S038", ["age", "sex", "admission_text"]].to_string(index=False))
hip = events[events["stay_id"] == "S038"]
kidney = hip[hip["code"].isin(["14682-9", "N17.9"]) | hip["event_type"].isin(["arrival", "discharge"])]
print(kidney[["time", "event_type", "code", "value"]].to_string(index=False))
codes = events[events["event_type"] == "code_assigned"].merge(stays, on="stay_id")
lag = (codes["time"] - pd.to_datetime(codes["discharge_time"])).dt.total_seconds() / 86400
print(f"{len(codes)} codes, all {lag.min():.1f} to {lag.max():.1f} days after discharge")

# %% [markdown]
# The blood of 27 February shows it (82, then 123). The code N17.9 is written on 14 March, nine days after she left. A
# model that is given her codes "at admission" knows the future: all 59 codes come after discharge. And a code's date is
# never the **onset**, the beginning of an illness.
#
# ## Five lists of codes
#
# **FHIR** is the format in which records are exchanged. Which code systems do 16 made-up FHIR records hold?

# %%
import re
from collections import Counter
from pathlib import Path

text = "".join(path.read_text() for path in Path("../datasets/fhir/bundles").glob("*.json"))
systems = Counter(re.findall(r"loinc|unitsofmeasure|rxnorm|sid/icd-10|snomed", text))
print(systems, " SNOMED CT:", systems["snomed"])

# %% [markdown]
# | list | who, when | for | not for |
# |:---|:---|:---|:---|
# | [LOINC](../datasets/standards/README.md#loinc) | laboratory and device, with each result | naming *what was measured* | saying whether it is normal |
# | [UCUM](../datasets/standards/README.md#ucum) | the same, with each number | naming the *unit* for machines | reading aloud on a ward |
# | [RxNorm](../datasets/standards/README.md#rxnorm) | whoever orders or gives | naming the *drug* (US) | proof that it was taken |
# | [ICD-10](../datasets/standards/README.md#icd-10-main-condition) | coder, after discharge | counting and paying: the main condition, known *at the end* | onset, or what was known at admission |
# | [SNOMED CT](../datasets/standards/README.md#snomed-licence) | clinician, while writing | naming *findings* in the record | use without a licence |
#
# No SNOMED CT in these files: it needs a licence. Nor is there one ICD-10: the American ICD-10-CM is another list.
#
# ## One abbreviation, several meanings
#
# You load the hospital's list of abbreviations into a dictionary and translate the notes. **What will RA become?**

# %%
listed = pd.read_csv("../datasets/ward/abbreviations.csv")
naive = dict(zip(listed["abbreviation"], listed["meaning"], strict=True))
notes = stays[stays["admission_text"].str.contains(r"\b(?:RA|MS)\b")]
print(
    sum(listed.groupby("abbreviation").size() > 1),
    "of",
    listed["abbreviation"].nunique(),
    "have several meanings",
)
print({word: naive[word] for word in ("RA", "MS")})
for text in notes["admission_text"]:
    print("-", text)

# %% [markdown]
# The dictionary keeps the last line, and every RA and MS in these notes comes out wrong. Read as a nurse does: after "sats"
# (saturation) RA is **room air**, no extra oxygen (SOB is short of breath); "known RA on MTX" is rheumatoid arthritis and a drug for it. MS beside
# a murmur is mitral stenosis, a heart valve; beside a catheter, multiple sclerosis. Look at what stands around it and who wrote
# it; if that does not tell, ask. And `?PE` is a *question*, not a finding.
#
# ## Shifts and handover
#
# The day shift works from 07:00 to 18:59, the night shift from 19:00 to 06:59. At 07:00 and 19:00 is the **handover**:
# the responsibility passes from one nurse to the next, person by person
# ([Royal College of Physicians](../datasets/standards/README.md#rcp-handover)). **Now the Tuesday: what lies between the
# alert and its answer?**

# %%
tuesday = events[
    (events["stay_id"] == "S017") & events["time"].between("2025-02-11 18:24", "2025-02-11 21:54")
]
print(tuesday[["time", "event_type", "code", "value"]].to_string(index=False))
print("minutes to acknowledge:", alerts.loc["R119", "waited"])

# %% [markdown]
# Pressure 86 at 18:24, alert at 18:27, handover at 19:00, acknowledged at 21:11: 164 minutes. The day nurse was preparing
# the handover, the night nurse was not there yet. Nobody was lazy: the alert belonged to nobody.
#
# ## What an alert costs
#
# Take seven hours off the clock, and a night shift keeps the date of the evening on which it began. **In which hour of a
# shift do alerts wait?**

# %%
since = alerts["time"] - pd.Timedelta(hours=7)
alerts["shift"] = since.dt.date.astype(str) + np.where(since.dt.hour < 12, " day", " night")
alerts["hour"] = since.dt.hour % 12 + since.dt.minute / 60
fig, ax = plt.subplots(figsize=(9, 4.4))
ax.axvspan(11, 12, color="#D9DEE4")
for shift, marker in [("day", "o"), ("night", "s")]:
    part = alerts[alerts["shift"].str.endswith(shift)]
    ax.plot(part["hour"], part["waited"], marker, label=f"{shift} shift, acknowledged")
never = alerts[alerts["waited"].isna()]
ax.plot(never["hour"], [195] * len(never), "X", color="black", label="never acknowledged (both at night)")
ax.text(10.95, 100, "last hour,\nthen handover", ha="right")
ax.set(xlabel="Hours since the shift began", ylabel="Minutes until acknowledged", xlim=(0, 12), ylim=(0, 210))
ax.legend(loc="upper left")
ax.set_yticks(range(0, 176, 25))
ax.set_title("In the last hour of a shift 8 of 9 alerts wait over 100 minutes")
alt = (
    "24 alerts by hour of the shift. Eight in the last hour wait 103 to 174 minutes; one there and 13 earlier ones are "
    "acknowledged within 31 minutes; two at night, in the tenth hour, never."
)
show(fig, alt)

# %%
from scipy.stats import chi2
from statsmodels.stats.proportion import proportion_confint

alerts["part"] = np.where(alerts["hour"] >= 11, "last hour of a shift", "earlier")
rows = alerts.groupby("part")["waited"].agg(n="size", within_60=lambda w: (w <= 60).sum())
rows["low"], rows["high"] = proportion_confint(rows["within_60"], rows["n"], method="wilson")
starts = pd.date_range("2025-02-03 19:00", "2025-03-14 07:00", freq="12h")
ward, left = pd.to_datetime(stays["ward_time"]), pd.to_datetime(stays["discharge_time"])
busy = sum(((ward < s + pd.Timedelta(hours=12)) & (left > s)).any() for s in starts)
print(alerts.merge(stays, on="stay_id")["person_id"].nunique(), "people")
print(f"{len(alerts)} alerts in {busy} shifts with somebody on a ward: {len(alerts) / busy:.2f} a shift")
print(f"95 % interval {chi2.ppf(0.025, 48) / 2 / busy:.2f} to {chi2.ppf(0.975, 50) / 2 / busy:.2f}")
low_pressure = alerts["note"].str.contains("systolic")
slow = ~(alerts["waited"] <= 60)
print("late or never, by low pressure:", pd.crosstab(low_pressure, slow).to_dict("index"))
rows.assign(share=rows["within_60"] / rows["n"]).round(2)

# %% [markdown]
# In the last hour 1 of 9 alerts is acknowledged within 60 minutes (interval 2 to 43 %), earlier 13 of 15 (62 to 96 %). The two
# that nobody acknowledged count as not answered: no `NaN` to drop, no zero minutes.
#
# 0.32 alerts a shift (0.20 to 0.47) are few. Each still takes a nurse from somebody else, for minutes that no log
# holds: go and watch. Where they are many, they are clicked away: 46.2 to 96.2 % of alerts at prescribing in 23 studies
# ([Poly 2020](../datasets/standards/README.md#poly-2020)).
#
# What 24 alerts of 18 people cannot show: the cause. (The intervals take them as independent.) Of the 11 alerts with low
# pressure 10 came late or never, of the 13 others none: hour and severity hang together. Here the cause is known, because
# the log is made up. In a real one you would ask the nurses.

# %% [markdown]
# > **Decision point.** What do you change?
# >
# > *Nothing:* whoever gets worse at half past six waits. *Silence during handover:* the same, unseen. *Every alert to the
# > doctor too:* the doctor is called for all 24, and soon stops looking.
# >
# > **We choose:** in the last hour of a shift an alert goes by name to one nurse who is not handing over; unanswered, it
# > goes on to the doctor; open alerts are read out at handover. The nurses decide with us who and after how long. If we
# > are wrong, a patient pays first, then the nurse who gets the blame.
#
# ## HIPAA and GDPR in a page
#
# Reading, not legal advice. In the **US** (HIPAA):
#
# - Use, disclose and ask for the minimum necessary; but not when a provider asks or is told for treatment ([minimum necessary](../datasets/standards/README.md#hipaa-minimum-necessary)). The nurse may see what your dashboard may not.
# - Data count as de-identified without 18 classes of identifiers, dates finer than the year among them ([Safe Harbor](../datasets/standards/README.md#hipaa-safe-harbor)), or when an expert documents a very small risk ([Expert Determination](../datasets/standards/README.md#hipaa-expert-determination)). A real log with minutes fails the first.
#
# In the **EU** (GDPR):
#
# - Health data are forbidden ground unless an exception applies ([special categories](../datasets/standards/README.md#gdpr-art-9)). Care under professional secrecy is one, research another ([the ground for care](../datasets/standards/README.md#gdpr-art-9-care)): data collected for the first are not free for the second.
# - Take only what the purpose needs ([data minimisation](../datasets/standards/README.md#gdpr-art-5)); a hashed record number is still a person's ([pseudonymised is still personal](../datasets/standards/README.md#gdpr-recital-26)).
# - On a large scale, assess the impact first ([impact assessment](../datasets/standards/README.md#gdpr-art-35)); and no machine alone decides what weighs on a person's life, exceptions aside ([decisions by machine alone](../datasets/standards/README.md#gdpr-art-22)).
#
# ## Take-away
#
# - Ask of each time: ordered, done, released or typed in? At time zero use what was released.
# - An order is not a dose, a corrected result replaces, a number without its unit is nothing.
# - A diagnosis code is written at the end, for counting and paying. The onset is in the results.
# - An abbreviation means what its sentence says. `?` is a question.
# - An alert is answered by somebody on a shift. Count the unanswered, and ask who was in the room.
#
# **Say it to the ward:** "In our log the long waits begin in the hour before you hand over. That looks like our design,
# not your care. Who should get an alert then?"
#
# **Now you:** the exercise *The report to wards 2 and 3*, in `my-work/02_clinic_for_engineers/`.
#
# ## Further reading
#
# - Royal College of Physicians. [National Early Warning Score 2](https://www.rcplondon.ac.uk/national-early-warning-score), and [Acute care toolkit 1: Handover](https://medicalcare.rcp.ac.uk/content-items/reading/rcp-acute-care-toolkit-1-handover).
# - World Health Organization. [ICD-10, volume 2](https://icd.who.int/browse10/Content/statichtml/ICD10Volume2_en_2019.pdf), section 4.4: how a stay gets its main condition.
