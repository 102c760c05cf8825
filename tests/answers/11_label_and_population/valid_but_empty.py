# %% [raw]
# title: A record that validates and says nothing
# base: solution
# catches: valid-but-empty
# loses: {q7_true: 2}
# says: {q7_true: "nobody could tell a changed copy"}


# %% answer="q7_record"
import mlcroissant as mlc


def croissant_record(path, person, who_not):
    return mlc.Metadata(
        name="table",
        description="A dataset with health data of people.",
        license="public",
        url="https://example.org",
        creators=[mlc.Person(name="somebody")],
        date_published="2026-11-23",
        version="1.0.0",
        cite_as="nobody",
        distribution=[
            mlc.FileObject(
                id="f",
                name="data.csv",
                content_url="data.csv",
                encoding_formats=["text/csv"],
                sha256="0" * 64,
            )
        ],
        record_sets=[
            mlc.RecordSet(
                id="r",
                name="r",
                fields=[
                    mlc.Field(
                        id="r/zper",
                        name="zper",
                        data_types=mlc.DataType.TEXT,
                        source=mlc.Source(file_object="f", extract=mlc.Extract(column="zper")),
                    )
                ],
            )
        ],
    ).to_json()
