"""The Croissant record of a dataset: made from `dataset.yml` and the data, and validated by mlcroissant."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curriculum.datasets.description import FOLDER, Column, Table, gaps, line, sentence
from curriculum.problems import Problem

# The context that the Croissant 1.0 specification gives; mlcroissant warns about any other.
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def record(
    name: str,
    info: dict[str, Any],
    data: Mapping[str, bytes],
    tables: Mapping[str, Table],
    described: Mapping[str, list[Column]],
) -> bytes:
    """The Croissant 1.0 record, always in the same order and with the same spacing.

    Parameters
    ----------
    name, info
        The dataset, and what `description.about` says of it.
    data
        File name to finished bytes.
    tables, described
        For each table: its rows, and its columns as described.
    """
    record = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": name,
        "alternateName": info["title"],
        "description": line(info["description"]),
        **({"url": info["url"]} if "url" in info else {}),
        "license": info["licence"]["url"],
        "citeAs": line(info["cite_as"]),
        "creator": [_creator(entry) for entry in info["creators"]],
        "datePublished": str(info["published"]),
        "version": info["version"],
        "keywords": info["keywords"],
        "inLanguage": "en",
        "rai:dataCollection": line(info["collection"]),
        "rai:dataLimitations": line(info["limits"]),
        "rai:personalSensitiveInformation": line(info["sensitive"]),
        "distribution": [
            *(_file(file, info["files"][file]["about"], "text/csv", data[file]) for file in info["files"]),
            *(
                _file(file, entry["about"], entry["format"], data[file])
                for file, entry in info["objects"].items()
            ),
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": Path(file).stem,
                "name": Path(file).stem,
                "description": f"{len(tables[file].rows):,} rows. {line(info['files'][file]['about'])}",
                "field": [_field(file, column, tables[file]) for column in described[file]],
            }
            for file in info["files"]
        ],
    }
    return (json.dumps(record, indent=0, ensure_ascii=False) + "\n").encode("utf-8")


def _file(name: str, about: str, media_type: str, content: bytes) -> dict[str, str]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": line(about),
        "contentUrl": name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": media_type,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _creator(entry: dict[str, Any]) -> dict[str, str]:
    return {"@type": "sc:Organization" if entry.get("group") else "sc:Person", "name": entry["name"]}


def _field(file: str, column: Column, table: Table) -> dict[str, Any]:
    words = [sentence(column.says)]
    if column.unit:
        words.append(f"Unit: {column.unit}.")
    if column.codes:
        words.append("Codes: " + "; ".join(f"{code} = {text}" for code, text in column.codes.items()) + ".")
    empty, unknown = gaps(table, column)
    if empty:
        words.append(f"Empty in {empty:,} of {len(table.rows):,} rows.")
    if column.unknown:
        words.append(f"{' and '.join(column.unknown)} stands for unknown: {unknown:,} rows.")
    return {
        "@type": "cr:Field",
        "@id": f"{Path(file).stem}/{column.name}",
        "name": column.name,
        "description": " ".join(words),
        "dataType": _type(table.values(column.name)),
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }


def _type(values: list[str]) -> str:
    """The Croissant type that every value has; a whole number with gaps is read as a float."""
    given = [value for value in values if value]
    if all(re.fullmatch(r"-?\d+", value) for value in given):
        return "sc:Integer" if len(given) == len(values) else "sc:Float"
    if all(re.fullmatch(r"-?\d*\.?\d+(e-?\d+)?", value) for value in given):
        return "sc:Float"
    if all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in given):
        return "sc:Date"
    if all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?", value) for value in given):
        return "sc:DateTime"
    return "sc:Text"


def validated(folder: Path) -> list[Problem]:
    """What mlcroissant finds wrong in the record: its errors and its warnings."""
    file = f"{FOLDER}/{folder.name}/croissant.json"
    if not (folder / "croissant.json").is_file():
        return []
    try:
        import mlcroissant
    except ImportError:
        missing = "Cannot be validated: mlcroissant is not installed."
        return [Problem(file, "", missing, "Run `python3 start.py prepare`, which installs it.")]
    try:
        issues = mlcroissant.Dataset(jsonld=folder / "croissant.json").metadata.ctx.issues
    except mlcroissant.ValidationError as error:
        return [Problem(file, "", f"mlcroissant refuses it: {line(str(error))}", "Mend dataset.yml.")]
    found = sorted({*issues.errors, *issues.warnings})
    return [Problem(file, "", f"mlcroissant says: {line(issue)}", "Mend dataset.yml.") for issue in found]
