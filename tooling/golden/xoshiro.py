"""The random numbers of @rcnn/geometry, so that both sides draw the same inputs."""

WORD = 0xFFFFFFFF


def uniforms(seed):
    """The numbers of createRng(seed).uniform."""
    state = []
    for i in range(1, 5):
        z = (seed + i * 0x9E3779B9) & WORD
        z = (z ^ z >> 16) * 0x85EBCA6B & WORD
        z = (z ^ z >> 13) * 0xC2B2AE35 & WORD
        state.append(z ^ z >> 16)
    a, b, c, d = state
    while True:
        product = b * 5 & WORD
        yield ((product << 7 | product >> 25) * 9 & WORD) / 2**32
        shifted = b << 9 & WORD
        c, d = c ^ a, d ^ b
        b, a = b ^ c, a ^ d
        c, d = c ^ shifted, (d << 11 | d >> 21) & WORD
