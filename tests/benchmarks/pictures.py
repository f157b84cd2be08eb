"""Measure what a picture costs: CPU and bytes kept, by its size at the publisher.

`python -m tests.benchmarks.pictures [TIMES]`: pictures of noise, which is harder than any photograph, decoded
and encoded so many times each (5), in this process.
"""

import sys
import time
from io import BytesIO

from PIL import Image

from reader.imaging.encode import encode_picture
from tests.pictures import encode

# What Kompas, Tribun and detik show in the text, what they give to those who share it, and cameras.
_SIZES = ((750, 500), (1200, 800), (1600, 1067), (4000, 2667), (6000, 4000))


def make_noisy(width: int, height: int) -> bytes:
    """Return a JPEG with soft shapes and some grain, as a photograph has."""
    bands = [
        Image.effect_noise((width // part + 1, height // part + 1), 80).resize((width, height))
        for part in (40, 60, 90)
    ]
    grain = Image.effect_noise((width, height), 12)
    photo = Image.blend(Image.merge("RGB", bands), Image.merge("RGB", (grain, grain, grain)), 0.15)
    return encode(photo, "JPEG", quality=85)


def measure(body: bytes, times: int) -> str:
    encode_picture(body)
    begun = time.process_time()
    for _ in range(times):
        renditions = encode_picture(body).all
    seconds = (time.process_time() - begun) / times
    kept = sum(len(each.body) for each in renditions)
    sizes = " and ".join(f"{each.width} px" for each in renditions)
    fetched = f"{len(body) / 1000:5.0f} kB fetched, {kept / 1000:4.0f} kB kept"
    return f"{seconds * 1000:4.0f} ms CPU, {fetched} ({sizes})"


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for width, height in _SIZES:
        body = make_noisy(width, height)
        assert Image.open(BytesIO(body)).size == (width, height)
        print(f"{width} × {height}: {measure(body, times)}")


if __name__ == "__main__":
    main()
