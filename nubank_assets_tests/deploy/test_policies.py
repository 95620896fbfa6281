"""Who may do what: no role may do everything, to everything, or what another function's work is."""

import re

from nubank_assets_tests.deploy.templates import FOLDER, FUNCTIONS, NAMES, Statement, list_of, resources, statements

_ALL = "lists all or nothing, and gives names alone"
_TAG = "clusters get their ids from EMR: with our tag alone"
_GLUE = "Glue chooses where its crawlers log"
#: Where AWS knows no name, or none before the thing exists: resource of a template, its actions, and why.
UNNAMED = {
    ("Policycollect", "secretsmanager:ListSecrets"): _ALL,
    ("Policycluster", "elasticmapreduce:ListClusters"): _ALL,
    ("Policycluster", "elasticmapreduce:RunJobFlow"): _TAG,
    ("Policycluster", "elasticmapreduce:AddTags"): _TAG,
    ("Policycluster", "elasticmapreduce:DescribeCluster"): _TAG,
    ("Policycluster", "elasticmapreduce:AddJobFlowSteps"): _TAG,
    ("Policycluster", "elasticmapreduce:DescribeStep"): _TAG,
    ("Policycluster", "elasticmapreduce:ListSteps"): _TAG,
    ("Policycluster", "elasticmapreduce:CancelSteps"): _TAG,
    ("Policycluster", "elasticmapreduce:PutAutoTerminationPolicy"): _TAG,
    ("Policycluster", "elasticmapreduce:TerminateJobFlows"): _TAG,
    ("CrawlerRole", "logs:CreateLogGroup"): _GLUE,
    ("CrawlerRole", "logs:CreateLogStream"): _GLUE,
    ("CrawlerRole", "logs:PutLogEvents"): _GLUE,
}
#: What is this deployment's own in an ARN. An account has one catalog of Glue.
OURS = re.compile(r"\$\{(?:Name|Database|Bucket|Topic|KmsKey|Undelivered|NodesRole)\b|:catalog$")
GRANTS = [one for one in statements() if one.is_allowing and "Principal" not in one.says]


def _unnamed(statement: Statement) -> list[str]:
    return [resource for resource in statement.resources if not OURS.search(resource)]


def _pairs(statement: Statement) -> set[tuple[str, str]]:
    return {(statement.resource, action) for action in statement.actions}


def test_no_action_is_a_wildcard() -> None:
    assert len(GRANTS) > 40
    for statement in GRANTS:
        assert statement.actions
        assert not [action for action in statement.actions if "*" in action], statement
        assert not {"NotAction", "NotResource", "NotPrincipal"} & statement.says.keys(), statement


def test_every_resource_is_ours_by_name_where_there_is_a_name() -> None:
    for statement in GRANTS:
        if _unnamed(statement):
            assert _pairs(statement) <= UNNAMED.keys(), statement


def test_the_exceptions_are_needed_and_those_with_a_tag_ask_for_it() -> None:
    unnamed = [statement for statement in GRANTS if _unnamed(statement)]
    assert {pair for statement in unnamed for pair in _pairs(statement)} == UNNAMED.keys()
    for statement in unnamed:
        if _TAG in {UNNAMED[pair] for pair in _pairs(statement)}:
            ((test, tags),) = statement.says["Condition"].items()
            assert test == "StringEquals"
            assert [(name.split("/")[1], value) for name, value in tags.items()] == [("nubank_assets", "true")]


def test_a_wildcard_would_be_found() -> None:
    for resource in ("*", "arn:${AWS::Partition}:s3:::*", "arn:aws:lambda:sa-east-1:123456789012:function:*"):
        assert _unnamed(Statement("roles", "Made", {"Effect": "Allow", "Action": "s3:GetObject", "Resource": resource}))


def test_roles_are_taken_on_by_services_alone_and_queues_and_topics_are_open_to_ours() -> None:
    trusting = [one for one in statements() if one.is_allowing and "Principal" in one.says]
    assert len(trusting) > 8
    for statement in trusting:
        assert statement.says["Principal"].keys() == {"Service"}, statement
        # Lambda and EC2 have no source to tell; of other services another account's must not do.
        if not set(list_of(statement.says["Principal"]["Service"])) & {
            "lambda.amazonaws.com",
            "ec2.amazonaws.com",
            "glue.amazonaws.com",
        }:
            conditions = str(statement.says["Condition"])
            assert "aws:SourceAccount" in conditions or "aws:SourceArn" in conditions, statement


def test_each_function_has_its_own_role() -> None:
    policies = resources("roles", "AWS::IAM::Policy")
    assert {policy["Properties"]["PolicyName"] for policy in policies.values()} == set(FUNCTIONS)
    for policy in policies.values():
        name = policy["Properties"]["PolicyName"]
        assert policy["Properties"]["Roles"] == [{"Ref": f"Role{name}"}]


def _may(function: str) -> set[str]:
    own = [one for one in GRANTS if one.template == "roles" and one.resource == f"Policy{function}"]
    return {action for one in own for action in one.actions}


def test_what_is_delicate_is_the_work_of_few() -> None:
    """Who deletes, who reads secrets, who publishes, who hands on roles."""
    deciding = {
        "s3:DeleteObject": {"start", "lock", "materialize", "catalog", "cluster"},
        "secretsmanager:GetSecretValue": {"collect", "export"},
        "secretsmanager:PutSecretValue": {"collect"},
        "sns:Publish": {"start", "notify"},
        "states:StartExecution": {"start"},
        "iam:PassRole": {"cluster"},
        "glue:UpdateTable": {"catalog"},
    }
    for action, functions in deciding.items():
        assert {name for name in FUNCTIONS if action in _may(name)} == functions, action


def test_only_what_a_dropped_file_leaves_can_be_deleted_of_the_inbox() -> None:
    deleting = [one for one in GRANTS if "s3:DeleteObject" in one.actions and one.template == "roles"]
    places = {resource.split("/", 2)[2] for one in deleting for resource in one.resources}
    assert places == {
        "inbox/new/*",
        "serverless/lock.json",
        "lake/*/_current.json",
        "lake/runs/*",
        "emr/messages/*",
    }


def test_every_template_is_looked_at() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(NAMES)
