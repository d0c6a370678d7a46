"""Markers: whether valid, their text, and their value in several environments."""

from itertools import product

from grammar import STRANGERS, distinct, mutated
from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName

BASE = {
    "os_name": "posix", "sys_platform": "linux", "platform_machine": "x86_64", "platform_system": "Linux",
    "platform_python_implementation": "CPython", "implementation_name": "cpython",
}

# What an image does not know is left out, and then tried with each of the values below.
ENVIRONMENTS = [
    {"values": BASE | {"python_version": "3.11", "python_full_version": "3.11.2", "implementation_version": "3.11.2"}},
    {
        "values": BASE | {
            "python_version": "3.13", "python_full_version": "3.13.0", "implementation_version": "3.13.0",
            "platform_machine": "aarch64", "platform_release": "6.1.0-18-amd64", "platform_version": "#1 SMP Debian 6.1.76-1",
        },
        "extras": ["security"], "groups": ["test"],
    },
    {
        "values": BASE | {
            "python_version": "3.10", "python_full_version": "3.10.14", "implementation_version": "7.3.17",
            "platform_python_implementation": "PyPy", "implementation_name": "pypy",
            "platform_release": "14.5.0", "platform_version": "13",
        },
        "extras": ["pep-685-norm"], "groups": [],
    },
    {
        "values": BASE | {
            "python_version": "3.14", "python_full_version": "3.14.0rc1", "implementation_version": "3.14.0rc1",
            "platform_release": "5.15", "platform_version": "",
        },
        "extras": [], "groups": ["dev", "pep-735-norm"],
    },
    {
        "values": BASE | {
            "python_version": "3.12", "python_full_version": "3.12.0+", "implementation_version": "3.12.0",
            "platform_release": "", "platform_version": "1.0",
        },
        "extras": ["a"], "groups": ["a"],
    },
]

UNKNOWN = {
    "platform_release": ["6.1.0", "3", "5.10.16.3-microsoft-standard-WSL2", "", "6.1"],
    "platform_version": ["#1 SMP", "13", "", "1.0"],
    "extras": [frozenset(), frozenset({"a", "security", "test"}), frozenset({"dev"})],
    "dependency_groups": [frozenset(), frozenset({"a", "security", "test"}), frozenset({"dev"})],
}

OPERATORS = ["==", "!=", "<=", ">=", "<", ">", "~=", "===", "in", "not in"]
VERSIONS = ["3", "3.1", "3.10", "3.11", "3.11.2", "3.12", "3.12.0", "3.13", "3.14", "3.14.0rc1", "3.14.0a1", "2.7", "4", "3.*", "3.11.*",
            "v3.11", " 3.11", "3.11 ", "3.11.0", "3.12.0+local", "7.3.17", "7.3", "0", "", "three", "3.x", "2.7, 3.11", "3.10 3.11 3.12"]
RELEASES = ["6.1", "6.1.0", "6.1.0-18-amd64", "14.5.0", "5", "5.15", "", "13", "#1 SMP Debian 6.1.76-1", "SMP", "1.0", "6.*"]
NAMES = ["a", "A", "security", "Security", "test", "dev", "PEP_685.norm", "pep--685__norm", "Pep.735_Norm", "other", "", "a b"]
CONSTANTS = {
    "os_name": ["posix", "nt", "java", "", "POSIX"], "os.name": ["posix", "nt"],
    "sys_platform": ["linux", "win32", "darwin", "Linux", "linux darwin", "lin"], "sys.platform": ["linux", "win32"],
    "platform_machine": ["x86_64", "aarch64", "AMD64", "x86", "x86_64 aarch64", "armv7l"], "platform.machine": ["x86_64"],
    "platform_python_implementation": ["CPython", "PyPy", "Jython", "cpython"],
    "platform.python_implementation": ["CPython", "PyPy"], "python_implementation": ["CPython", "PyPy"],
    "platform_system": ["Linux", "Windows", "Darwin", "linux"], "implementation_name": ["cpython", "pypy", "CPython"],
    "python_version": VERSIONS, "python_full_version": VERSIONS, "implementation_version": VERSIONS,
    "platform_release": RELEASES, "platform_version": RELEASES, "platform.version": RELEASES,
    "extra": NAMES, "extras": NAMES, "dependency_groups": NAMES,
}
FREQUENT = ["python_version", "python_full_version", "sys_platform", "extra", "platform_machine", "implementation_name"]

NASTY = [
    "", " ", "os_name", "'posix'", "os_name ==", "== 'posix'", "os_name 'posix'", "os_name = 'posix'", "os_name is 'posix'",
    "os_name == posix", "os_name == sys_platform", "'a' == 'a'", "'3' < '4'", "extra in extras", "3.4 < python_version",
    "'3.4' < python_version < '3.9'", "os_name == 'posix", "os_name == posix'", "os_name == 'posix\"", "os_name == \"'\"", "os_name == '\"'",
    "os_name == ''", "os_name == '''posix'''", "os_name == 'po' 'six'", "os_name == r'posix'", "os_name == b'posix'", "os_name == u'posix'",
    "os_name == 'pos\\x69x'", "os_name == 'posi\\u0078'", "os_name == 'po\\\\six'", "os_name == 'a\\'b'", "os_name == '\\q'", "os_name == '\\x'",
    "os_name == 'posix'and sys_platform == 'linux'", "os_name == 'posix'or'nt'==os_name", "os_name=='posix'and(sys_platform=='linux')",
    "os_name == 'posix' AND os_name == 'nt'", "os_name == 'posix' && os_name == 'nt'", "not os_name == 'posix'", "os_name not'posix'",
    "os_name notin 'posix'", "os_name not  in 'posix'", "os_name not\tin 'posix'", "os_name not\nin 'posix'", "'posix'not in os_name",
    "'posix'in os_name", "os_name in'posix'", "os_name IN 'posix'", "os_name in ('posix', 'nt')", "os_name in ['posix']", "OS_NAME == 'posix'",
    "Os_Name == 'posix'", "os-name == 'posix'", "os name == 'posix'", "osname == 'posix'", "os_name2 == 'a'", "2os_name == 'a'",
    "(os_name == 'posix'", "os_name == 'posix')", "()", "(())", "(os_name) == 'posix'", "(os_name == 'posix'))", "((os_name == 'posix'))",
    "(os_name == 'posix') and", "and os_name == 'posix'", "os_name == 'posix' or", "os_name == 'posix' os_name == 'nt'", "os_name == 'posix';",
    "; os_name == 'posix'", "os_name == 'posix' # comment", "os_name\n==\n'posix'", "os_name == 'po\nsix'", "os_name == 'posix'\n", "\nos_name == 'posix'",
    "os_name\u00a0== 'posix'", "os_name == '\u00e9'", "os_name == 'posi\uff58'", "\uff4fs_name == 'posix'", "os_name == 'posix\x00'", "os_name == 'posix\t'",
    "python_version == '3.11' and os_name == 'nt' or os_name == 'posix'", "os_name == 'posix' or os_name == 'nt' and python_version < '3'",
    "(os_name == 'posix' or os_name == 'nt') and python_version < '3'", "((os_name == 'nt') or (os_name == 'posix' and (python_version >= '3')))",
    "(" * 40 + "os_name == 'posix'" + ")" * 40, "platform.release == '6'", "platform.system == 'Linux'", "platform_python_implementation == 'PyPy'",
    "platform.python_implementation != 'PyPy'", "python_implementation == 'PyPy'", "implementation.name == 'cpython'", "python.version == '3'",
    "python_version ~= '3'", "python_version ~= '3.8'", "python_version === '3.11'", "python_version === 'v3.11'", "python_version >= '3.11.dev0'",
    "python_version == '3.11.*'", "python_version > '3.11.*'", "python_version in '3.*'", "python_version not in '2.6, 2.7'", "'3.11' ~= python_version",
    "python_full_version == '3.12.0'", "python_full_version > '3.12.0'", "python_full_version === '3.12.0+local'", "python_full_version == '3.12.0+local'",
    "python_full_version < '3.14'", "python_full_version >= '3.14'", "python_full_version >= '3.14.dev0'", "'3.14' > python_full_version",
    "extra == 'a' and extra == 'security'", "extra != 'a' and extra != 'security'", "extras == 'a'", "extras in 'a'", "'a' == extras", "'a' != extras",
    "'a' not in extras and 'a' not in dependency_groups", "dependency_groups not in 'a'", "'A' in dependency_groups", "extra === 'a'", "extra ~= 'a'",
    "sys_platform >= 'linux' and sys_platform <= 'linux'", "sys_platform ~= 'linux'", "sys_platform === 'linux'", "'linux' === sys_platform",
    "sys_platform == 'win32' and sys_platform ~= '1.0'", "platform_release >= '6' or os_name == 'posix'", "platform_release >= '6' and os_name == 'nt'",
    "sys_platform != 'linux' or platform_version == '13'", "platform_version >= '12'", "platform_version < '14'", "'SMP' in platform_version",
]


def constant(rng, text):
    quote = '"' if "'" in text or ('"' not in text and rng.random() < 0.5) else "'"
    return quote + text + quote


def comparison(rng):
    variable = rng.choice(FREQUENT) if rng.random() < 0.5 else rng.choice(list(CONSTANTS))
    operator = rng.choice(OPERATORS[:6] if rng.random() < 0.7 else OPERATORS)
    value = constant(rng, rng.choice(CONSTANTS[variable]))
    swapped = rng.random() < (0.75 if variable in ("extras", "dependency_groups") else 0.25)
    if variable in ("extras", "dependency_groups") and rng.random() < 0.75:
        operator = rng.choice(OPERATORS[-2:])
    left, right = (value, variable) if swapped else (variable, value)
    wordy = operator.endswith("in")
    return left + blanks(rng, wordy) + operator + blanks(rng, wordy) + right


def blanks(rng, needed):
    return rng.choice([" ", " ", "  ", "\t"] if needed else [" ", " ", "", "\t", "  "])


def expression(rng, depth):
    if depth == 0 or rng.random() < 0.4:
        text = comparison(rng)
    else:
        text = expression(rng, depth - 1) + f" {rng.choice(['and', 'or'])} " + expression(rng, depth - 1)
    return f"({rng.choice(['', ' '])}{text})" if rng.random() < 0.25 else text


def texts(rng):
    every = [f"{v} {o} {constant(rng, rng.choice(c))}" for v, c in CONSTANTS.items() for o in OPERATORS for _ in range(2)]
    every += [f"{constant(rng, rng.choice(c))} {o} {v}" for v, c in CONSTANTS.items() for o in OPERATORS]
    every += [expression(rng, 0) for _ in range(1000)] + [expression(rng, rng.randint(1, 3)) for _ in range(900)]
    every += [mutated(rng, rng.choice(every), list("'\"()=<>!~ .orandin_")) for _ in range(700)]
    every += [f"os_name == 'posix'{stranger}and os_name == 'nt'" for stranger in STRANGERS]
    return distinct(NASTY + every)


def rows(rng):
    yield ENVIRONMENTS
    for text in texts(rng):
        try:
            marker = Marker(text)
        except InvalidMarker:
            yield [text, None]
            continue
        try:
            normal = str(marker)
        except ValueError:
            normal = ""
        yield [text, normal, "".join(value(marker, environment) for environment in ENVIRONMENTS)]


def value(marker, environment):
    """1 or 0; t or f where it is the same whatever the unknown fields hold; ? where it is not; u where undefined."""
    fixed = dict(environment["values"])
    if "extras" in environment:
        fixed |= {"extras": set(environment["extras"]), "dependency_groups": set(environment["groups"])}
    fixed["extra"] = environment.get("extras", [""])[0] if environment.get("extras", [""]) else ""
    unknown = [name for name in UNKNOWN if name not in fixed and name in str(marker._markers)]
    answers = set()
    for sample in product(*(UNKNOWN[name] for name in unknown)):
        try:
            answers.add(marker.evaluate(fixed | dict(zip(unknown, sample))))
        except (UndefinedComparison, UndefinedEnvironmentName):
            return "u"
    if len(answers) > 1:
        return "?"
    return ("t" if unknown else "1") if answers.pop() else ("f" if unknown else "0")
