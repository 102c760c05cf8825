# %% [markdown]
# # How does a patient move, and what do the words mean?
#
# Your alert for patients who get worse has run in a hospital for five weeks. The dashboard looks fine. The nurse in
# charge of ward 4 reads it over your shoulder. "Ask your log about that Tuesday," she says. "A woman with sepsis, half
# past six in the evening. Then ask who was in the room." (**Sepsis** is an infection that harms the organs.)
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
# A **median** (half waited no longer) of 29 minutes, for 22 of 24 alerts. (*To acknowledge:* to press "I have seen it".)
#
# *New to pandas?* A difference matches labels, here `order_id`; without a partner it is `NaN`, which `median` passes over.
#
# **Nobody in this log exists** ([datasheet](../datasets/ward/datasheet.md)).
#
# ## From the door to discharge
#
# A **stay** is one visit, from the door to discharge; 48 people have 54, because six come back. Follow S009: a woman of 72 with
# a cough. **Guess: how many minutes until a doctor has seen her, and until she lies on a ward?**

# %%
print(stays.loc[stays["stay_id"] == "S009", ["age", "sex", "ward"]].to_string(index=False))
her = events[events["stay_id"] == "S009"]
steps = ["arrival", "triage", "seen_by_doctor", "working_diagnosis", "bed_requested", "ward_arrival"]
steps += ["discharge_decision", "discharge", "code_assigned"]
path = her[her["event_type"].isin(steps)]
path = path.assign(minutes=(path["time"] - her["time"].min()).dt.total_seconds() / 60)
path[["time", "event_type", "minutes", "place", "actor", "value", "note"]]

# %% [markdown]
# 68 minutes, and 311. *New to the ward?* Who did what:
#
# - The **clerk** writes down the arrival. The **triage** nurse decides who cannot wait: category 1 (at once) to 5; hers is 3.
# - The **doctor** examines, writes a **working diagnosis** (a guess to act on; here pneumonia) and **orders** blood tests,
#   drugs, a bed.
# - The **nurse** takes observations and gives drugs, on a **ward** to several people, in shifts. The **phlebotomist** takes
#   the morning bloods.
# - Days after discharge a **coder**, who never met her, reads the record and assigns codes.
#
# Her first morning as a picture:

# %%
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")


morning = her[her["order_id"].isin(["", "R053"]) | (her["code"] == "723")]  # one blood, one antibiotic
first = morning.groupby("event_type")["time"].min()
marks = [  # lane, event, marker, words, on which side the mark stands
    (4, "arrival", ">", "arrival", "left"), (4, "ward_arrival", ">", "ward", "right"),
    (3, "seen_by_doctor", "D", "seen", "right"), (3, "bed_requested", "D", "bed asked for", "left"),
    (2, "vital", "o", "first", "left"),
    (1, "lab_order", "s", "ordered", "right"), (1, "collected", "o", "taken", "left"),
    (1, "result", "^", "first result", "left"),
    (0, "drug_order", "s", "ordered", "right"), (0, "drug_given", "P", "first dose", "left"),
]  # fmt: skip
fig, ax = plt.subplots(figsize=(9, 4.6))
for y, event, marker, words, side in marks:
    ax.plot(first[event], y, marker, color="black", markersize=9)
    ax.text(first[event], y, f"  {words} {first[event]:%H:%M}  ", ha=side, va="center")
ordered, given = first["drug_order"], first["drug_given"]
ax.annotate("", (given, 0.3), (ordered, 0.3), arrowprops={"arrowstyle": "->"})
ax.text(ordered, 0.4, f"      {(given - ordered).seconds // 60} minutes")
ax.set_yticks(range(5), ["Antibiotic", "Blood test", "Observations", "Doctor", "Place"])
day = first["arrival"].normalize()
ax.set(xlim=(day + pd.Timedelta("6h40m"), day + pd.Timedelta("13h30m")), ylim=(-0.5, 4.5))
ax.set_xlabel(f"Clock time, {day.day} {day:%B %Y}")
ax.xaxis.set_major_formatter(mdates.DateFormatter("%H:%M"))
ax.set_title(f"Ordered at {ordered:%H:%M}, given at {given:%H:%M}: an order treats nobody")
alt = "Stay S009 on a time line: " + ", ".join(f"{event} {first[event]:%H:%M}" for _, event, *_ in marks)
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
# 82 minutes on paper, 211 in the vein. (A stay counts once; two people have two, which the
# [interval](glossary.ipynb#cell-id=interval) ignores.)
#
# In five stays the dose comes *before* the order: a doctor said it aloud, the nurse gave it, and it was typed in later, at the
# **documentation time**. Drop these five as "impossible" and you drop the people who were treated fastest: 123 minutes
# become 150. In five other stays the first order was lost or not carried out, and a second one was given.
#
# ## Vital signs: when to worry
#
# **Vital signs** (observations) are what a nurse measures at the bedside. A published score, NEWS2, gives 0 to 3 points for each
# of 7 parts; 5 in all, or 3 in one part, ask for an urgent response, 7 for an emergency. Scale 1 is for most people. Who
# keeps too much carbon dioxide in the blood, as some with COPD (a lung disease), may be prescribed an **oxygen saturation**
# (share of the haemoglobin that carries oxygen) of 88 to 92 %, and has scale 2
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
vital = events[(events["event_type"] == "vital") & events["code"].isin(bands)]
vital = vital.assign(value=vital["value"].astype(float))
vital["points"] = [
    bands[c][1][np.searchsorted(bands[c][0], v)] for c, v in zip(vital["code"], vital["value"], strict=True)
]
usual = ["12 to 20", "96 or more", "111 to 219", "51 to 90", "36.1 to 38.0"]
signs = pd.DataFrame({"sign": names[list(bands)], "usual": usual}, index=list(bands))
for who, stay, time in [("her", "S009", "02-08 07:39"), ("the Tuesday", "S017", "02-11 18:24")]:
    now = vital[(vital["stay_id"] == stay) & (vital["time"] == f"2025-{time}")].set_index("code")
    signs["unit"], signs[who], signs[f"points {time[-5:]}"] = now["unit"], now["value"], now["points"]
print(signs.filter(like="points").sum().to_dict())

door = vital[vital["time"] == vital.groupby("stay_id")["time"].transform("min")]
door = door.groupby("stay_id").agg(time=("time", "min"), points=("points", "sum"))
seen = events[events["event_type"] == "seen_by_doctor"].set_index("stay_id")["time"]
wait = ((seen - door["time"]).dt.total_seconds() / 60)[door["points"] >= 7]
print(
    len(wait), "stays begin with 7 or more; longest wait for the doctor:", wait.max(), "hers:", wait["S009"]
)
signs

# %% [markdown]
# Both sums are *at least*: oxygen given and consciousness, two of the seven parts, have no column here. 7 points at 07:39 ask
# for an emergency response; the doctor came 58 minutes later, the longest such wait of the 17 stays that begin with 7 or
# more. No sum stands in the log.
#
# What nobody recorded is not fine: when the second woman arrived, the evening before, a doctor wrote "confused". Whether she
# still was at 18:24, nobody recorded. *New to the ward?* A falling systolic pressure is one sign of sepsis.
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
# *released* by then. How *old* a value is counts from the needle: her CRP (a sign of inflammation) of 126 mg/L appears at 10:22
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
# Three, and after the corrections nobody: the specimens were **haemolysed** (red cells burst in the tube and spill
# potassium). The corrected result *takes the place of* the first. Here it comes from a new tube, and the log does not say
# when that was taken. From 23:53 to 02:11 the emergency department knew only the 6.8 mmol/L, and until a new tube shows
# otherwise it counts as real: an ECG (a tracing of the heart) and a new specimen at once
# ([UK Kidney Association](../datasets/standards/README.md#ukka-potassium)).
#
# Back to the woman with the cough. **Creatinine** is waste that kidneys remove, so it rises when they fail.

# %%
creatinine = her[her["code"].isin(["2160-0", "14682-9"])][["time", "code", "value", "unit", "place"]]
per_mg = {"mg/dL": 88.4, "umol/L": 1.0}
assert round(10_000 / 113.12, 1) == 88.4  # 10 mg in a litre; a millimole weighs 113.12 mg
creatinine.assign(umol=(creatinine["value"].astype(float) * creatinine["unit"].map(per_mg)).round())

# %% [markdown]
# 0.88 mg/dL, then 75 umol/L: nothing has happened to her, the laboratory has changed. 1 mg/dL of creatinine is 88.4 umol/L.
# **LOINC**, a list of codes for tests, has one code for a mass in a volume (mg/dL) and another for a number of molecules
# (umol/L). Haemoglobin has one: g/dL and g/L are both a mass. Always read the unit, and for what is usual ask the laboratory
# for its own **reference range**.
#
# ## The code comes last
#
# Stay S038: a woman of 86 with a broken hip. **Acute** kidney injury is a rise of creatinine by 26.5 umol/L or more within 48 hours
# ([KDIGO](../datasets/standards/README.md#kdigo-aki), one of three signs). **When did it begin, and when does the code say
# so?**

# %%
print(stays.loc[stays["stay_id"] == "S038", ["age", "sex", "admission_text"]].to_string(index=False))
hip = events[events["stay_id"] == "S038"]
kidney = hip[hip["code"].isin(["14682-9", "N17.9"]) | hip["event_type"].isin(["arrival", "discharge"])]
needles = hip[(hip["event_type"] == "collected") & hip["order_id"].isin(kidney["order_id"])]
kidney = pd.concat([kidney, needles]).sort_values("time")
print(kidney[["time", "event_type", "code", "value", "unit"]].to_string(index=False))
codes = events[events["event_type"] == "code_assigned"].merge(stays, on="stay_id")
lag = (codes["time"] - pd.to_datetime(codes["discharge_time"])).dt.total_seconds() / 86400
print(f"{len(codes)} codes, all {lag.min():.1f} to {lag.max():.1f} days after discharge")

# %% [markdown]
# 82, then 123 umol/L. The second was taken on 27 February at 06:39 and known at 08:08. The injury began somewhere between the
# two needles; as **onset**, the beginning, we take the first needle that shows it. The code N17.9 is written on 14 March, nine
# days after she left. All 59 codes come after discharge: a model that is given hers "at admission" knows the future.
#
# ## Five lists of codes
#
# **FHIR** is a format in which records are exchanged. **How often do these five lists stand in 16 made-up FHIR records?**
# (`unitsofmeasure` is **UCUM**, codes of units.)

# %%
import re
from collections import Counter
from pathlib import Path

records = [path.read_text() for path in Path("../datasets/fhir/bundles").glob("*.json")]
text = "".join(records)
systems = Counter(re.findall(r"loinc|unitsofmeasure|rxnorm|sid/icd-10|snomed", text))
print(len(records), "records:", systems, " SNOMED CT:", systems["snomed"])

# %% [markdown]
# | list | who, when (here) | for | not for |
# |:---|:---|:---|:---|
# | [LOINC](../datasets/standards/README.md#loinc) | laboratory and device, with each result | naming *what was measured* | saying whether it is normal |
# | [UCUM](../datasets/standards/README.md#ucum) | the same, with each number | naming the *unit* for machines | reading aloud on a ward |
# | [RxNorm](../datasets/standards/README.md#rxnorm) | whoever orders or gives | naming the *drug* (US) | proof that it was taken |
# | [ICD-10](../datasets/standards/README.md#icd-10-main-condition) | coder, after discharge | counting: the main condition, known *at the end* | onset, or what was known at admission |
# | [SNOMED CT](../datasets/standards/README.md#snomed-ct) | nobody | naming *findings* and what was done | use without a [licence](../datasets/standards/README.md#snomed-licence) |
#
# There is not one ICD-10: the American ICD-10-CM is another list.
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
# The dictionary keeps the last line, and every RA and MS here comes out wrong. Read as a nurse does: after "sats" (saturation)
# RA is **room air**, no extra oxygen (SOB is short of breath); beside MTX or NSAIDs, its drugs, rheumatoid arthritis (NSAIDs can make the gut bleed:
# melaena). MS beside a murmur is mitral stenosis, a narrowed heart valve; beside a catheter, probably multiple sclerosis.
# Where the sentence and its writer do not tell, ask. And `?PE` is a *question*.
#
# On a drug chart MS can also be magnesium sulfate, and an American list forbids it
# ([Joint Commission](../datasets/standards/README.md#do-not-use-ms)): whoever is to give it asks.
#
# ## What this alert fires on
#
# The hospital's alert is a rule of its own and not NEWS2: 25 breaths or more, systolic pressure 90 mmHg or less, or
# saturation 85 % or less, and then silence for 12 hours. **How many rounds of observations with 7 points or more does it
# pass over?**

# %%
rule = {"9279-1": lambda v: v >= 25, "8480-6": lambda v: v <= 90, "59408-5": lambda v: v <= 85}
vital["beyond"] = [c in rule and rule[c](v) for c, v in zip(vital["code"], vital["value"], strict=True)]
on_ward = vital[vital["place"].str.startswith("W")]
rounds = on_ward.groupby(["stay_id", "time"], as_index=False).agg({"points": "sum", "beyond": "any"})
rounds = rounds[rounds["points"] >= 7]
hour = pd.Timedelta(hours=1)
rounds["alert"] = [
    ((alerts["stay_id"] == stay) & alerts["time"].between(time, time + hour)).any()
    for stay, time in zip(rounds["stay_id"], rounds["time"], strict=True)
]
missed = rounds[~rounds["alert"]]
print(len(rounds), "rounds with 7 or more,", len(missed), "without an alert within an hour;")
print("of these", missed["beyond"].sum(), "beyond a limit of the rule")

alerts["points"] = [  # of the last value of each sign in the hour before
    vital[(vital["stay_id"] == stay) & vital["time"].between(time - hour, time)]
    .drop_duplicates("code", keep="last")["points"]
    .sum()
    for stay, time in zip(alerts["stay_id"], alerts["time"], strict=True)
]
print("points at the alerts:", alerts["points"].value_counts().sort_index().to_dict())

# %% [markdown]
# Of 36 rounds 14 brought no alert: none of their signs is beyond a limit, their sum is. No dashboard of alerts shows them.
#
# ## Shifts and handover
#
# Here the day shift begins at 07:00, the night shift at 19:00, each with the **handover**, patient by patient: the
# responsibility passes from one nurse to the next ([Royal College of Physicians](../datasets/standards/README.md#rcp-handover)).
# **Now the Tuesday: what lies between the alert and its answer?**

# %%
tuesday = events[
    (events["stay_id"] == "S017") & events["time"].between("2025-02-11 18:24", "2025-02-11 21:54")
]
print(tuesday[["time", "event_type", "code", "value"]].to_string(index=False))
came = events[events["event_type"] == "medical_review"].set_index("order_id")["time"]
alerts["doctor"] = (came - alerts["time"]).dt.total_seconds() / 60
print("minutes to acknowledge, and to the doctor:", alerts.loc["R119", ["waited", "doctor"]].to_list())
doctor = alerts["doctor"]
print("a doctor came to", doctor.count(), "of", len(alerts), "alerts; median", doctor.median(), "minutes;")
print("within 30 minutes to", (doctor <= 30).sum(), end=", ")
print("to those never acknowledged", doctor[alerts["waited"].isna()].count())

# %% [markdown]
# Systolic pressure 86 mmHg at 18:24, alert at 18:27, handover at 19:00, acknowledged at 21:11: 164 minutes. Until 19:00 she
# was the day nurse's patient, then the night nurse's. The nurse in charge tells you: the day nurse was preparing the
# handover, the night nurse was not there yet, the alert was not handed over, and the screen did not show it again.
#
# And a click is not care: the doctor came at 21:54, 207 minutes after the alert. To 22 of 24 alerts a doctor came (median
# 74.5 minutes, never within 30), to the two that nobody acknowledged none.
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
days = (left - ward).sum() / pd.Timedelta(days=1)
print(alerts.merge(stays, on="stay_id")["person_id"].nunique(), "people")
print(f"{len(alerts)} alerts in {busy} shifts with somebody on a ward: {len(alerts) / busy:.2f} a shift")
print(f"{days:.0f} days in a bed, {days / (left.max() - ward.min()).days:.1f} people at a time")
rate = len(alerts) / days
low, high = chi2.ppf(0.025, 2 * len(alerts)) / 2 / days, chi2.ppf(0.975, 2 * len(alerts) + 2) / 2 / days
print(f"{100 * rate:.0f} alerts for 100 of these days, 95 % interval {100 * low:.0f} to {100 * high:.0f};")
urgent = (alerts["points"] >= 7).sum()
print(f"on a ward of 28 people: {28 * rate:.1f} a day; {urgent} of {len(alerts)} with 7 points or more")
low_pressure = alerts["note"].str.contains("systolic")
slow = ~(alerts["waited"] <= 60)
print("late or never, by systolic pressure of 90 or less:", pd.crosstab(low_pressure, slow).to_dict("index"))
rows.assign(share=rows["within_60"] / rows["n"]).round(2)

# %% [markdown]
# In the last hour 1 of 9 alerts is acknowledged within 60 minutes (interval 2 to 43 %), earlier 13 of 15 (62 to 96 %). The two
# that nobody acknowledged count as not answered: no `NaN` to drop, no zero minutes.
#
# 0.32 alerts a shift look few, because the log holds five or six people at a time. It is 11 for 100 days in a bed (7 to 16):
# on a ward of 28, three a day, each at the cost of somebody else. Alerts at prescribing, another kind, were overridden in
# 46.2 to 96.2 % (23 studies), some of them rightly ([Poly 2020](../datasets/standards/README.md#poly-2020)).
#
# What 24 alerts of 18 people cannot show: the cause. (The intervals take them as independent.) Of the 11 alerts with low
# pressure 10 came late or never, of the 13 others none: hour and severity hang together. Here the cause is planted; in a
# real log you would ask the nurses.

# %% [markdown]
# > **Decision point.** What do you change?
# >
# > *Only the nurse, as now:* 22 of the 24 have 7 points or more, and the score asks for an emergency response. *Silence
# > during handover:* the same, unseen.
# >
# > **We choose:** from 7 points on, or with a systolic pressure of 90 mmHg or less, the alert goes to her nurse **and** the
# > doctor at once, at any hour. Below that it goes by name to one nurse who is not handing over and, after the minutes that
# > nurses and doctors have set, to the doctor. Open alerts are read out at handover. A ward of 28 pays nearly three calls a
# > day. If we are wrong, a patient pays first, then the nurse who gets the blame. The rounds without an alert are next.
#
# ## HIPAA and GDPR in a page
#
# Reading, not legal advice. In the US the law is **HIPAA**:
#
# - Use, disclose and ask for the minimum necessary: inside, each role sees what its work needs, the nurse much, your dashboard little. Another hospital that treats her may be sent the whole record ([minimum necessary](../datasets/standards/README.md#hipaa-minimum-necessary)).
# - Data are **de-identified** by **Safe Harbor** when 18 classes of identifiers are out, dates finer than the year among them, and nobody there knows a way to find a person in the rest ([the recipe](../datasets/standards/README.md#hipaa-safe-harbor)). A log with minutes fails; then an expert may document a very small risk ([Expert Determination](../datasets/standards/README.md#hipaa-expert-determination)).
#
# In the EU it is the **GDPR**:
#
# - Health data need an exception ([special categories](../datasets/standards/README.md#gdpr-art-9)). Care under professional secrecy is one, research another ([the ground for care](../datasets/standards/README.md#gdpr-art-9-care)): the first does not by itself open the second.
# - Take only what the purpose needs ([data minimisation](../datasets/standards/README.md#gdpr-art-5)). A record number replaced by a code is still **personal data** for whoever can find the way back ([who can be found](../datasets/standards/README.md#gdpr-recital-26)).
#
# ## Take-away
#
# - Ask of each time: ordered, done, released or typed in? At time zero use what was released.
# - An order is not a dose, a corrected result replaces, a number without its unit is nothing, a code comes last.
# - An abbreviation means what its sentence says. `?` is a question.
# - A click is not care. Count the unanswered, and those without an alert.
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
