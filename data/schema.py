"""Columns of the tables, whose types and values `data.contracts` checks."""

REGISTRY_COLUMNS = (
    "gm_code",
    "name",
    "province_code",
    "province",
    "corop_code",
    "corop",
    "labour_market_region_code",
    "labour_market_region",
    "safety_region_code",
    "safety_region",
)
FIGURE_NAMES = ("net_target", "opening_balance", "corrected_target", "realised")
QUALITY_COLUMNS = tuple(f"{name}_quality" for name in FIGURE_NAMES)
FIGURES_KEY = ("period", "reference_date", "gm_code")
FIGURES_COLUMNS = FIGURES_KEY + FIGURE_NAMES + QUALITY_COLUMNS
INHABITANTS_COLUMNS = ("gm_code", "year", "inhabitants", "quality")
NATIONAL_FIGURES = ("net_target", "corrected_target", "realised", "end_balance")
NATIONAL_QUALITY_COLUMNS = tuple(f"{name}_quality" for name in NATIONAL_FIGURES)
NATIONAL_COLUMNS = ("period", *NATIONAL_FIGURES, *NATIONAL_QUALITY_COLUMNS, "source")
