"""axe finds nothing on any page, in any look. The pages are those of the resolver; see `sights.py`."""

import pytest

from zuji.project.home import CHECKOUT

pytestmark = pytest.mark.browser

AXE = CHECKOUT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run(document, {
  runOnly: {type: "tag", values: rules},
  rules: {"color-contrast-enhanced": {enabled: true}},
  resultTypes: ["violations"],
  preload: false,
}).then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(
  ({target, html, any, all, none}) =>
    `${id}: ${target.join(" ")} ${html.slice(0, 90)} ${[...any, ...all, ...none][0]?.message ?? ""}`
)))"""


@pytest.mark.parametrize("look", [(), ("dark",), ("large",)], ids=["light", "dark", "large"])
def test_axe_finds_nothing_on_any_page(looking, sights, look):
    looker = looking(look=look)
    looker.context.add_init_script(path=AXE)
    faults = [f"{sight}: {fault}" for sight in sights for fault in looker.open(sight).evaluate(RUN, RULES)]
    assert not faults, "\n".join(faults)
