"""Which revision a change is compared with, its files, and the lines that changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from decider.authoring.gate.baseline import NoBase, open_base
from decider.revisions import NoRevision, Revision, RevisionFault, changed_lines, find_base
from decider.workspace import Workspace
from support.repositories import commit, git

VERSIONS = "policies__shop__versions__data.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    return tmp_path


def test_the_revision_that_was_asked_for(root: Path) -> None:
    first = commit(root, a="1")
    commit(root, a="2")

    assert find_base(root, "HEAD~1") == Revision(first, "--base HEAD~1")
    with pytest.raises(RevisionFault, match="'nowhere' is not a revision"):
        find_base(root, "nowhere")


def test_a_branch_is_compared_with_where_it_left_the_default_branch(root: Path) -> None:
    left = commit(root, a="1")
    git(root, "checkout", "--quiet", "-b", "change")
    commit(root, b="2")
    git(root, "checkout", "--quiet", "main")
    commit(root, a="3")
    git(root, "checkout", "--quiet", "change")

    assert find_base(root) == Revision(left, "merge base with main")


def test_the_servers_default_branch_comes_first(root: Path, tmp_path: Path) -> None:
    left = commit(root, a="1")
    git(root, "branch", "--move", "main", "trunk")
    clone = tmp_path / "clone"
    git(root, "clone", "--quiet", str(root), str(clone))
    git(clone, "checkout", "--quiet", "-b", "change")
    commit(clone, a="2")

    assert find_base(clone) == Revision(left, "merge base with origin/trunk")


def test_the_default_branch_is_compared_with_the_commit_before_it(root: Path) -> None:
    before = commit(root, a="1")
    head = commit(root, a="2")

    assert find_base(root) == Revision(before, "the commit before HEAD of main")
    git(root, "checkout", "--quiet", "--detach")  # as CI does
    assert find_base(root) == Revision(before, "the commit before HEAD of main")
    (root / "untracked").write_text("1")
    assert find_base(root).commit == before
    (root / "a").write_text("3")
    assert find_base(root) == Revision(head, "HEAD of main; the changes are not committed")


def test_what_was_not_pushed_is_compared_with_the_servers_branch(root: Path, tmp_path: Path) -> None:
    pushed = commit(root, a="1")
    clone = tmp_path / "clone"
    git(root, "clone", "--quiet", str(root), str(clone))
    commit(clone, a="2")
    commit(clone, a="3")

    assert find_base(clone) == Revision(pushed, "merge base with origin/main")


def test_an_empty_name_and_one_of_zeros_are_not_asked(root: Path) -> None:
    before = commit(root, a="1")
    commit(root, a="2")

    assert find_base(root, "").commit == find_base(root, "0" * 40).commit == before


def test_nothing_to_compare_with_says_why(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(NoRevision, match="not in a git repository"):
        find_base(tmp_path_factory.mktemp("plain"))
    with pytest.raises(NoRevision, match="no commit yet"):
        find_base(root)
    commit(root, a="1")
    with pytest.raises(NoRevision, match="main has a single commit"):
        find_base(root)


def test_a_history_without_a_base_is_a_fault_that_says_how_to_fetch(root: Path, tmp_path: Path) -> None:
    commit(root, a="1")
    commit(root, a="2")
    shallow, bare = tmp_path / "shallow", tmp_path / "bare"
    git(root, "clone", "--quiet", "--depth=1", f"file://{root}", str(shallow))
    # as actions/checkout leaves it: detached, without a branch
    git(root, "init", "--quiet", str(bare))
    git(bare, "fetch", "--quiet", "--depth=1", f"file://{root}", "main")
    git(bare, "checkout", "--quiet", "--detach", "FETCH_HEAD")

    for clone, told in ((shallow, "the commit before HEAD of origin/main is missing"), (bare, "no default branch")):
        with pytest.raises(RevisionFault, match=f"{told}.*: this clone is shallow") as fault:
            find_base(clone)
        assert "git fetch --unshallow" in fault.value.hint
        assert "fetch-depth: 0" in fault.value.hint
        assert "--base REV" in fault.value.hint


def test_a_whole_history_without_a_default_branch_is_a_fault(root: Path) -> None:
    commit(root, a="1")
    git(root, "branch", "--move", "main", "elsewhere")
    with pytest.raises(RevisionFault, match=r"no default branch \(origin/HEAD, main or master\) to compare with$"):
        find_base(root)
    git(root, "checkout", "--quiet", "--orphan", "new")
    with pytest.raises(RevisionFault, match="this branch has no commit yet"):
        find_base(root)


def test_a_base_in_a_subfolder(root: Path) -> None:
    old = commit(root, **{f"shop__{VERSIONS}": "old"})
    git(root, "checkout", "--quiet", "-b", "change")
    commit(root, **{f"shop__{VERSIONS}": "new", f"later__{VERSIONS}": "new"})

    with open_base(Workspace.find(root / "shop")) as base:
        assert (base.workspace.rego / "policies/shop/versions/data.yaml").read_text() == "old"
        assert base.revision == old
    assert not base.workspace.root.exists()
    with pytest.raises(NoBase, match="there was no later at"), open_base(Workspace.find(root / "later")):
        pass


def test_a_base_without_policies(root: Path) -> None:
    commit(root, a="1")
    git(root, "checkout", "--quiet", "-b", "change")
    commit(root, **{VERSIONS: "new"})

    with pytest.raises(NoBase, match=r"no policies yet \(merge base with main\)"), open_base(Workspace.find(root)):
        pass


def test_changed_lines(root: Path) -> None:
    names = {"sub__kept": "1\n2\n3\n", "sub__cut": "1\n2\n3\n", "sub__gone": "1\n", "outside": "1\n"}
    first = commit(root, **names)
    sub = root / "sub"
    (root / "outside").write_text("2\n")
    (sub / "kept").write_text("1\nzwei\n3\n4\n")
    (sub / "cut").write_text("1\n3\n")
    (sub / "gone").unlink()
    (sub / "new file ü").write_text("1\n2\n")
    commit(root)
    (sub / "untracked").write_text("1")
    (root / ".gitignore").write_text("ignored\n")
    (sub / "ignored").write_text("1")
    status = git(root, "status", "--porcelain")

    assert changed_lines(sub, first) == {"kept": {2, 4}, "cut": {1, 2}, "new file ü": {1, 2}, "untracked": {1}}
    assert git(root, "status", "--porcelain") == status


def test_a_hook_runs_with_the_repository_it_is_in(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commit(root, sub__a="1\n")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")

    assert changed_lines(root / "sub", first) == {}
