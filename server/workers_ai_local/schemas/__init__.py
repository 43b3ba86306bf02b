"""What a model takes: the input schemas, and the validator that words a refusal as theirs does."""

from workers_ai_local.schemas.tables import OPENAI, schema_of
from workers_ai_local.schemas.validating import Schema, Unmet, validate

__all__ = ["OPENAI", "Schema", "Unmet", "schema_of", "validate"]
