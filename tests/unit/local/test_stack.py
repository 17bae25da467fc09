"""Reading a template: what is understood, and that the rest is refused."""

from pathlib import Path

import pytest

from whereas.errors import ConfigurationError
from whereas_local.intrinsics import Resolver, load_yaml
from whereas_local.stack import ACCOUNT, ROOT, load_stack

MINIMAL = """
Parameters: {Wait: {Type: Number, Default: 7}}
Globals: {Function: {Handler: app.go, Timeout: 3, Environment: {Variables: {SHARED: a, OWN: a}}}}
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  Api: {Type: AWS::Serverless::HttpApi, Properties: {}}
  Model: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layers/model}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/work
      Timeout: !Ref Wait
      Environment: {Variables: {OWN: b, QUEUE: !Ref Jobs, ARN: !GetAtt Jobs.Arn, TEXT: !Sub "${AWS::StackName}/${Jobs.Arn}", D: /opt/model}}
      Events:
        Queue: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn, BatchSize: 3}}
        Clock: {Type: Schedule, Properties: {Schedule: rate(2 hours)}}
        Http: {Type: HttpApi, Properties: {Path: /, Method: GET}}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "template.yaml"
    path.write_text(text)
    return path


def test_reads_wiring_with_globals_and_intrinsics(tmp_path: Path) -> None:
    stack = load_stack(write(tmp_path, MINIMAL), endpoint="http://127.0.0.1:1", name="x")
    work = stack.functions["Work"]
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:x-Jobs"
    assert (work.module, work.handler, work.timeout_s, work.memory_mb) == ("app", "go", 7.0, 128)
    assert work.environment == {
        "SHARED": "a",
        "OWN": "b",
        "QUEUE": f"http://127.0.0.1:1/{ACCOUNT}/x-Jobs",
        "ARN": arn,
        "TEXT": f"x/{arn}",
        "D": str(tmp_path / "layers/model"),
    }
    (source,) = stack.mappings
    assert (source.queue, source.batch_size, source.window_s, source.reports_failures) == ("Jobs", 3, 0.0, False)
    assert stack.schedules[0].interval_s == 7200


def test_parameters_replace_defaults(tmp_path: Path) -> None:
    assert load_stack(write(tmp_path, MINIMAL), parameters={"Wait": 9}).functions["Work"].timeout_s == 9


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("AWS::Serverless::HttpApi", "AWS::Kinesis::Stream", "does not know AWS::Kinesis::Stream"),
        ("!Ref Wait", "!ImportValue Wait", "does not know Fn::ImportValue"),
        ("!Ref Wait", "!Ref Gone", "Ref of 'Gone'"),
        ("!GetAtt Jobs.Arn, TEXT", "!GetAtt Jobs.Size, TEXT", "GetAtt of 'Jobs.Size'"),
        ("rate(2 hours)", "'cron(0 * * * ? *)'", r"rate\(...\) schedules only"),
        ("Type: HttpApi, Properties: {Path", "Type: SNS, Properties: {Path", "event SNS of Work"),
        ("        Http: {Type: HttpApi, Properties: {Path: /, Method: GET}}\n", "", "found 0"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in MINIMAL
    with pytest.raises(ConfigurationError, match=message):
        load_stack(write(tmp_path, MINIMAL.replace(old, new)))


def test_unknown_parameters_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="no parameter MaxPagez"):
        load_stack(parameters={"MaxPagez": 1})


@pytest.mark.parametrize(("text", "message"), [("a: [", "no valid YAML"), ("[]", "no Resources"), (None, "no template at")])
def test_unusable_templates_are_refused(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "template.yaml" if text is None else write(tmp_path, text)
    with pytest.raises(ConfigurationError, match=message):
        load_yaml(path)


def test_conditions_choose_and_no_value_drops() -> None:
    conditions = {"Off": {"Fn::Not": [{"Fn::Equals": [{"Ref": "N"}, 0]}]}}
    resolver = Resolver(refs={"N": "0"}, attributes={}, conditions=conditions)
    node = {
        "A": {"Fn::If": ["Off", 1, {"Ref": "AWS::NoValue"}]},
        "B": [{"Ref": "AWS::NoValue"}, {"Fn::Sub": ["${X}!", {"X": {"Ref": "N"}}]}],
    }
    assert resolver.value(node) == {"B": ["0!"]}
    assert resolver.value({"Condition": "Off"}) is False


def test_the_projects_own_template_is_read() -> None:
    stack = load_stack()
    assert stack.api_function == "QueryFunction"
    assert stack.functions["ReadFunction"].environment["WHEREAS_MODEL_DIR"] == str(ROOT / "layers/model")


@pytest.mark.parametrize(("size", "folder"), [("standard", "model"), ("fast", "model-fast")])
def test_the_size_of_the_model_chooses_its_layer(size: str, folder: str) -> None:
    stack = load_stack(parameters={"ModelSize": size})
    for name in ("IntakeFunction", "AssembleFunction", "RecognizeFunction", "SweepFunction"):
        function = stack.functions[name]
        assert [layer.name for layer in function.layers if layer.name.startswith("model")] == [folder]
        assert Path(function.environment["WHEREAS_MODEL_DIR"]).name == folder
        assert Path(function.environment["WHEREAS_MODEL_DIR"]).is_dir()
