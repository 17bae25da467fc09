"""The table: its keys, the state of documents, the items of a record and the queries on them.

One table serves every access pattern (``docs/data-model.md``). All items of a document share a partition key; one sparse
index answers the questions that span documents. There are no scans.
"""
