const END = 0x06054b50;
const END_BYTES = 22;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_64_BYTES = 20;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const MAX_COMMENT_BYTES = 65_535;

/**
 * The CRC-32 of every entry of a zip file, in the order of its central directory (PKWARE's APPNOTE, 4.3.12 to 4.3.16).
 * @throws Error if there is no directory
 */
export function zipChecksums(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signatureAt = (at: number, signature: number): boolean => at >= 0 && at + 4 <= bytes.length && view.getUint32(at, true) === signature;
  let end = bytes.length - END_BYTES;
  while (!signatureAt(end, END)) {
    if (end <= Math.max(0, bytes.length - END_BYTES - MAX_COMMENT_BYTES)) throw new Error('expected the directory at the end of a zip file, got none (file truncated or damaged)');
    end--;
  }
  let at = view.getUint32(end + 16, true);
  const locator = end - LOCATOR_64_BYTES;
  if (signatureAt(locator, LOCATOR_64)) {
    const end64 = Number(view.getBigUint64(locator + 8, true));
    if (signatureAt(end64, END_64) && end64 + 56 <= bytes.length) at = Number(view.getBigUint64(end64 + 48, true));
  }
  const checksums: number[] = [];
  while (signatureAt(at, ENTRY) && at + ENTRY_BYTES <= bytes.length) {
    checksums.push(view.getUint32(at + 16, true));
    at += ENTRY_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return checksums;
}
