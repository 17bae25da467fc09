"""How good a model artefact is: spans on hand-labelled pages, facts of whole documents, and what got worse since another artefact.

``run.evaluate_model`` joins the modules; ``python -m whereas_training.evaluation`` calls it. All of it goes through serving's own
reading, chunking, recognition and resolution, without S3 and queues.
"""
