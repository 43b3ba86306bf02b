"""What Cloudflare says of the account, the model and the request: one class, one sentence each."""

from workers_ai_ls.workers_ai.errors import WireFailure


class BadToken(WireFailure):
    """10000 with 401, 9106, 6003."""

    sentence = (
        "{host} does not accept the API token: make one with the permissions Workers AI Read and "
        "Edit, and set CLOUDFLARE_API_TOKEN."
    )
    own_sentence = (
        "{host} does not accept the credentials ({detail}): run `workers-ai-ls login`, or correct "
        "CLOUDFLARE_API_TOKEN or WORKERS_AI_HEADERS."
    )


class NoPermission(WireFailure):
    """10000 with 403, 9109."""

    sentence = (
        "The API token may not use Workers AI on this account: give it the permissions Workers AI "
        "Read and Edit, or check CLOUDFLARE_ACCOUNT_ID."
    )
    own_sentence = "{host} refuses the request ({detail}): ask whoever runs it to let you in."


class BadAccount(WireFailure):
    """7003: an account id that is none."""

    sentence = (
        "{host} knows no such account: check CLOUDFLARE_ACCOUNT_ID, the 32 letters and digits in "
        "the dashboard's address."
    )


class NoSuchModel(WireFailure):
    """5007, 3042, or an id that cannot be one."""

    sentence = (
        "There is no model {model}: set WORKERS_AI_MODEL or workersAI.model to another, for "
        "example {alternative}."
    )
    own_sentence = (
        "{host} has no model {model}: set WORKERS_AI_MODEL or workersAI.model to one that it has."
    )


class ModelWithdrawn(WireFailure):
    """410 / 5028."""

    sentence = (
        "Cloudflare has withdrawn the model {model}: set WORKERS_AI_MODEL or workersAI.model to "
        "{alternative}."
    )


class ModelNotAllowed(WireFailure):
    """5018, 3041, 3023: this account is kept from the model."""

    sentence = (
        "This account may not use the model {model}: choose another, for example {alternative}."
    )
    own_sentence = (
        "{host} refuses the model {model} ({detail}): set WORKERS_AI_MODEL or workersAI.model to "
        "one that it allows."
    )


class TermsNotAccepted(WireFailure):
    """5016."""

    sentence = (
        "This account has not accepted the terms of {model}: accept them in Cloudflare's "
        "dashboard, or choose {alternative}."
    )


class PaidPlanNeeded(WireFailure):
    """5035."""

    sentence = "{model} needs the Workers Paid plan: upgrade the account, or choose {alternative}."


class ContextOverflow(WireFailure):
    """413, 5021, 3006, and the overflow that 8007 wraps: a smaller prompt may pass."""

    sentence = (
        "Prompt and answer exceed the context window of {model}: select less code, or choose a "
        "model with a larger window."
    )


class BadRequest(WireFailure):
    """The API refused the body: a schema violation or a parameter out of range."""

    sentence = (
        "{host} refused the request for {model} ({detail}): correct the setting that it names, "
        "or choose another model."
    )


class RateLimited(WireFailure):
    """3021, gateway 2003, and a 429 without a code.

    3021 is counted by the minute, so its `retry_after` is what is left of this one, and a wait that
    passes the time for all tries is told at once. The others' windows are not known.
    """

    sentence = "{host} accepts no more requests for {model} just now: try again {when}."
    tries = 3
    backoff = 8.0  # Windows are long, and 20 s are all that may be waited.
    brief = "rate limit reached"


class NoCapacity(WireFailure):
    """3040."""

    sentence = "{model} is busy everywhere: try again {when}, or choose {alternative}."
    tries = 3
    backoff = 2.0
    brief = "busy"


class OutOfNeurons(WireFailure):
    """3036, 4006."""

    sentence = (
        "Today's 10,000 free neurons of this account are used up: wait until 00:00 UTC, or move "
        "it to the Workers Paid plan."
    )


class ModelTimeout(WireFailure):
    """3046: the server gave up after about 120 s and would again."""

    sentence = (
        "{model} took longer than the server allows: select less code, or choose a faster model."
    )


class GatewayMissing(WireFailure):
    """AI Gateway 2001."""

    sentence = (
        "This AI Gateway does not exist: create it in Cloudflare's dashboard, or correct "
        "WORKERS_AI_GATEWAY."
    )


class GatewayRefused(WireFailure):
    """AI Gateway 2009."""

    sentence = (
        "The AI Gateway does not let this request in: set WORKERS_AI_GATEWAY_TOKEN to its token, "
        "or turn the gateway's authentication off."
    )
