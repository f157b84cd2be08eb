"""Stored pages are damaged or missing: that is told, nothing is lost, and a new fetch mends it."""

from pathlib import Path

from tests.faults.scene import CSRF, Scene
from tests.serving import run_manage, wait_until


def test_a_damaged_page_costs_nothing_and_is_mended_by_a_new_fetch(steady: Scene) -> None:
    links = [steady.add_page(f"rusak-{how}") for how in ("ditimpa", "dipotong", "hilang")]
    steady.save(*links)
    steady.assert_heals(dict.fromkeys(links, "ready"))
    overwritten, cut, missing = files = [find_file(steady, link) for link in links]
    overwritten.write_bytes(bytes(overwritten.stat().st_size))
    cut.write_bytes(cut.read_bytes()[:40])
    missing.unlink()
    texts = [find_text(steady, link) for link in links]

    complaints = [f"  snapshot {find_newest(steady, link)[0]}: " for link in links]
    told = verify(steady, is_whole=False)
    assert all(complaint in told for complaint in complaints)
    assert count_damaged(steady, links) == len(files)
    with steady.client() as client:
        for link in links:
            assert "Warga menanam pohon" in client.get(steady.find_page(link)).text
            # A reader may ask once in ten minutes; this one asked long ago.
            steady.query("UPDATE reader_article SET queued_at = '2026-01-01 00:00:00' WHERE url = ?", link)
            asked = client.post(f"{steady.find_page(link)}refetch/", data={"csrfmiddlewaretoken": CSRF})
            assert asked.status_code == 303
    wait_until(lambda: [steady.count_requests(link) for link in links] == [2, 2, 2])
    steady.assert_heals(dict.fromkeys(links, "ready"))

    assert [find_text(steady, link) for link in links] == texts
    assert count_damaged(steady, links) == 0
    told = verify(steady, is_whole=True)
    assert "damaged and replaced by a newer fetch: 3" in told
    assert all(complaint in told for complaint in complaints)


def find_newest(scene: Scene, link: str) -> tuple[int, str]:
    """Return the number of the link's newest snapshot, and the name of its file."""
    of_link = "JOIN reader_article a ON a.id = article_id WHERE a.url = ? ORDER BY s.id DESC LIMIT 1"
    ((number, name),) = scene.query(f"SELECT s.id, s.file FROM reader_snapshot s {of_link}", link)
    return number, name


def find_file(scene: Scene, link: str) -> Path:
    return scene.site.data_dir / "snapshots" / find_newest(scene, link)[1]


def find_text(scene: Scene, link: str) -> str:
    text: str = scene.query("SELECT text FROM reader_article WHERE url = ?", link)[0][0]
    return text


def verify(scene: Scene, *, is_whole: bool) -> str:
    done = run_manage("verify", READER_DATA_DIR=str(scene.site.data_dir))
    assert done.returncode == (0 if is_whole else 1), done.stdout + done.stderr
    return done.stdout + done.stderr


def count_damaged(scene: Scene, links: list[str]) -> int:
    """Have the worker read the articles anew from their pages; return how many were damaged."""
    asked = [f"--article={scene.find_page(link).split('/')[2]}" for link in links]
    run_manage("reextract", *asked, "--background", READER_DATA_DIR=str(scene.site.data_dir))
    last = "SELECT finished_at, damaged FROM reader_reextraction ORDER BY id DESC LIMIT 1"
    wait_until(lambda: scene.query(last)[0][0])
    damaged: int = scene.query(last)[0][1]
    return damaged
