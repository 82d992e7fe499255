"""A video: its first frame is worked on, others are looked at, and the styled clip is played."""

import io
import json
import re
import zipfile

import numpy as np
import pytest
from clips import make_clip
from PIL import Image

from semcs.image import load

ERRORS = "#errors .error-words"


@pytest.fixture
def video(tab, clip):
    if not tab.page.request.get(f"{tab.studio.address}/api/v1/about").json()["video"]:
        pytest.skip("PyAV isn't installed: pip install av")
    tab.open_video(clip)
    return tab


@pytest.fixture
def styled(video):
    video.style("stained glass")
    video.page.click("#style-video")
    video.page.locator("#player").wait_for()
    return video


def seek(tab, key, times):
    tab.page.focus("#moment-handle")
    for _ in range(times):
        tab.page.keyboard.press(key)
    tab.settle()


def frame(tab, which):
    """What a video of the player shows, (H, W, 3)."""
    tab.page.wait_for_function(
        "(which) => document.querySelector(`[data-screen=${which}] video`).readyState >= 2",
        arg=which,
    )
    data = tab.page.evaluate(
        """(which) => {
          const video = document.querySelector(`[data-screen=${which}] video`);
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
          canvas.getContext("2d").drawImage(video, 0, 0);
          return [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data];
        }""",
        which,
    )
    return np.reshape(data, (106, 160, 4))[..., :3].astype(int)


def duration(tab, which):
    """A clip's seconds, once the player has read them."""
    seconds = "(which) => document.querySelector(`[data-screen=${which}] video`).duration"
    return tab.page.wait_for_function(seconds, arg=which).json_value()


def frames_of(data):
    import av

    with av.open(io.BytesIO(data)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_the_first_frame_is_the_photo_to_work_on(video):
    assert video.page.inner_text("#photo-name") == "clip.mp4"
    assert video.page.inner_text("#photo-size") == "160 × 106"
    assert video.mask("Foreground")[45, 80] > 0.9
    assert video.page.input_value("#clip-to") == "0:02.0"
    video.style("stained glass")
    video.says("Instant frame")


def test_another_moment_is_looked_at_in_the_same_style(video):
    video.page.click("#overlay-toggle")  # so that the frame alone is seen
    first = video.stage()
    seek(video, "ArrowRight", 12)
    assert video.page.get_attribute("#moment-handle", "aria-valuetext") == "0:01.2"
    later = video.stage()
    assert np.abs(later - first).mean() > 2
    video.style("stained glass")
    painted = video.stage()
    assert np.abs(painted - later).mean() > 4
    video.page.click("#first-frame")
    video.settle()
    assert video.page.get_attribute("#moment-handle", "aria-valuetext") == "0:00.0"
    assert np.abs(video.stage() - painted).mean() > 2


def test_a_tool_comes_back_to_the_first_frame_where_regions_are_mended(video):
    seek(video, "ArrowRight", 8)
    video.page.click("[data-tool=brush]")
    assert video.page.get_attribute("#moment-handle", "aria-valuetext") == "0:00.0"


def test_from_and_to_are_typed_or_moved_and_stay_in_order(video):
    video.page.fill("#clip-from", "0:00.5")
    video.page.press("#clip-from", "Enter")
    video.page.focus("#to-handle")
    for _ in range(4):
        video.page.keyboard.press("ArrowLeft")
    assert video.page.input_value("#clip-to") == "0:01.6"
    assert video.state()["range"] == {"from": 0.5, "to": 1.6}
    video.page.fill("#clip-from", "5")
    video.page.press("#clip-from", "Enter")
    assert video.state()["range"]["from"] < 1.6
    video.page.fill("#clip-to", "soon")
    video.page.press("#clip-to", "Enter")
    video.page.locator(ERRORS, has_text="soon").wait_for()
    assert video.page.input_value("#clip-to") == "0:01.6"


def test_the_styled_clip_plays_beside_its_source(styled):
    clip, source = frame(styled, "styled"), frame(styled, "source")
    assert np.abs(clip - source).mean() > 5
    assert abs(duration(styled, "styled") - 2) < 0.2
    sides = styled.page.locator("#screens figure:visible")
    assert sides.count() == 1
    styled.page.click("[data-view=both]")
    assert sides.count() == 2
    styled.page.evaluate(
        "() => { document.querySelector('[data-screen=styled] video').currentTime = 1.3; }"
    )
    styled.page.wait_for_function(
        """() => Math.abs(
          document.querySelector('[data-screen=source] video').currentTime - 1.3) < 0.2"""
    )
    styled.page.click("[data-view=source]")
    assert sides.locator("figcaption").all_inner_texts() == ["Source"]


def test_the_range_alone_is_styled_and_downloaded_and_kept_as_it_was(video, clip):
    video.style("stained glass")
    video.page.fill("#clip-from", "0.5")
    video.page.press("#clip-from", "Enter")
    video.page.fill("#clip-to", "1.5")
    video.page.press("#clip-to", "Enter")
    video.page.click("#style-video")
    video.page.locator("#player").wait_for()
    video.page.click("#download")
    video.page.locator("#code-command", has_text="semcs video").wait_for()
    assert "stylize_video" in video.page.inner_text("#code-python")
    with video.page.expect_download() as waiting:
        video.page.click("#clip-format")
    assert waiting.value.suggested_filename.endswith(".mp4")
    with video.page.expect_download() as files:
        video.page.click("#clip-files")
    with zipfile.ZipFile(files.value.path()) as archive:
        masks = [name for name in archive.namelist() if name.startswith("mask")]
        assert [name in video.page.inner_text("#code-python") for name in masks] == [True]
    styled, source = frames_of(waiting.value.path().read_bytes()), frames_of(clip)
    assert len(styled) in (8, 9)
    corner = (slice(0, 20), slice(0, 20))  # background, which keeps the photo's pixels
    apart = [np.abs(styled[0][corner].astype(int) - one[corner]).mean() for one in source]
    assert int(np.argmin(apart)) in (3, 4, 5)


def test_progress_is_told_in_frames_and_stop_keeps_a_clip(video, long_clip):
    video.open_video(long_clip, "long.mp4")
    video.style("stained glass")
    video.page.click("#style-video")
    video.page.locator("#refine-words", has_text=re.compile("Frame [2-9] of 16[01]")).wait_for()
    video.page.click("#refine-stop")
    video.page.locator("#player").wait_for()
    assert 0.2 < duration(video, "styled") < 15


def test_cancel_keeps_nothing(video, long_clip):
    video.open_video(long_clip, "long.mp4")
    video.style("stained glass")
    video.page.click("#style-video")
    video.page.locator("#refine-words", has_text="Frame").wait_for()
    video.page.click("#refine-cancel")
    video.says("Instant frame")
    video.page.wait_for_timeout(1500)
    assert video.page.locator("#player").is_hidden()
    assert video.page.locator(".badge", has_text="Clip").count() == 0


def test_a_reload_keeps_the_video_its_range_and_its_clips(styled):
    styled.page.click("#clip-close")
    styled.page.fill("#clip-from", "0.5")
    styled.page.press("#clip-from", "Enter")
    before = styled.state()
    styled.page.reload()
    styled.says("Instant frame")
    after = styled.state()
    assert (after["video"], after["range"]) == (before["video"], before["range"])
    styled.page.locator(".past", has=styled.page.locator(".badge", has_text="Clip")).click()
    assert_both_play(styled)
    styled.style("snow")  # another style: the clip no longer shows it
    styled.page.locator("#player").wait_for(state="hidden")


def test_a_reload_while_the_clip_plays_keeps_both_sides(styled):
    styled.page.click("[data-view=both]")
    styled.state()
    styled.page.reload()
    assert_both_play(styled)


def assert_both_play(tab):
    """The clip beside its source, at a time that is sought in either."""
    tab.page.locator("#player").wait_for()
    assert np.abs(frame(tab, "styled") - frame(tab, "source")).mean() > 5
    tab.page.click("[data-view=both]")
    assert tab.page.locator("#screens figure:visible").count() == 2
    for leader, follower, at in (("styled", "source", 1.3), ("source", "styled", 0.7)):
        if leader == "source":
            tab.page.click("[data-view=source]")
        tab.page.evaluate(
            """([leader, at]) => {
              document.querySelector(`[data-screen=${leader}] video`).currentTime = at;
            }""",
            [leader, at],
        )
        tab.page.wait_for_function(
            """([which, at]) => {
              const video = document.querySelector(`[data-screen=${which}] video`);
              return !video.seeking && Math.abs(video.currentTime - at) < 0.2;
            }""",
            arg=[follower, at],
        )


def test_a_video_that_is_sent_again_plays_beside_its_clip(restarted, clip):
    tab, start_again = restarted
    tab.open_video(clip)
    start_again()
    tab.style("stained glass")
    tab.page.locator(ERRORS, has_text="your video").wait_for()
    tab.says("Instant frame")
    tab.page.click("#style-video")
    assert_both_play(tab)


def test_a_source_that_the_browser_cannot_play_is_said_to_be(video, tmp_path):
    """Its sound alone is none, either."""
    clip = make_clip(tmp_path / "old.mp4", codec="mpeg4", sound="aac")
    video.open_video(clip.read_bytes(), "old.mp4")
    video.style("stained glass")
    video.page.click("#style-video")
    video.page.locator("#player").wait_for()
    for _ in range(2):
        video.page.click("[data-view=source]")
        video.page.locator("#screens", has_text="This browser doesn't play old.mp4").wait_for()
        video.state()
        video.page.reload()


def test_learning_is_told_and_ended_before_frames_are_painted(video):
    video.page.route("**/api/v1/jobs", with_training)
    video.style("stained glass")
    video.page.evaluate(
        """() => {
          window.said = [];
          const words = document.querySelector("#refine-words");
          const note = () => window.said.push(words.textContent);
          new MutationObserver(note).observe(words, { childList: true });
        }"""
    )
    video.page.click("#style-video")
    words, stop = video.page.locator("#refine-words"), video.page.locator("#refine-stop")
    words.get_by_text(re.compile("^Looking at frame [0-9]+ of 16")).wait_for()
    words.get_by_text(re.compile("^Learning, step [0-9]+ of 900")).wait_for()
    assert stop.inner_text() == "Stop learning"
    words.get_by_text(" left").wait_for()
    video.page.set_viewport_size({"width": 390, "height": 844})
    assert video.page.evaluate("() => document.documentElement.scrollWidth") == 390
    stop.click()
    video.page.locator("#player").wait_for()
    assert abs(duration(video, "styled") - 2) < 0.2
    said = video.page.evaluate("() => window.said")
    last = [one.split(" ")[0] for one in said if one != "Starting …"]
    assert [*dict.fromkeys(last)] == ["Looking", "Learning,", "Learning", "Frame"]
    assert "Learning has ended: frames follow …" in said


def with_training(route):
    asked = route.request.post_data_json
    route.continue_(post_data=json.dumps(asked | {"preset": "semcs", "steps": 900, "size": 64}))


def test_a_moving_picture_is_a_video_and_a_still_one_a_photo(video, flower):
    frames = [load(flower).rgb, load(flower).rgb[:, ::-1]]
    first, second = (Image.fromarray((one * 255).astype(np.uint8)) for one in frames)
    moving, still = io.BytesIO(), io.BytesIO()
    first.save(moving, "GIF", save_all=True, append_images=[second], duration=400)
    first.save(still, "GIF")
    for data, is_video in ((moving, True), (still, False)):
        file = {"name": "some.gif", "mimeType": "image/gif", "buffer": data.getvalue()}
        video.page.set_input_files("#photo-file", file)
        video.says("Choose a style")
        video.settle()
        assert video.page.inner_text("#photo-name") == "some.gif"
        assert video.page.locator("#timeline").is_visible() == is_video


def test_without_the_extra_one_line_says_what_to_install(new_tab):
    tab = new_tab()
    tab.page.route("**/api/v1/about", without_video)
    tab.page.reload()
    tab.page.locator("#no-video", has_text='pip install "semcs[video]"').wait_for()
    file = {"name": "clip.mp4", "mimeType": "video/mp4", "buffer": b"any"}
    tab.page.set_input_files("#photo-file", file)
    tab.page.locator(ERRORS, has_text='pip install "semcs[video]"').wait_for()


def without_video(route):
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "video": False})
