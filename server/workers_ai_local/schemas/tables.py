"""The input schemas of text generation, as tables.

Source: the models' JSON in Cloudflare's documentation. The order of the members is theirs, because
it is the order of the validator's complaints. Defaults and descriptions refuse nothing, and are
left out.
"""

from collections.abc import Mapping

from workers_ai_local.schemas.validating import Schema

_STRING: Schema = {"type": "string"}
_BOOLEAN: Schema = {"type": "boolean"}
_STRINGS: Schema = {"type": "array", "items": _STRING}
_PARTS: Schema = {
    "type": "array",
    "items": {"type": "object", "properties": {"type": _STRING, "text": _STRING}},
}
_FORMAT: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": ["json_object", "json_schema"]},
        "json_schema": {},
    },
}


def schema_of(model: str) -> Schema:
    """Return what `model` takes; a model without a schema of its own takes the newest one's."""
    return _SCHEMAS.get(model, _NEWEST)


def _object(*required: str, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}


def _number(low: float, high: float, kind: str = "number") -> Schema:
    return {"type": kind, "minimum": low, "maximum": high}


_PARAMETERS = _object(
    "type",
    "properties",
    type=_STRING,
    required=_STRINGS,
    properties={
        "type": "object",
        "additionalProperties": _object("type", "description", type=_STRING, description=_STRING),
    },
)
_FUNCTION = _object(
    "name",
    "description",
    "parameters",
    name=_STRING,
    description=_STRING,
    parameters=_PARAMETERS,
)
_BARE_TOOL = {key: value for key, value in _FUNCTION.items() if key != "type"}
_WRAPPED_TOOL: Schema = {
    "properties": {"type": _STRING, "function": _FUNCTION},
    "required": ["type", "function"],
}
_TOOLS: Schema = {
    "type": "array",
    "items": {"type": "object", "oneOf": [_BARE_TOOL, _WRAPPED_TOOL]},
}
_FUNCTIONS: Schema = {
    "type": "array",
    "items": _object("name", "code", name=_STRING, code=_STRING),
}


def _sampling(top_p: Schema, penalty: Schema) -> dict[str, Schema]:
    return {
        "response_format": _FORMAT,
        "raw": _BOOLEAN,
        "stream": _BOOLEAN,
        "max_tokens": {"type": "integer"},
        "temperature": _number(0, 5),
        "top_p": top_p,
        "top_k": _number(1, 50, "integer"),
        "seed": _number(1, 9_999_999_999, "integer"),
        "repetition_penalty": _number(0, 2),
        "frequency_penalty": penalty,
        "presence_penalty": penalty,
    }


def _text_generation(top_p: Schema, penalty: Schema, content: Schema) -> Schema:
    sampling = _sampling(top_p, penalty)
    prompt = {"prompt": {"type": "string", "minLength": 1}, "lora": _STRING}
    message = _object("role", "content", role=_STRING, content=content)
    messages = {
        "messages": {"type": "array", "items": message},
        "functions": _FUNCTIONS,
        "tools": _TOOLS,
    }
    return {
        "type": "object",
        "oneOf": [
            {"properties": prompt | sampling, "required": ["prompt"]},
            {"properties": messages | sampling, "required": ["messages"]},
        ],
    }


_SCHEMAS: Mapping[str, Schema] = {
    "@hf/thebloke/deepseek-coder-6.7b-instruct-awq": _text_generation(
        _number(0.001, 1), _number(-2, 2), _STRING
    ),
    "@cf/qwen/qwen2.5-coder-32b-instruct": _text_generation(_number(0, 2), _number(0, 2), _STRING),
}
# Since 2026-02-17 a message's content may come in parts.
_NEWEST = _text_generation(
    _number(0.001, 1), _number(-2, 2), {"oneOf": [{"type": "string"}, _PARTS]}
)
# The OpenAI-compatible route forgives more: only what it cannot work without is looked at.
OPENAI: Schema = _object(
    "messages",
    messages={"type": "array", "items": _object("role", role=_STRING)},
    stream=_BOOLEAN,
)
