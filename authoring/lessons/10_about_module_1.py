# %% [markdown]
# # What does it take to look after data?
#
# Four messages wait on a Monday morning. A programme manager is offered a score that says whom to telephone, and asks
# whether it finds the people who need the call. The data team has a table and asks whether it is clean. A university
# asks for last year's discharges, by Friday. Radiology has seven pictures ready to leave the hospital.
#
# Nobody here has trained a model yet. Whatever is decided on these four messages, the model inherits: whom its label leaves
# out, which gaps it takes for health, whose record it gives away.

# %% [markdown]
# {{ lesson_card }}

# %% [markdown]
# ## The lessons of this module
#
# {{ module_map }}

# %% [markdown]
# ## What you need first
#
# The start page, [00](00_start_here.ipynb): how to run a cell, and how to grade an exercise. Nothing else. Each lesson
# explains a word of the ward to engineers and a line of code to clinicians, one line each. The lessons can be taken in
# any order; the one on labels comes first because it asks what the data is *about*, and that no cleaning mends.
#
# Two of the tables are about real people, and their datasheets say what nobody may do with them. The patients of the
# lessons on privacy and on scans are invented, because their names have to be found.
#
# ## How you will know
#
# Each lesson has an exercise in `my-work/`. Grade them together, in a terminal:
#
# ```
# python3 start.py grade 11_label_and_population 12_data_quality 13_privacy 14_dicom
# ```
#
# Behind the last one stands what the four show together: the points of responsibility R1, *Data curation and
# governance*, skill by skill. [The last page of this module](19_look_back_on_module_1.ipynb) says how to read it.
