"""Secrets that nobody has: put together here, so that no scanner takes this file for a leak."""

from typing import Final

_WORD: Final = "q7Rz2Kp9Wm4Xc8Vb5Nt3Yh6Ud1Je0LsAfGiOk" * 4

AWS_ID: Final = "AK" + "IA" + "QZ7RK2PWM4XC8VB5"
AWS_SECRET: Final = "Qz7/" + _WORD[:36]
GITHUB: Final = "gh" + "p_" + _WORD[:36]
GITHUB_FINE: Final = "github" + "_pat_" + _WORD[:22] + "_" + _WORD[:59]
GITLAB: Final = "gl" + "pat-" + _WORD[:20]
SLACK: Final = "xo" + "xb-123456789012-1234567890123-" + _WORD[:24].lower()
STRIPE: Final = "sk" + "_live_" + _WORD[:99]
NPM: Final = "np" + "m_" + _WORD[:36]
PYPI: Final = "py" + "pi-AgEIcHlwaS5vcmc" + _WORD[:90]
OPENAI: Final = "sk" + "-proj-" + _WORD[:48]
ANTHROPIC: Final = "sk" + "-ant-api03-" + _WORD[:93]
GOOGLE: Final = "AI" + "za" + _WORD[:35]
CLOUDFLARE: Final = "cf" + "ut_" + _WORD[:40] + "0a1b2c3d"
SENDGRID: Final = "S" + "G." + _WORD[:22] + "." + _WORD[:43]
TWILIO: Final = "S" + "K" + "0123456789abcdef" * 2
AZURE: Final = "Account" + "Key=" + _WORD[:86] + "=="
JWT: Final = "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0NTY3ODkwIn0." + _WORD[:43]
PASSWORD: Final = "Tr0ub4dor"

IN_QUOTES: Final = {
    "aws key": AWS_ID,
    "github token": GITHUB,
    "gitlab token": GITLAB,
    "slack token": SLACK,
    "stripe key": STRIPE,
    "npm token": NPM,
    "pypi token": PYPI,
    "openai key": OPENAI,
    "anthropic key": ANTHROPIC,
    "google key": GOOGLE,
    "cloudflare token": CLOUDFLARE,
    "sendgrid key": SENDGRID,
    "twilio key": TWILIO,
    "azure key": AZURE,
    "jwt": JWT,
}
"""What each is called, and one of them."""

BODY: Final = tuple(_WORD[n : n + 64] for n in range(12))
_NAME = "RSA PRIVATE" + " KEY"
KEY: Final = "\n".join(
    (f"-----BEGIN {_NAME}-----", *BODY, _WORD[:30] + "==", f"-----END {_NAME}-----")
)
