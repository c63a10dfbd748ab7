/** Round dots at points, `[x, y]` each in the image's pixels, of a diameter in CSS pixels; belongs among the shapes of an `ImageFrame`. */
export function Dots({ points, colour, diameter }: { readonly points: readonly (readonly [number, number])[]; readonly colour: string; readonly diameter: number }) {
  // Lines of no length: their round ends are what is seen.
  const path = points.map(([x, y]) => `M${x} ${y}h0`).join('');
  return (
    <g stroke-linecap="round">
      <path d={path} stroke="#000c" stroke-width={diameter + 2} />
      <path d={path} stroke={colour} stroke-width={diameter} />
    </g>
  );
}
