/** A figure as JSON can have it: NaN, where there is nothing to find, is null. */
export function figureOrNull(figure: number): number | null {
  return Number.isNaN(figure) ? null : figure;
}
