/** Why a file cannot be an image that is shown, as far as its bytes tell; undefined if nothing speaks against it. */
export function fileFault(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'the file is empty';
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (jpeg && !hasEnd(bytes)) return 'the JPEG is cut off (it has no end marker)';
  const png = bytes[0] === 0x89 && bytes[1] === 0x50;
  if (png && !new TextDecoder('latin1').decode(bytes.subarray(-32)).includes('IEND')) return 'the PNG is cut off (it has no end)';
  return undefined;
}

/** What a file that is no image looks like. */
export function contentOf(bytes: Uint8Array): string {
  const text = bytes.subarray(0, 64).every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
  return text ? 'text' : 'of no format that this browser knows, or damaged';
}

/** Whether a JPEG's end marker is near the end; cameras may add a few bytes. */
function hasEnd(bytes: Uint8Array): boolean {
  for (let i = bytes.length - 2; i >= Math.max(2, bytes.length - 4096); i--) {
    if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  }
  return false;
}
