"""A differential test of tokens: ours must be good for PyJWT, and PyJWT's good ones for us, by every algorithm.

PyJWT is laxer than Steward (exp as a string, duplicate members, padding): on bad tokens it is no oracle, but what is bad
for PyJWT must be bad for Steward.
"""

import json
import secrets
import subprocess
import sys
import time

import jwt

STEWARD = sys.argv[1]
ALGORITHMS = {"HS256": 32, "HS384": 48, "HS512": 64}
USERS = ["alice", "auth0|5f7c", "a.b+c@example.com", "x" * 128, "00000000-0000-4000-8000-000000000000"]

failures = 0
checks = 0


def steward(*arguments, text=""):
    result = subprocess.run([STEWARD, *arguments], input=text, capture_output=True, text=True)
    return result.returncode, result.stdout, result.stderr


def must(*arguments, text=""):
    code, output, errors = steward(*arguments, text=text)
    if code != 0:
        sys.exit(f"steward {' '.join(arguments)}: {errors}")
    return output


def check(what, passed):
    global failures, checks
    checks += 1
    if not passed:
        failures += 1
        print(f"FAILED: {what}")


def verdict(token, *options):
    code, output, _ = steward("token", "verify", "--json", *options, text=token)
    answer = json.loads(output)
    check("the exit code agrees with the verdict", (code == 0) == answer["valid"])
    return answer


def ours(algorithm):
    """Tokens of `steward token issue`, judged by PyJWT."""
    tenant = f"own-{algorithm.lower()}"
    must("tenant", "create", tenant)
    key = json.loads(must("key", "create", tenant, "--alg", algorithm, "--show-secret", "--json"))
    secret = jwt.utils.base64url_decode(key["secret"])
    check(f"{algorithm}: the key is as long as its hash", len(secret) == ALGORITHMS[algorithm])
    for number, user in enumerate(USERS):
        options = [["--ttl", "1s"], ["--ttl", "24h"], ["--scope", "chat tasks:read"], ["--jti", "j-1"], []][number]
        token = must("token", "issue", tenant, user, *options).strip()
        header = jwt.get_unverified_header(token)
        check(f"{algorithm}: header", header == {"alg": algorithm, "typ": "JWT", "kid": key["kid"]})
        required = {"require": ["sub", "iat", "exp", "jti", "aud"]}
        try:
            # The one that lives for a second may be over by now.
            claims = jwt.decode(
                token, secret, algorithms=[algorithm], audience=tenant, options=required, leeway=60)
        except jwt.PyJWTError as error:
            check(f"{algorithm}: PyJWT refuses a token of ours: {error!r}", False)
            continue
        check(f"{algorithm}: sub", claims["sub"] == user)
        check(f"{algorithm}: exp", claims["exp"] - claims["iat"] == [1, 86400, 3600, 3600, 3600][number])
        for wrong in [secret[:-1] + bytes([secret[-1] ^ 1]), secrets.token_bytes(len(secret))]:
            try:
                jwt.decode(token, wrong, algorithms=[algorithm], audience=tenant, leeway=60)
                check(f"{algorithm}: PyJWT takes it under another key", False)
            except jwt.InvalidSignatureError:
                check(f"{algorithm}: another key", True)


def theirs(algorithm):
    """Tokens of PyJWT under a shared secret, judged by Steward."""
    tenant = f"imported-{algorithm.lower()}"
    must("tenant", "create", tenant)
    secret = secrets.token_bytes(ALGORITHMS[algorithm])
    issuer, audience = "https://issuer.example", "todo"
    must("key", "import", tenant, "--kid", "shared", "--alg", algorithm, "--encoding", "hex",
         "--issuer", issuer, "--audience", audience, text=secret.hex())
    host = ["--host", tenant]
    now = int(time.time())

    def encode(headers=None, key=secret, by=algorithm, **changes):
        claims = {"sub": "alice", "iss": issuer, "aud": audience, "iat": now, "exp": now + 600} | changes
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, key, algorithm=by, headers=headers if headers is not None else {"kid": "shared"})

    good = {
        "plain": encode(), "without kid": encode(headers={}), "audience in a list": encode(aud=[audience, "other"]),
        "more claims": encode(name="Zoë \U0001F600", nested={"a": [1, 2.5, None, True]}, email="a@b.example"),
        "not before": encode(nbf=now - 10), "without iat": encode(iat=None), "with jti": encode(jti="j"),
        "typ JWT in lower case": encode(headers={"kid": "shared", "typ": "jwt"}),
    } | {f"user {user}": encode(sub=user) for user in USERS}
    for what, token in good.items():
        jwt.decode(token, secret, algorithms=[algorithm], audience=audience, issuer=issuer)
        answer = verdict(token, *host)
        check(f"{algorithm}: {what} is good for PyJWT, and here it is: {answer['reason']}", answer["valid"])
    for user in USERS:
        check(f"{algorithm}: user", verdict(good[f"user {user}"], *host)["user"] == user)
    check(f"{algorithm}: an imported key counts on its tenant's host only", not verdict(good["plain"])["valid"])

    other = next(name for name in ALGORITHMS if name != algorithm)
    bad = {
        "expired": encode(exp=now - 600), "not yet": encode(nbf=now + 600), "another issuer": encode(iss="x"),
        "another audience": encode(aud="x"), "no audience": encode(aud=None),
        "another algorithm": encode(by=other, key=secret.ljust(64, b"x") if len(secret) < 64 else secret),
        "another key": encode(key=secrets.token_bytes(64)), "cut": encode()[:-2], "none": encode(by="none", key=None),
    }
    for what, token in bad.items():
        try:
            jwt.decode(token, secret, algorithms=[algorithm], audience=audience, issuer=issuer)
            check(f"{algorithm}: PyJWT takes what is {what}", False)
        except jwt.PyJWTError:
            check(f"{algorithm}: {what} is bad for PyJWT and good here", not verdict(token, *host)["valid"])


for algorithm in ALGORITHMS:
    ours(algorithm)
    theirs(algorithm)
print(f"PyJWT {jwt.__version__}: {checks} checks, {failures} failed")
sys.exit(1 if failures else 0)
