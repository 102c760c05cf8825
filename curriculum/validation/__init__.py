"""Statistics of a validation that more than one lesson needs, each taught by hand in the lesson named beside it.

`bootstrap_interval` (lesson 11), `calibration_intercept`, `calibration_slope`, `observed_to_expected` and
`smoothed_calibration` (lesson 23), `net_benefit` (lesson 24).
"""

from curriculum.validation.calibration import (
    calibration_intercept,
    calibration_slope,
    observed_to_expected,
    smoothed_calibration,
)
from curriculum.validation.decisions import net_benefit
from curriculum.validation.resampling import bootstrap_interval

__all__ = [
    "bootstrap_interval",
    "calibration_intercept",
    "calibration_slope",
    "net_benefit",
    "observed_to_expected",
    "smoothed_calibration",
]
