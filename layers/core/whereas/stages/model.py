"""Which model this deployment serves: the card of the artefact in the model layer, pinned by intake and held to by recognize."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from whereas.errors import ModelContractError
from whereas.recognition.artefact import load_card
from whereas.settings import settings
from whereas.types import ModelCard


def model_card() -> ModelCard:
    """Return the card of the model in ``settings().model_dir``; read once a process.

    The model's files are not held to the card here: whoever loads one of them does that.

    Raises:
        ModelContractError: the card is missing or broken, or is not of the version that the deployment asks for.
    """
    return _card(settings().model_dir, settings().model_version)


@cache
def _card(model_dir: Path, wanted: str) -> ModelCard:
    card = load_card(model_dir, verify=False)
    if wanted and card.version != wanted:
        raise ModelContractError(
            f"the deployment asks for model version {wanted}, the model layer holds {card.version}; "
            "set the ModelVersion parameter to what the layer holds, or build the layer anew"
        )
    return card
