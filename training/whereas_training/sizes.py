"""How big a training run is: for a laptop's CPU overnight, for a GPU in an hour, or for a first look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Minutes are wall-clock time.

    Attributes:
        device: "cpu" or "cuda".
        workers: processes that train, one core each; on a GPU one.
        batch: windows a step.
        pretrain_minutes: masked-language-model training on contract text before anything else; 0 leaves it out.
        teacher_minutes: for each teacher.
        student_minutes: for the student.
        pool_tokens: unlabelled contract text that the teachers label for the student.
        soften_labelled: whether they also label the windows that have labels: as long again, or longer.
    """

    device: str
    workers: int
    batch: int
    pretrain_minutes: float
    teacher_minutes: float
    student_minutes: float
    pool_tokens: int
    soften_labelled: bool = True


SIZES = {
    "laptop": Size("cpu", 2, 16, 0, 120, 180, 1_000_000),
    "gpu": Size("cuda", 1, 64, 5, 8, 15, 4_000_000),
    "glance": Size("cpu", 2, 16, 0, 2, 3, 100_000, soften_labelled=False),
}
TEACHERS = (("abstain", 7), ("strict", 8))
"""View of the labels and seed of each teacher."""
