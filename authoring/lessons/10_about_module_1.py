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
# The start page, [00](00_start_here.ipynb), and the bridge that its twelve questions advise: [01](01_python_for_clinicians.ipynb)
# if you have not coded, [02](02_clinic_for_engineers.ipynb) if you have not worked on a ward. Each lesson explains what it
# adds to that, one line each. Labels come first, because they ask what the data is *about*, and that no cleaning mends; then
# quality; then privacy and scans, in either order.
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
