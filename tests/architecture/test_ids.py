"""Ids are values: each is written and taken apart in one place, by nobody else by hand."""

import ast
from collections.abc import Iterator

import pytest

from domain.ids import CaseId, PaymentId
from domain.parties.tasks import TaskKind, TaskTopic
from tests.architecture.project_files import shown, sources, tree

FOLDERS = ("domain", "activities", "workflows", "starter", "adapters", "worker.py")
HOME = ("domain/ids.py", "domain/parties/tasks.py")
BEGINNINGS = tuple(f"{word}/" for word in (CaseId.KIND, PaymentId.KIND, *TaskKind, *TaskTopic))
APART = frozenset({"split", "rsplit", "partition", "rpartition"})

ACCOUNT, PAGE = "a bank's BIC and an account, as MT940 has them", "the address of a page"
PATH, MEDIA_TYPE, DISCOUNT = "a path on a disk", "a media type", "a discount: PERCENT/DAYS"
ALLOWED = {
    "adapters/xml/safe_xml.py: path.partition('/')": "elements of XML",
    "adapters/bank/mt940_words.py: said.get('CNTP', '').split('/')": "parts of a field of MT940",
    "adapters/bank/mt940.py: plain.split('/')": ACCOUNT,
    "activities/sending/kept_letters.py: link.rpartition('/')": PAGE,
    "domain/evidence/model.py: name.replace('\\\\', '/').rpartition('/')": PATH,
    "activities/sending/attaching.py: name.replace('\\\\', '/').rpartition('/')": PATH,
    "starter/cli/ending.py: place.filename.rpartition('/')": PATH,
    "starter/api/access_log.py: place.filename.rpartition('/')": PATH,
    "adapters/letters/writer.py: picture.media_type.rpartition('/')": MEDIA_TYPE,
    "adapters/messages/mime.py: plain_kind(attachment.media_type).partition('/')": MEDIA_TYPE,
    "starter/cli/commands/cases/invoice/verbs.py: discount.partition('/')": DISCOUNT,
    "starter/demo/opening.py: sample.discount.partition('/')": DISCOUNT,
}


def _by_hand(module: ast.AST) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            if str(node.values[0].value).startswith(BEGINNINGS):
                yield ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if node.func.attr in APART and "/" in given:
                yield ast.unparse(node)


def test_ids_are_written_and_taken_apart_in_one_place() -> None:
    found = {
        f"{shown(path)}: {one}"
        for path in sources(*FOLDERS)
        if shown(path) not in HOME
        for one in _by_hand(tree(path))
    }
    assert found == set(ALLOWED), "use domain/ids.py, or a task's key"


@pytest.mark.parametrize(
    "line",
    [
        'f"invoice/{creditor}/{number}"',
        'f"payment/{creditor}/{source}/{own}"',
        'f"surplus/{case_id}/"',
        'case_id.split("/", 2)[2]',
        'text.partition("/")',
    ],
)
def test_an_id_made_by_hand_is_found(line: str) -> None:
    assert list(_by_hand(ast.parse(line)))
