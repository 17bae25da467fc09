"""Reads a CloudFormation template: YAML with its short tags, and the intrinsic functions that this project's template uses.

Only what is used is understood, and anything else is an error, so that the local stack can never be wired differently in silence.
Syntax: AWS CloudFormation User Guide, "Intrinsic function reference" and "Pseudo parameters reference".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from whereas.errors import ConfigurationError

ABSENT = object()
"""What ``AWS::NoValue`` resolves to; the property that holds it is dropped."""


class _Loader(yaml.SafeLoader):
    """Safe YAML, with ``!Ref x`` read as ``{"Ref": x}`` and ``!Name x`` as ``{"Fn::Name": x}``."""


def _tagged(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    else:
        raise ConfigurationError(f"template: !{suffix} holds an unknown kind of YAML node")
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tagged)


def load_yaml(path: Path) -> dict[str, Any]:
    """Return the template at ``path`` with short tags spelled out.

    Raises:
        ConfigurationError: there is no such file, or it is no YAML mapping.
    """
    try:
        template = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # a subclass of SafeLoader
    except FileNotFoundError as exc:
        raise ConfigurationError(f"there is no template at {path}; name one with --template") from exc
    except yaml.YAMLError as exc:
        raise ConfigurationError(f"the template at {path} is no valid YAML: {exc}") from exc
    if not isinstance(template, dict) or "Resources" not in template:
        raise ConfigurationError(f"the template at {path} has no Resources")
    return template


class Resolver:
    """Replaces intrinsic functions by their values.

    Args:
        refs: what ``Ref`` gives: parameters, pseudo parameters, and logical ids of resources.
        attributes: what ``Fn::GetAtt`` gives, by logical id and attribute name.
        conditions: the template's ``Conditions``, unresolved.
    """

    def __init__(self, *, refs: Mapping[str, Any], attributes: Mapping[tuple[str, str], str], conditions: Mapping[str, Any]) -> None:
        self._refs = refs
        self._attributes = attributes
        self._conditions = conditions
        self._functions: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Condition": lambda name: self.value(self._conditions[name]),
            "Fn::GetAtt": self._get_attribute,
            "Fn::Sub": self._sub,
            "Fn::If": lambda args: self.value(args[1] if self.value(self._conditions[args[0]]) else args[2]),
            "Fn::Equals": lambda args: str(self.value(args[0])) == str(self.value(args[1])),
            "Fn::Not": lambda args: not self.value(args[0]),
        }

    def value(self, node: Any) -> Any:
        """Return ``node`` with every intrinsic function in it resolved.

        Raises:
            ConfigurationError: a function or a name is unknown.
        """
        if isinstance(node, list):
            return [item for item in map(self.value, node) if item is not ABSENT]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            name, argument = next(iter(node.items()))
            if name in self._functions:
                return self._functions[name](argument)
            if name.startswith("Fn::"):
                raise ConfigurationError(f"template: the local stack does not know {name}; add it to intrinsics.py")
        resolved = {key: self.value(item) for key, item in node.items()}
        return {key: item for key, item in resolved.items() if item is not ABSENT}

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return ABSENT
        if name not in self._refs:
            raise ConfigurationError(f"template: Ref of {name!r}, which the local stack does not have")
        return self._refs[name]

    def _get_attribute(self, path: list[str]) -> str:
        try:
            return self._attributes[path[0], path[1]]
        except KeyError:
            raise ConfigurationError(f"template: GetAtt of {'.'.join(path)!r}, which the local stack does not have") from None

    def _sub(self, argument: str | list[Any]) -> str:
        text, extra = (argument, {}) if isinstance(argument, str) else (argument[0], {k: self.value(v) for k, v in argument[1].items()})

        def replace(match: re.Match[str]) -> str:
            name = match[1]
            if name in extra:
                return str(extra[name])
            return self._get_attribute(name.split(".", 1)) if "." in name else str(self._ref(name))

        return re.sub(r"\$\{([^!}]+)\}", replace, text)
