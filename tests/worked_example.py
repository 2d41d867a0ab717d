"""The worked example of the effect table: files of two states, with the positions that the report shows."""

from platctl.model.load import load
from platctl.model.model import Model
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file


def component(name: str, *dependencies: str) -> str:
    head = f"kind: component\nid: {name}\ntype: service\nlayer: platform\nlifecycle: production\nversion: 1.0.0\n"
    return head + "depends_on:\n" + "".join(dependencies)


def consumer(name: str, tier: int, *dependencies: str) -> str:
    head = f"kind: consumer\nid: {name}\ntype: product\ntags: []\nlinks: []\nvisibility: internal\ntier: {tier}\n"
    return head + ("uses:\n" + "".join(dependencies) if dependencies else "uses: []\n")


def needs(target: str, requires: str, *more: str) -> str:
    return f'  - component: {target}\n    requires: "{requires}"\n' + "".join(f"    {line}\n" for line in more)


def offering(name: str, interface: str, *versions: str) -> str:
    head = f"kind: component\nid: {name}\ntype: service\nlayer: platform\nlifecycle: production\n"
    listed = "".join(f"    - version: {version}\n" for version in versions)
    return f"{head}interfaces:\n  - id: {interface}\n    versions:\n{listed}"


Files = dict[str, str]
BASE: Files = {
    "components/identity.yaml": offering("identity", "api", "2.4.0"),
    "components/media-codec.yaml": offering("media-codec", "sdk", "5.1.0"),
    "components/gateway.yaml": component("gateway", needs("identity#api", ">=2,<3", "exposes: true")),
    "components/billing.yaml": component("billing", needs("identity#api", ">=2,<3")),
    "components/recommender.yaml": component("recommender", needs("identity#api", ">=2", "strength: soft")),
    "components/search.yaml": component("search", needs("billing", ">=1")),
    "consumers/mobile-app.yaml": consumer("mobile-app", 1, needs("gateway", ">=1")),
    "consumers/web-shop.yaml": consumer("web-shop", 1, needs("billing", ">=1")),
    "consumers/catalog-site.yaml": consumer("catalog-site", 2, needs("search", ">=1")),
    "consumers/newsletter.yaml": consumer("newsletter", 3, needs("recommender", ">=1")),
    "consumers/kiosk.yaml": consumer("kiosk", 2, needs("identity#api", ">=2,<3", "strength: soft")),
    "consumers/partner-portal.yaml": consumer("partner-portal", 3, needs("identity#api", ">=2")),
    "consumers/tv-app.yaml": consumer("tv-app", 2, needs("identity#api", ">=3,<4")),
    "consumers/legacy-admin.yaml": consumer("legacy-admin", 3, needs("identity#api", ">=1,<2")),
    "consumers/signage.yaml": consumer("signage", 2, needs("identity#api", ">=2,<3")),
    "consumers/crm.yaml": consumer("crm", 3, needs("identity#api", ">=2,<3")),
    "consumers/studio.yaml": consumer("studio", 2, needs("media-codec#sdk", ">=5,<6")),
}
CHANGE: Files = {
    "components/identity.yaml": offering("identity", "api", "3.0.0"),
    "components/media-codec.yaml": offering("media-codec", "sdk", "5.1.0", "5.2.0"),
    "consumers/signage.yaml": consumer("signage", 2, needs("identity#api", ">=3,<4")),
    "consumers/crm.yaml": consumer("crm", 3),
}


def state(files: Files) -> Model:
    """The model of some files."""
    return load([parse_file(SourceFile(path, text.encode())) for path, text in sorted(files.items())])
