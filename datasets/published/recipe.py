"""Figures printed in six well-known papers, typed in with their citation. Nothing here is synthetic.

Every value stands in the papers as it stands here, unless its `kind` says that it is computed from two printed
values. Empty means: not printed in what we could read. What follows from the values (predictive values, net
benefit, an area under the curve from counts) is not stored; `tests/data/test_published.py` computes it.
"""

from __future__ import annotations

from collections.abc import Mapping

SOURCES: dict[str, object] = {}  # typed in below
CHECKED = "2026-11-23"  # the day on which the values were compared with what is cited

# Wong A, Otles E, Donnelly JP, et al. External validation of a widely implemented proprietary sepsis prediction
# model in hospitalized patients. JAMA Intern Med 2021;181(8):1065-1070. doi:10.1001/jamainternmed.2021.2626.
# Abstract, Results and Discussion. The alert is a score of 6 or more; the unit is the stay.
WONG = """
item,value,low,high,unit,kind
patients,27697,,,people,printed
stays,38455,,,stays,printed
stays_with_sepsis,2552,,,stays,printed
stays_with_alert,6971,,,stays,printed
false_negative,1709,,,stays,printed
true_positive,843,,,stays,computed
false_positive,6128,,,stays,computed
true_negative,29775,,,stays,computed
caught_and_not_treated_in_time,183,,,stays,printed
missed_and_treated_in_time,1030,,,stays,printed
auc,0.63,0.62,0.64,area under the curve,printed
auc_developer,,0.76,0.83,area under the curve,printed
"""

# Zech JR, Badgeley MA, Liu M, et al. Variable generalization performance of a deep learning model to detect
# pneumonia in chest radiographs: a cross-sectional study. PLoS Med 2018;15(11):e1002683.
# doi:10.1371/journal.pmed.1002683. Abstract.
ZECH = """
hospital,name,images,patients,pneumonia_percent,age_mean,age_sd,female_percent
MSH,Mount Sinai Hospital,42396,12904,34.2,63.2,16.5,44.8
NIH,National Institutes of Health Clinical Center,112120,30805,1.2,46.9,16.6,43.5
IU,Indiana University Network for Patient Care,3807,3683,1.0,49.6,17,57.3
"""
ZECH_AUC = """
model,trained_on,tested_on,auc,low,high
sorting_by_hospital,MSH and NIH,MSH and NIH,0.861,0.855,0.866
image_model,MSH and NIH,MSH and NIH,0.931,0.927,0.936
image_model,MSH and NIH,IU,0.815,,
"""

# Gulshan V, Peng L, Coram M, et al. Development and validation of a deep learning algorithm for detection of
# diabetic retinopathy in retinal fundus photographs. JAMA 2016;316(22):2402-2410. doi:10.1001/jama.2016.17216.
# Abstract.
GULSHAN = """
test_set,operating_point,images,patients,gradable,referable,prevalence_percent,auc,sensitivity_percent,sensitivity_low,sensitivity_high,specificity_percent,specificity_low,specificity_high
EyePACS-1,specific,9963,4997,8878,683,7.8,0.991,90.3,87.5,92.7,98.1,97.8,98.5
EyePACS-1,sensitive,9963,4997,8878,683,7.8,0.991,97.5,,,93.4,,
Messidor-2,specific,1748,874,1745,254,14.6,0.990,87.0,81.1,91.0,98.5,97.7,99.1
Messidor-2,sensitive,1748,874,1745,254,14.6,0.990,96.1,,,93.9,,
"""

# Sjoding MW, Dickson RP, Iwashyna TJ, Gay SE, Valley TS. Racial bias in pulse oximetry measurement. N Engl J Med
# 2020;383(25):2477-2478. doi:10.1056/NEJMc2029240. A letter; its values were compared with reports of it.
SJODING = """
cohort,race,patients,readings,occult_hypoxaemia,percent,low,high
michigan,Black,276,749,88,11.7,8.5,16.0
michigan,White,1333,2778,99,3.6,2.7,4.7
multicentre,Black,1050,939,160,17.0,,
multicentre,White,7342,8795,546,6.2,,
"""

# 2009: Levey AS, Stevens LA, Schmid CH, et al. A new equation to estimate glomerular filtration rate.
# Ann Intern Med 2009;150(9):604-612. doi:10.7326/0003-4819-150-9-200905050-00006.
# 2021: Inker LA, Eneanya ND, Coresh J, et al. New creatinine- and cystatin C-based equations to estimate GFR
# without race. N Engl J Med 2021;385:1737-1749. doi:10.1056/NEJMoa2102953.
# Coefficients as the National Kidney Foundation prints them.
CKD_EPI = """
year,sex,scale,kappa,alpha,beta,age_base,sex_factor,black_factor
2009,female,141,0.7,-0.329,-1.209,0.993,1.018,1.159
2009,male,141,0.9,-0.411,-1.209,0.993,1,1.159
2021,female,142,0.7,-0.241,-1.2,0.9938,1.012,1
2021,male,142,0.9,-0.302,-1.2,0.9938,1,1
"""

# Obermeyer Z, Powers B, Vogeli C, Mullainathan S. Dissecting racial bias in an algorithm used to manage the health
# of populations. Science 2019;366(6464):447-453. doi:10.1126/science.aax2342. Table 1, abstract, Table 2.
OBERMEYER = """
item,unit,white,black,where
patient_years,patient-years,88080,11929,Table 1
patients,people,43539,6079,Table 1
age,years,51.3,48.6,Table 1
female,percent,62,69,Table 1
algorithm_score,percentile,50,52,Table 1
program_composition,percent,81.8,18.2,Table 1
cost,US dollars a year,7540,8442,Table 1
hospitalisations,a year,0.09,0.13,Table 1
emergency_visits,a year,0.19,0.35,Table 1
outpatient_visits,a year,4.94,4.31,Table 1
hba1c,percent,5.9,6.4,Table 1
systolic_pressure,mmHg,126.6,130.3,Table 1
creatinine,mg/dL,0.89,0.98,Table 1
active_illnesses,illnesses,1.20,1.90,Table 1
extra_help_as_it_is,percent,,17.7,abstract
extra_help_without_the_gap,percent,,46.5,abstract
"""
OBERMEYER_LABELS = """
training_label,total_costs,avoidable_costs,active_conditions,black_fraction,black_fraction_se
total_costs,0.165,0.187,0.105,0.141,0.003
avoidable_costs,0.142,0.215,0.130,0.210,0.003
active_conditions,0.121,,,0.267,
"""

TABLES = {
    "wong_2021.csv": WONG,
    "zech_2018.csv": ZECH,
    "zech_2018_auc.csv": ZECH_AUC,
    "gulshan_2016.csv": GULSHAN,
    "sjoding_2020.csv": SJODING,
    "ckd_epi.csv": CKD_EPI,
    "obermeyer_2019.csv": OBERMEYER,
    "obermeyer_2019_labels.csv": OBERMEYER_LABELS,
}


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The tables as typed in. `sources` is empty: nothing is read."""
    return {file: (text.strip() + "\n").encode("ascii") for file, text in TABLES.items()}
