import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from folklore.data.download import Archive, fetch
from folklore.execution.errors import UserError

CONTENT = bytes(range(256)) * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def archive(*urls, checksum=SHA256):
    return Archive(tuple(urls), "sha256", checksum)


def test_a_download_arrives_whole_and_leaves_no_part_behind(web, tmp_path):
    web.files["a.bin"] = CONTENT
    path = fetch(archive(web.url + "a.bin"), tmp_path)
    assert path.read_bytes() == CONTENT
    assert [found.name for found in tmp_path.iterdir() if not found.name.startswith(".")] == ["a.bin"]


def test_a_server_that_falters_is_asked_again(web, tmp_path):
    web.files["a.bin"], web.failures["a.bin"] = CONTENT, 2
    assert fetch(archive(web.url + "a.bin"), tmp_path, pause=0.01).read_bytes() == CONTENT
    assert len(web.asked) == 3


@pytest.mark.fault("a download breaks off")
def test_a_connection_that_breaks_is_taken_up_where_it_broke(web, tmp_path):
    web.files["a.bin"], web.breaks_after["a.bin"] = CONTENT, 200_000
    assert fetch(archive(web.url + "a.bin"), tmp_path, pause=0.01).read_bytes() == CONTENT
    first, second = (int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0 for _, asked in web.asked)
    assert first == 0 < second <= 200_000


def test_a_part_from_an_earlier_run_is_continued(web, tmp_path):
    web.files["a.bin"] = CONTENT
    (tmp_path / "a.bin.part").write_bytes(CONTENT[:1000])
    assert fetch(archive(web.url + "a.bin"), tmp_path).read_bytes() == CONTENT
    assert web.asked == [("a.bin", "bytes=1000-")]


def test_a_part_that_lacks_nothing_is_accepted(web, tmp_path):
    web.files["a.bin"] = CONTENT
    (tmp_path / "a.bin.part").write_bytes(CONTENT)
    assert fetch(archive(web.url + "a.bin"), tmp_path).read_bytes() == CONTENT


def test_a_server_that_cannot_continue_sends_the_file_anew(web, tmp_path):
    web.files["a.bin"], web.resumes = CONTENT, False
    (tmp_path / "a.bin.part").write_bytes(b"left over from something else")
    assert fetch(archive(web.url + "a.bin"), tmp_path).read_bytes() == CONTENT


def test_what_is_there_already_is_not_asked_for(web, tmp_path):
    (tmp_path / "a.bin").write_bytes(CONTENT)
    fetch(archive(web.url + "a.bin"), tmp_path)
    assert web.asked == []


def test_two_who_want_the_same_file_fetch_it_once(web, tmp_path):
    web.files["a.bin"] = CONTENT
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(fetch, [archive(web.url + "a.bin")] * 4, [tmp_path] * 4))
    assert {path.read_bytes() == CONTENT for path in paths} == {True}
    assert len(web.asked) == 1


def test_a_wrong_checksum_names_both_and_removes_the_part(web, tmp_path):
    web.files["a.bin"] = b"something else"
    with pytest.raises(UserError) as caught:
        fetch(archive(web.url + "a.bin"), tmp_path)
    assert f"expected {SHA256}" in str(caught.value)
    assert f"got {hashlib.sha256(b'something else').hexdigest()}" in str(caught.value)
    assert not list(tmp_path.glob("a.bin*"))


def test_a_foreign_file_of_that_name_is_named_and_not_overwritten(web, tmp_path):
    (tmp_path / "a.bin").write_bytes(b"mine")
    with pytest.raises(UserError, match="is not the published file: sha256 expected"):
        fetch(archive(web.url + "a.bin"), tmp_path)
    assert (tmp_path / "a.bin").read_bytes() == b"mine"


def test_a_mirror_stands_in_for_an_address_that_has_gone(web, tmp_path):
    web.files["a.bin"] = CONTENT
    gone = archive("http://127.0.0.1:9/a.bin", web.url + "a.bin")
    assert fetch(gone, tmp_path, pause=0.001).read_bytes() == CONTENT


def test_when_all_fails_the_message_says_what_was_tried_and_what_else_can_be_chosen(web, tmp_path):
    with pytest.raises(UserError) as caught:
        fetch(archive(web.url + "a.bin", web.url + "copy/a.bin"), tmp_path)
    for words in (
        web.url + "a.bin: 404",
        web.url + "copy/a.bin: 404",
        "`local`",
        "`embedded`",
        str(tmp_path / "a.bin"),
    ):
        assert words in str(caught.value)
    assert len(web.asked) == 2, "a server that says no is not asked again"


def test_patience_ends(web, tmp_path):
    web.files["a.bin"], web.failures["a.bin"] = CONTENT, 99
    with pytest.raises(UserError, match="503"):
        fetch(archive(web.url + "a.bin"), tmp_path, pause=0.001)
    assert len(web.asked) == 5
