"""Seeded generators of the synthetic datasets: the same seed gives the same bytes on every machine.

Each module has `generate(seed, ...)`, which returns file names and bytes. What it plants is documented in its
parameters and in the datasheet of the dataset of the same name; `curriculum data make NAME --seed N --to FOLDER`
makes another edition with other people and the same planted faults.
"""
