/** The rows of each image, of `width` numbers, the first of which is the image's; images ascend. */
export function rowsOfImages(rows: Float32Array, images: number, width: number): Float32Array[] {
  let from = 0;
  return Array.from({ length: images }, (_, image) => {
    let to = from;
    while (rows[to] === image) to += width;
    const part = rows.subarray(from, to);
    from = to;
    return part;
  });
}

/** One number of every row. */
export function column(rows: Float32Array, index: number, width: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, i) => rows[width * i + index]);
}
