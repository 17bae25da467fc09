"""The only place that knows onnxruntime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from whereas.errors import ModelContractError

INPUTS = ("input_ids", "token_type_ids")
MASK = "attention_mask"
"""An input of artefacts up to 0.2; all ones, as nothing is padded."""
SLOW_FUSIONS = ("SkipLayerNormFusion",)
"""Graph rewrites that are left out: the fused operator takes six times as long as the sum and the normalisation that it stands for
(docs/adr/0006-fused-graph.md)."""


class Session:
    """A loaded model. ``logits`` may be called from several threads at once."""

    def __init__(self, session: ort.InferenceSession, *, width: int) -> None:
        names = {node.name for node in session.get_inputs()}
        outputs = session.get_outputs()
        if names - {MASK} != set(INPUTS):
            raise ModelContractError(f"the model must take {', '.join(INPUTS)}, it takes {', '.join(sorted(names))}")
        if outputs[0].shape[-1] != width:
            raise ModelContractError(f"the label schema has {width} columns, the model gives {outputs[0].shape[-1]}")
        self._session = session
        self._masked = MASK in names
        self._output = outputs[0].name

    @classmethod
    def load(cls, path: Path, *, width: int) -> Session:
        """Load an ONNX file for one thread a call: parallelism is across chunks, not inside one.

        Args:
            path: the model.
            width: columns of the logits that the label schema names.

        Raises:
            ModelContractError: no such file, no ONNX model, or other inputs and outputs than agreed.
        """
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        try:
            session = ort.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
            )
        except Exception as exc:
            raise ModelContractError(f"{path.name} is missing or no ONNX model: publish the model anew") from exc
        return cls(session, width=width)

    def logits(self, input_ids: npt.NDArray[np.int64], token_type_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Run one sequence, special tokens included, alone and unpadded.

        Dynamic int8 scales are computed over a whole batch, so a batch of one is what makes a chunk's result independent of
        the chunks it travels with.

        Args:
            input_ids: int64, shape (tokens,).
            token_type_ids: int64, shape (tokens,).

        Returns:
            float32, shape (tokens, labels), unnormalised.
        """
        feed = {"input_ids": input_ids[None], "token_type_ids": token_type_ids[None]}
        if self._masked:
            feed[MASK] = np.ones((1, len(input_ids)), dtype=np.int64)
        result: npt.NDArray[np.float32] = self._session.run([self._output], feed)[0][0]
        return result
