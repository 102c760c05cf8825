"""The register: what it refuses, what it warns of, the page that is made of it, and its arithmetic done again."""

from __future__ import annotations

import json
import math
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from curriculum import register as registers
from curriculum.check import citations, numbers

TODAY = date(2026, 11, 23)
GOOD = """entries:
  - id: one-rule
    kind: law
    title: A rule
    claim: The rule has 3 parts.
    numbers: {parts: 3}
    jurisdiction: EU
    status: in force
    checked: 2026-11-01
    confirmed_by: read the source
    source: A law, article 1.
    url: https://example.org/rule
"""


@pytest.fixture
def course(tmp_path: Path, root: Path) -> Path:
    """A folder that holds nothing but a register of one entry, and the schema of the real one."""
    (tmp_path / registers.FOLDER).mkdir(parents=True)
    shutil.copy(root / registers.SCHEMA, tmp_path / registers.SCHEMA)
    (tmp_path / registers.FILE).write_text(GOOD, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def real(root: Path) -> registers.Register:
    return registers.load(root)


def problems_of(course: Path, text: str) -> str:
    (course / registers.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(registers.RegisterError) as caught:
        registers.load(course, TODAY)
    return str(caught.value)


# --- reading -----------------------------------------------------------------------------------------------------


def test_a_good_entry_is_read_as_it_is_written(course):
    entry = registers.load(course, TODAY).entries["one-rule"]
    assert entry.checked == date(2026, 11, 1)
    assert dict(entry.numbers) == {"parts": 3}
    assert entry.urls == ("https://example.org/rule",)
    assert entry.note == ""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    kind: law\n", "", ["one-rule", "Lacks the key 'kind'"]),
        ("    kind: law\n", "    kind: law\n    colour: red\n", ["one-rule", "unknown key 'colour'"]),
        ("kind: law", "kind: rumour", ["one-rule > kind", "rumour"]),
        ("jurisdiction: EU", "jurisdiction: Mars", ["one-rule > jurisdiction", "Mars"]),
        ("status: in force", "status: fine", ["one-rule > status", "fine"]),
        ("id: one-rule", "id: One_Rule", ["One_Rule > id", "slug"]),
        ("id: one-rule", "id: one--rule", ["slug"]),
        ("id: one-rule", "id: imaging", ["imaging", "heading of a section"]),
        ("    id: one-rule\n", "", []),
        ("https://example.org/rule", "http://example.org/rule", ["one-rule > url", "https://"]),
        ("https://example.org/rule", "example.org/rule", ["one-rule > url", "https://"]),
        (
            "url: https://example.org/rule",
            "url: https://example.org/rule\n    also: [http://a.org/b]",
            ["one-rule > also > 0", "https://"],
        ),
        ("checked: 2026-11-01", "checked: last week", ["one-rule > checked", "2026-11-23"]),
        ("checked: 2026-11-01", "checked: 2026-02-30", ["one-rule", "no day 2026-02-30"]),
        ("checked: 2026-11-01", "checked: 2026-11-24", ["one-rule", "2026-11-24", "not come yet"]),
        ("{parts: 3}", "{parts: three}", ["one-rule > numbers > parts", "three"]),
        ("{parts: 3}", "{parts: true}", ["one-rule > numbers > parts"]),
        ("{parts: 3}", "{parts: .nan}", ["one-rule > numbers > parts", "finite"]),
        ("{parts: 3}", "{parts: 3, parts: 4}", ["line 6", "'parts' stands twice"]),
        ("{parts: 3}", "{Parts of it: 3}", ["one-rule > numbers"]),
        ("kind: law\n", "kind: law\n    kind: case\n", ["line 4", "'kind' stands twice"]),
        ("claim: The rule has 3 parts.", "claim: The rule has 3 parts", ["one-rule > claim", "full stop"]),
        ("kind: law", "kind: reporting", None),
        ("entries:", "entries: [", ["YAML"]),
        ("entries:", "things:", ["Lacks the key 'entries'"]),
    ],
)
def test_bad_input_is_told_with_entry_and_remedy(course, old, new, says):
    if old == "    id: one-rule\n":
        old, new, says = (
            "  - id: one-rule\n    kind: law\n",
            "  - kind: law\n",
            ["entry 1", "Lacks the key 'id'"],
        )
    assert old in GOOD
    if says is None:  # this kind is for numbers, and has one: nothing is wrong
        (course / registers.FILE).write_text(GOOD.replace(old, new), encoding="utf-8")
        assert registers.load(course, TODAY)
        return
    message = problems_of(course, GOOD.replace(old, new, 1))
    assert message.startswith(registers.FILE)
    for word in says:
        assert word in message
    assert message.rstrip().endswith(".")  # the last sentence says what to do


def test_a_kind_that_is_there_for_its_numbers_needs_one(course):
    message = problems_of(course, GOOD.replace("kind: law", "kind: case").replace("{parts: 3}", "{}"))
    assert "one-rule > numbers" in message
    assert "no numbers" in message


def test_an_id_cannot_stand_twice(course):
    message = problems_of(course, GOOD + GOOD.removeprefix("entries:\n"))
    assert "one-rule" in message
    assert "twice" in message


def test_all_problems_are_told_at_once(course):
    message = problems_of(course, GOOD.replace("kind: law", "kind: rumour").replace("EU", "Mars"))
    assert len(message.splitlines()) == 2


def test_a_register_or_schema_that_is_missing_is_named(course):
    (course / registers.SCHEMA).unlink()
    with pytest.raises(registers.RegisterError, match=r"register\.schema\.json: Cannot be read"):
        registers.load(course, TODAY)
    (course / registers.FILE).unlink()
    with pytest.raises(registers.RegisterError, match=r"register\.yml: Cannot be read"):
        registers.load(course, TODAY)
    assert "Cannot be read" in str(registers.write(course)[0])


def test_the_schema_is_a_schema(root):
    Draft202012Validator.check_schema(json.loads((root / registers.SCHEMA).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://doi.org/10.1000/ABC", "http://dx.doi.org/10.1000/abc"),
        ("doi:10.1000/abc", "https://doi.org/10.1000/abc"),
        ("https://Example.org/a/", "http://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
    ],
)
def test_one_address_in_two_spellings_is_one_address(one, other):
    assert registers.same_address(one) == registers.same_address(other)


@pytest.mark.parametrize(
    "other", ["https://example.org/A", "https://example.com/a", "https://www.example.org/a"]
)
def test_two_addresses_stay_two(other):
    assert registers.same_address("https://example.org/a") != registers.same_address(other)


# --- old entries -------------------------------------------------------------------------------------------------


def test_an_entry_older_than_a_year_is_a_warning(course):
    register = registers.load(course, TODAY)
    checked = register.entries["one-rule"].checked
    assert registers.stale(register, checked + timedelta(days=365)) == []
    assert registers.warnings(register, checked + timedelta(days=365)) == []
    (entry,) = registers.stale(register, checked + timedelta(days=366))
    assert entry.id == "one-rule"
    (warning,) = registers.warnings(register, checked + timedelta(days=366))
    for word in ["register.yml", "one-rule", "2026-11-01", "source"]:
        assert word in warning
    assert len(registers.stale(register, checked + timedelta(days=31), days=30)) == 1


def test_the_oldest_comes_first(course):
    second = (
        GOOD.removeprefix("entries:\n").replace("one-rule", "two-rule").replace("2026-11-01", "2025-01-01")
    )
    (course / registers.FILE).write_text(GOOD + second, encoding="utf-8")
    register = registers.load(course, TODAY)
    assert [e.id for e in registers.stale(register, date(2028, 1, 1))] == ["two-rule", "one-rule"]


# --- the page ----------------------------------------------------------------------------------------------------


def test_the_page_is_what_the_register_makes(root):
    assert [str(p) for p in registers.write(root, check=True)] == []


def test_each_entry_has_its_anchor_once_and_says_what_matters(root, real):
    page = (root / registers.PAGE).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", page, re.M)
    for entry in real.entries.values():
        assert headings.count(entry.id) == 1
        section = page.split(f"\n### {entry.id}\n")[1].split("\n### ")[0]
        for part in [
            entry.title,
            entry.claim,
            entry.status,
            str(entry.checked),
            entry.confirmed_by,
            f"<{entry.url}>",
        ]:
            assert part in section
        for value in entry.numbers.values():
            assert f"| {registers.number(value)}" in section
    assert len(set(map(registers._anchor, headings))) == len(headings)
    for target in re.findall(r"\]\(#([^)]+)\)", page):
        assert target in map(registers._anchor, headings)
    assert "not legal advice" in page


def test_a_changed_page_is_seen_and_written_again(course):
    assert registers.write(course) == []
    assert registers.write(course, check=True) == []
    path = course / registers.PAGE
    made = path.read_bytes()
    path.write_bytes(made.replace(b"3 parts", b"4 parts"))
    (problem,) = registers.write(course, check=True)
    assert "README.md [line" in str(problem)
    assert b"4 parts" in path.read_bytes()
    assert registers.write(course) == []
    assert path.read_bytes() == made
    path.unlink()
    assert "missing" in str(registers.write(course, check=True)[0])


@pytest.mark.parametrize(
    ("value", "text"),
    [(27697, "27,697"), (0.0938, "0.0938"), (12.2, "12.2"), (-6.0, "-6"), (0, "0"), (1.10, "1.1")],
)
def test_numbers_are_printed_as_they_are(value, text):
    assert registers.number(value) == text


# --- what the entries say ----------------------------------------------------------------------------------------


def test_every_number_of_a_claim_may_be_printed(real):
    """A claim is held by the numbers of its own entry, with the same rule that holds a lesson."""
    for entry in real.entries.values():
        prose = numbers.NOT_PROSE.sub(" ", entry.claim)
        for text, percent in numbers._line_numbers(prose, cites=True, all_of_them=True):
            assert numbers.in_register(text, percent, [entry]), f"{entry.id}: {text} is not among its numbers"


def test_every_address_can_be_linked_in_a_lesson(real):
    for entry in real.entries.values():
        for url in entry.urls:
            assert citations.check("a.py", f"See [it]({url}).", real) == []
            assert entry in citations.cited(f"See {url}.", real).entries


def test_our_own_arithmetic_is_not_sold_as_published(real):
    for name in ("esm-counts", "esm-net-benefit", "egfr-examples"):
        assert real.entries[name].source.startswith("Our arithmetic")
        assert real.entries[name].confirmed_by.startswith("computed")


def test_what_is_proposed_or_contested_says_so(real):
    assert real.entries["hti-5"].status == "proposed"
    for entry in real.entries.values():
        if entry.status in {"proposed", "contested"}:
            assert entry.note or "hti-1" in entry.id or "found" in entry.claim, f"{entry.id} does not say why"


def test_the_data_of_the_akimel_oodham_are_spoken_of_and_not_shipped(real):
    entry = real.entries["pima"]
    assert "Akimel O'odham" in entry.title
    assert "Gila River Indian Community" in entry.claim
    assert "do not ship" in entry.note
    assert "care-principles" in entry.note
    assert "care-principles" in real.entries


def test_no_dataset_of_pima_is_in_the_course(root):
    assert not [path for path in (root / "datasets").iterdir() if "pima" in path.name.lower()]


# --- the arithmetic, done again ----------------------------------------------------------------------------------


def close(computed: float, printed: float, digits: int) -> bool:
    return abs(computed - printed) <= 0.5 * 10**-digits + 1e-9


def test_hti_1_groups_add_up(real):
    n = dict(real.entries["hti-1-attributes"].numbers)
    total, groups, evidence = (
        n.pop("predictive_attributes"),
        n.pop("groups"),
        n.pop("evidence_based_attributes"),
    )
    assert (sum(n.values()), len(n), evidence) == (total, groups, 13)
    assert total == real.entries["hti-1"].numbers["predictive_attributes"] == 31


def test_hipaa_lists_as_many_zip_codes_as_it_says(real):
    entry = real.entries["hipaa-zip3"]
    assert len(set(re.findall(r"`(\d{3})`", entry.claim))) == entry.numbers["areas"] == 17


@pytest.mark.parametrize(
    ("name", "total", "parts"),
    [
        ("standing-together", "recommendations", ["documentation", "use"]),
        ("nhanes-1", "examined", ["examined_before", "added"]),
    ],
)
def test_parts_add_up(real, name, total, parts):
    n = real.entries[name].numbers
    assert n[total] == sum(n[part] for part in parts)


@pytest.mark.parametrize(
    ("name", "share", "part", "whole", "digits"),
    [
        ("wong-2021", "sepsis_percent", "sepsis", "stays", 0),
        ("wong-2021", "missed_percent", "missed", "sepsis", 0),
        ("beede-2020", "refused_percent", "refused", "images", 0),
        ("ddi-overrides-2020", "overridden_percent", "overridden", "alerts", 0),
        ("sweeney-87", "unique_percent", "unique_millions", "population_millions", 0),
    ],
)
def test_a_share_is_its_part_of_the_whole(real, name, share, part, whole, digits):
    n = real.entries[name].numbers
    assert abs(100 * n[part] / n[whole] - n[share]) <= 0.51 * 10**-digits


def test_riley_events_are_their_share(real):
    n = real.entries["riley-2021"].numbers
    assert round(n["people"] * n["event_percent"] / 100) == n["events"]
    assert round(n["people_net_benefit"] * n["event_percent"] / 100) == n["events_net_benefit"]


def test_the_sepsis_table_follows_from_the_published_counts(real):
    published, n = real.entries["wong-2021"].numbers, real.entries["esm-counts"].numbers
    alerts = published["alerted"]
    assert close(100 * alerts / published["stays"], published["alerted_percent"], 0)
    tp = published["sepsis"] - published["missed"]
    fp = alerts - tp
    assert (alerts, tp, fp) == (n["alerts"], n["true_positives"], n["false_positives"]) == (6971, 843, 6128)
    assert published["stays"] - alerts == n["not_alerted"]
    assert close(100 * tp / published["sepsis"], n["sensitivity_percent"], 1)
    assert close(100 * (1 - fp / (published["stays"] - published["sepsis"])), n["specificity_percent"], 1)
    assert close(100 * tp / alerts, n["ppv_percent"], 1)
    assert close(alerts / tp, n["alerts_per_true"], 1)
    assert round(published["stays"] * published["alerted_percent"] / 100) == 6922
    assert "gets 6,922" in real.entries["esm-counts"].note


def test_the_net_benefit_of_the_sepsis_model(real):
    table, n = real.entries["esm-counts"].numbers, real.entries["esm-net-benefit"].numbers

    def per_thousand(tp: float, fp: float, pt: float) -> float:
        return 1000 * (tp - fp * pt / (1 - pt)) / table["stays"]

    tp, fp, sepsis, stays = (table[k] for k in ("true_positives", "false_positives", "sepsis", "stays"))
    assert close(per_thousand(tp, fp, 0.05), n["model_low"], 1)
    assert close(per_thousand(sepsis, stays - sepsis, 0.05), n["all_low"], 1)
    assert close(per_thousand(tp, fp, 0.10), n["model_middle"], 1)
    assert close(per_thousand(sepsis, stays - sepsis, 0.10), n["all_middle"], 1)
    assert close(per_thousand(tp, fp, 0.15), n["model_high"], 1)
    assert close(100 * table["false_negatives"] / table["not_alerted"], n["best_from_percent"], 1)
    assert close(100 * tp / table["alerts"], n["best_to_percent"], 1)
    for pt, best in [(0.05, "all"), (0.06, "model"), (0.12, "model"), (0.13, "none")]:
        options = {
            "model": per_thousand(tp, fp, pt),
            "all": per_thousand(sepsis, stays - sepsis, pt),
            "none": 0.0,
        }
        assert max(options, key=options.get) == best


def egfr(numbers_: dict, creatinine: float, age: float, black: bool = False) -> float:
    """For a man, from the coefficients of an entry."""
    k, a = numbers_["k_men"], numbers_["a_men"]
    value = (
        numbers_["factor"] * min(creatinine / k, 1) ** a * max(creatinine / k, 1) ** numbers_["power_above"]
    )
    return value * numbers_["age"] ** age * (numbers_["recorded_black"] if black else 1)


def test_the_kidney_equations_give_the_examples(real):
    old, new = (real.entries[f"ckd-epi-{year}"].numbers for year in (2009, 2021))
    n = real.entries["egfr-examples"].numbers
    ages = {"first": n["first_and_second_age"], "second": n["first_and_second_age"], "third": n["third_age"]}
    for which, age in ages.items():
        creatinine = n[f"{which}_creatinine"]
        assert close(egfr(old, creatinine, age), n[f"{which}_2009_without_race"], 1)
        assert close(egfr(old, creatinine, age, black=True), n[f"{which}_2009_with_race"], 1)
        assert close(egfr(new, creatinine, age), n[f"{which}_2021"], 1)
    line = real.entries["optn-egfr"].numbers["gfr_line"]
    assert n["second_2009_with_race"] > line > n["first_2021"]
    c, age = n["third_creatinine"], n["third_age"]
    misread = egfr(new, c, age) / new["age"] ** age * age ** new["age"]
    assert close(misread, n["third_misread_age"], 0)
    assert close(egfr(new, n["third_micromol"], age), n["third_in_micromol"], 2)
    assert close(c * 88.4, n["third_micromol"], 0)


def test_the_kidney_claims_print_their_coefficients(real):
    for year in (2009, 2021):
        entry = real.entries[f"ckd-epi-{year}"]
        for name in ("factor", "power_above", "age"):
            assert re.search(rf"(?<![\d.]){re.escape(str(entry.numbers[name]))}0*(?!\d)", entry.claim)


def test_zech_hospital_alone_from_the_counts(real):
    n = real.entries["zech-2018"].numbers
    sites = [(n[f"{s}_images"], n[f"{s}_percent"] / 100) for s in ("msh", "nih")]
    pairs = [
        (size * share * other * (1 - rate), 1.0 if share > rate else 0.5 if share == rate else 0.0)
        for size, share in sites
        for other, rate in sites
    ]
    auc = sum(weight * wins for weight, wins in pairs) / sum(weight for weight, _ in pairs)
    assert close(auc, n["hospital_auc_from_counts"], 3)
    assert abs(auc - n["hospital_auc"]) < 0.01


def ppv(prevalence: float, sensitivity: float, false_positive: float) -> float:
    true = prevalence * sensitivity
    return true / (true + (1 - prevalence) * false_positive)


def test_gulshan_ppv_at_three_prevalences(real):
    n = real.entries["gulshan-2016"].numbers
    sensitivity, specificity = (
        n[f"set_1_sensitive_point_{k}_percent"] / 100 for k in ("sensitivity", "specificity")
    )
    for which in ("low", "middle", "high"):
        computed = 100 * ppv(n[f"{which}_prevalence_percent"] / 100, sensitivity, 1 - specificity)
        assert close(computed, n[f"{which}_ppv_percent"], 0)


def test_gigerenzer_positive_mammogram(real):
    n = {k: v / 100 for k, v in real.entries["gigerenzer-mammography"].numbers.items()}
    computed = ppv(n["prevalence_percent"], n["sensitivity_percent"], n["false_positive_percent"])
    assert close(100 * computed, 9.4, 1)
    assert n["ppv_percent"] == pytest.approx(0.094)


def test_chouldechova_identity_and_example(real):
    n = real.entries["chouldechova-2017"].numbers
    for which in ("low", "high"):
        p = n[f"{which}_base_rate"]
        fpr = p / (1 - p) * (1 - n["ppv"]) / n["ppv"] * (1 - n["fnr"])
        assert close(fpr, n[f"{which}_fpr"], 3)
    tp, fn, fp, tn = 30, 10, 20, 140  # any table obeys it
    p, share = (tp + fn) / (tp + fn + fp + tn), tp / (tp + fp)
    assert math.isclose(fp / (fp + tn), p / (1 - p) * (1 - share) / share * (1 - fn / (tp + fn)))


def test_sjoding_ratio(real):
    n = real.entries["sjoding-2020"].numbers
    assert close(n["black_percent"] / n["white_percent"], n["ratio"], 2)
