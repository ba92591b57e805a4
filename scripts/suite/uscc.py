"""统一社会信用代码 (GB 32100-2015) and the 组织机构代码 in it (GB 11714), to make and to check codes of test data."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, i, 31) for i in range(17)]
_ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]


def check_character(body: str) -> str:
    """The 18th character for the first 17."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check(body: str) -> str:
    """The ninth character of a 组织机构代码 for its first eight."""
    total = sum(int(c, 36) * w for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)


def verdict(code: str) -> str:
    """ok, malformed or checksum-mismatch; letters are upper-cased first, nothing is trimmed."""
    code = code.upper()
    well_formed = len(code) == 18 and all(c in ALPHABET for c in code) and code[2:8].isdigit()
    if not well_formed:
        return "malformed"
    both = check_character(code[:17]) == code[17] and organisation_check(code[8:16]) == code[16]
    return "ok" if both else "checksum-mismatch"


def make(kind: str, region: str, organisation: str) -> str:
    """A valid code of a kind ("91"), a region of GB/T 2260 and eight characters of an organisation."""
    body = kind + region + organisation + organisation_check(organisation)
    return body + check_character(body)
