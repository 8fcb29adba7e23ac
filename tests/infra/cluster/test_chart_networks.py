"""Who may reach whom, and how many pods may be away at once."""

from __future__ import annotations

from tests.infra.cluster.charts import Manifest, of_kind, pods, render


def test_several_pods_have_a_budget_that_finds_them_and_one_has_none() -> None:
    manifests = render()
    budgets = of_kind(manifests, "PodDisruptionBudget")
    deployments = of_kind(manifests, "Deployment")

    assert set(budgets) == {
        name for name, one in deployments.items() if one["spec"]["replicas"] > 1
    }
    for name, budget in budgets.items():
        wanted = budget["spec"]["selector"]["matchLabels"]
        assert wanted == deployments[name]["spec"]["selector"]["matchLabels"]
        assert wanted.items() <= deployments[name]["spec"]["template"]["metadata"]["labels"].items()


def test_every_pod_may_only_reach_what_it_needs() -> None:
    manifests = render()
    policies = of_kind(manifests, "NetworkPolicy")

    assert set(policies) == {name for name, _ in pods(manifests)}
    outside = {name for name, one in policies.items() if 443 in _ports(one["spec"]["egress"])}
    assert outside == {"acme-amicable-worker-send", "acme-amicable-worker-background"}
    for name, pod in pods(manifests):
        policy = policies[name]["spec"]
        assert policy["podSelector"]["matchLabels"].items() <= pod["metadata"]["labels"].items()
        assert {53, 5432, 7233} <= _ports(policy["egress"])
    assert _ports(policies["acme-amicable-gateway"]["spec"]["ingress"]) == {8484, 9465}
    assert _ports(policies["acme-amicable-worker-decide"]["spec"]["ingress"]) == {9464}


def _ports(rules: list[Manifest]) -> set[int]:
    return {port["port"] for rule in rules for port in rule["ports"]}
